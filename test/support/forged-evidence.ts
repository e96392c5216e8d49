/** What a forger would do to an exported folder: change it, and compute every hash anew that they can. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../../shared/canonical-json.ts';
import type { Json } from '../../shared/result.ts';
import { hashOf } from './check-evidence.ts';

// Whoever forges JSON does not keep to types.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Loose = any;

export const sha256Hex = (bytes: Uint8Array | string) =>
  createHash('sha256').update(bytes).digest('hex');
export const canonicalHash = (value: Json) => sha256Hex(canonicalJson(value));

export function readEvidence(folder: string): Loose {
  return JSON.parse(readFileSync(join(folder, 'evidence.json'), 'utf8'));
}

/** Writes `evidence.json` as changed; the chain is as it was, whatever the change did to it. */
export function changeEvidence(folder: string, change: (evidence: Loose) => void): void {
  const evidence = readEvidence(folder);
  change(evidence);
  writeFileSync(join(folder, 'evidence.json'), `${JSON.stringify(evidence, null, 2)}\n`);
}

/** The same, with the chain computed anew and the lists made to say what the log says. */
export function forgeEvidence(folder: string, change: (evidence: Loose) => void): void {
  changeEvidence(folder, (evidence) => {
    change(evidence);
    rehash(evidence);
    relist(evidence);
  });
}

export function rehash(evidence: Loose): void {
  evidence.events.forEach((one: Loose, index: number) => {
    const before = evidence.events[index - 1];
    if (before !== undefined && before.seq + 1 === one.seq) one.prev = before.hash;
    one.hash = hashOf(evidence, index);
  });
  const { version, seq, hash } = evidence.events.at(-1);
  evidence.head = { version, seq, hash };
}

function relist(evidence: Loose): void {
  for (const list of ['signatures', 'identityChecks', 'confirmations', 'proofs', 'attestations'])
    for (const one of evidence[list]) {
      const { event, actor } = evidence.events[one.event - 1];
      if (list === 'signatures') {
        const { signer, kind, key, revisions, evidenceHash, evidence: record } = event;
        Object.assign(one, { signer, kind, key, revisions, evidenceHash, evidence: record });
      } else if (list === 'identityChecks')
        Object.assign(one, {
          check: event.identityCheck,
          sha256: event.identityCheckHash,
          clerk: actor,
        });
      else if (list === 'confirmations')
        Object.assign(one, {
          ...{ version: event.textVersion, text: event.text, sha256: event.textSha256 },
          ...{ shown: event.shown, pagesShown: event.pagesShown },
        });
      else if (list === 'proofs') Object.assign(one, event.proof);
      else {
        const { statement, signature } = event;
        Object.assign(one, { clerk: actor, statement, signature: signature ?? null });
      }
    }
  for (const document of evidence.documents)
    document.revisions = document.revisions.filter((revision: Loose) => {
      const { event } = evidence.events[revision.event - 1];
      const made = event.revisions?.find(
        (one: Loose) => one.document === document.id && one.revision === revision.revision,
      );
      const from = made ?? event.document;
      if (from !== undefined) Object.assign(revision, { sha256: from.sha256, length: from.length });
      return from !== undefined;
    });
}

export const eventOf = (evidence: Loose, type: string, nth = 0): Loose =>
  evidence.events.filter((one: Loose) => one.event.type === type).at(nth);

/** Changes the bytes of a document of the export. */
export function changePdf(folder: string, change: (bytes: Buffer) => Buffer | undefined): void {
  const path = join(folder, 'document-1.pdf');
  const bytes = readFileSync(path);
  writeFileSync(path, change(bytes) ?? bytes);
}

/** Makes log and lists speak of the document as it now lies there. */
export function fitRevisions(folder: string): void {
  const bytes = readFileSync(join(folder, 'document-1.pdf'));
  forgeEvidence(folder, (evidence) => {
    const known = new Map<string, string>();
    const cut = (one: Loose) => {
      const sha256 = sha256Hex(bytes.subarray(0, one.length));
      known.set(one.sha256, sha256);
      one.sha256 = sha256;
    };
    for (const { event } of evidence.events) {
      if (event.type === 'document-added') cut(event.document);
      for (const revision of event.revisions ?? []) cut(revision);
    }
    for (const { event } of evidence.events)
      for (const shown of event.shown ?? []) shown.sha256 = known.get(shown.sha256) ?? shown.sha256;
  });
}

/** Where the gaps of the signatures in a PDF lie, delimiters included, oldest first. */
export function gapsOf(bytes: Buffer): readonly { readonly from: number; readonly to: number }[] {
  const ranges = bytes.toString('latin1').matchAll(/\/ByteRange\s*\[0 (\d+) (\d+) \d+\s*\]/g);
  return [...ranges].map(([, from, to]) => ({ from: Number(from), to: Number(to) }));
}
