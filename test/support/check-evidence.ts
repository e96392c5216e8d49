/**
 * Recomputes the log of an exported `evidence.json` as the file itself says it is done. It knows
 * nothing of the program: no import of ours, so that what it accepts does not hang on our own code.
 * By hand: `node test/support/check-evidence.ts evidence.json`.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

interface Evidence {
  readonly job: string;
  readonly events: readonly {
    readonly seq: number;
    readonly version: number;
    readonly at: string;
    readonly actor: string;
    readonly prev: string;
    readonly hash: string;
    readonly salt: string;
    readonly hidden: string;
    readonly event: { readonly type: string; readonly [key: string]: Value };
  }[];
}

/** RFC 8785. */
function canonical(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`).join(',')}}`;
}

const sha256 = (...parts: readonly (Uint8Array | string)[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (text: string) => Buffer.from(text, 'hex');
const u64 = (value: number) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
};
const text = (value: string) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(Buffer.byteLength(value));
  return Buffer.concat([length, Buffer.from(value)]);
};

/** The hash that the event at `index` must have, the ones before it being what they say. */
export function hashOf(evidence: Evidence, index: number): string {
  const one = evidence.events[index];
  if (one === undefined) throw new Error(`there is no event ${index}`);
  const before = evidence.events[index - 1]?.hash ?? '00'.repeat(32);
  const digest = sha256(hex(one.salt), hex(one.hidden), canonical(one.event as Value));
  return sha256(
    ...[hex(one.prev), hex(before), u64(one.seq), u64(one.version), text(evidence.job)],
    ...[text(one.at), text(one.actor), text(one.event.type), digest],
  ).toString('hex');
}

/** What does not fit, by version; empty where the log is whole. */
export function checkEvidence(evidence: Evidence): readonly string[] {
  const wrong: string[] = [];
  const hashes: string[] = [];
  let before = '00'.repeat(32);
  let seq = 0;
  evidence.events.forEach((one, index) => {
    const say = (what: string) => wrong.push(`event ${index + 1}: ${what}`);
    if (one.version !== index + 1) say('an event is missing before it');
    if (one.seq <= seq) say('it does not come after the one before it');
    if (hashOf(evidence, index) !== one.hash) say('it is not what was stored');
    if (one.seq === seq + 1 && one.prev !== before) say('the event before it is another one');
    if (one.event.type === 'signed') {
      const record = String(one.event['evidence']);
      if (sha256(record).toString('hex') !== one.event['evidenceHash'])
        say('the evidence is not what was signed');
      const { log } = JSON.parse(record) as { log?: { version: number; hash: string } };
      if (log === undefined || log.hash !== hashes[log.version - 1])
        say('what was signed speaks of another log');
    }
    hashes.push(one.hash);
    before = one.hash;
    seq = one.seq;
  });
  return wrong;
}

if (process.argv[1] === import.meta.filename) {
  const evidence = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Evidence;
  const wrong = checkEvidence(evidence);
  for (const line of wrong) console.error(line);
  console.log(`${evidence.events.length} events, ${wrong.length} wrong`);
  process.exit(wrong.length === 0 ? 0 : 1);
}
