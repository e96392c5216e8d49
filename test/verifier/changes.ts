/** Single changes to an exported job, and what each must be found by. */
import { expect } from 'vitest';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  canonicalHash,
  changeEvidence,
  changePdf,
  eventOf,
  fitRevisions,
  forgeEvidence,
  gapsOf,
  readEvidence,
  sha256Hex,
  type Loose,
} from '../support/forged-evidence.ts';

export interface Change {
  readonly what: string;
  /** The code it must be found by. */
  readonly found: string;
  readonly change: (folder: string) => void;
  /** Left as they were, where the checksums themselves are what finds it. */
  readonly sums?: 'old';
}

const flip = (bytes: Buffer, at: number) => {
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes;
};
const inEvidence = (change: (evidence: Loose) => void) => (folder: string) =>
  changeEvidence(folder, change);
const forged = (change: (evidence: Loose) => void) => (folder: string) =>
  forgeEvidence(folder, change);
/** A record that somebody signed, changed, with its hash. */
const inRecord = (change: (record: Loose) => void) =>
  forged((evidence) => {
    const { event } = eventOf(evidence, 'signed');
    const record = JSON.parse(event.evidence);
    change(record);
    event.evidence = JSON.stringify(record);
    event.evidenceHash = sha256Hex(event.evidence);
  });
const inRevision =
  (nth: number, at: (start: number, end: number) => number) => (folder: string) => {
    const { revisions } = readEvidence(folder).documents[0];
    const start = nth === 0 ? 0 : revisions[nth - 1].length;
    changePdf(folder, (bytes) => flip(bytes, at(start, revisions[nth].length)));
    fitRevisions(folder);
  };
/** Puts the CMS or token of another job's signature into the gap of the same one here. */
const withGapOf = (nth: number, other: () => string) => (folder: string) => {
  const theirs = readFileSync(join(other(), 'document-1.pdf'));
  changePdf(folder, (bytes) => {
    const gap = gapsOf(bytes).at(nth);
    const from = gapsOf(theirs).at(nth);
    if (gap === undefined || from === undefined) throw new Error('no such signature');
    const hex = theirs.subarray(from.from + 1, from.to - 1).toString('latin1');
    const room = gap.to - gap.from - 2;
    if (/[^0]/.test(hex.slice(room))) throw new Error('it does not fit');
    bytes.write(hex.slice(0, room).padEnd(room, '0'), gap.from + 1, 'latin1');
    return bytes;
  });
  fitRevisions(folder);
};

/** `other`: the export of another finished job, to take things from. */
export const changes = (other: () => string): readonly Change[] => [
  {
    what: 'a byte of a document, nothing else',
    found: 'file.changed',
    sums: 'old',
    change: (folder) => changePdf(folder, (bytes) => flip(bytes, 5000)),
  },
  {
    what: 'a file taken away',
    found: 'file.missing',
    sums: 'old',
    change: (folder) => rmSync(join(folder, 'metadata.json')),
  },
  // The log.
  {
    what: 'an event altered',
    found: 'log.hash',
    change: inEvidence((e) => void (e.events[1].event.document.title = 'En annen avtale')),
  },
  {
    what: 'an event removed',
    found: 'log.version',
    change: inEvidence((e) => void e.events.splice(4, 1)),
  },
  {
    what: 'the last event removed',
    found: 'log.head',
    change: inEvidence((e) => void e.events.pop()),
  },
  {
    what: 'two events exchanged',
    found: 'log.version',
    change: inEvidence((e) => void e.events.splice(2, 2, e.events[3], e.events[2])),
  },
  {
    what: 'an event inserted',
    found: 'log.version',
    change: inEvidence((e) => void e.events.splice(3, 0, structuredClone(e.events[3]))),
  },
  {
    what: 'an event re-numbered',
    found: 'log.hash',
    change: inEvidence((e) => void (e.events[5].seq += 1)),
  },
  {
    what: 'a hash of the chain',
    found: 'log.hash',
    change: inEvidence((e) => void (e.events[3].hash = 'ab'.repeat(32))),
  },
  {
    what: 'the head',
    found: 'log.head',
    change: inEvidence((e) => void (e.head.hash = 'ab'.repeat(32))),
  },
  {
    what: 'the salt of an event',
    found: 'log.hash',
    change: inEvidence((e) => void (e.events[0].salt = 'ab'.repeat(32))),
  },
  {
    what: 'the masked part of an event',
    found: 'log.hash',
    change: inEvidence(
      (e) => void (e.events.find((one: Loose) => /[^0]/.test(one.hidden)).hidden = '00'.repeat(32)),
    ),
  },
  {
    what: 'who did it',
    found: 'log.hash',
    change: inEvidence((e) => void (eventOf(e, 'handed-over').actor = 'system')),
  },
  {
    what: 'when it was',
    found: 'log.hash',
    change: inEvidence((e) => void (eventOf(e, 'confirmed').at = '2020-01-01T00:00:00.000Z')),
  },
  {
    what: 'the job it is about',
    found: 'log.hash',
    change: inEvidence((e) => void (e.job = 'ab'.repeat(16))),
  },
  // The log, with every hash computed anew: what was signed still knows better.
  {
    what: 'who handed over, chain anew',
    found: 'evidence.clerk',
    change: forged((e) => void (eventOf(e, 'handed-over').actor = 'somebody-else')),
  },
  {
    what: 'an earlier event altered, chain anew',
    found: 'evidence.log',
    change: forged((e) => void (e.events[1].event.document.title = 'En annen avtale')),
  },
  {
    what: 'who signed, chain anew',
    found: 'order.actor',
    change: forged((e) => void (eventOf(e, 'signed').actor = 'system')),
  },
  {
    what: 'a simple signature called advanced, chain anew',
    found: 'evidence.kind',
    change: forged((e) => void (eventOf(e, 'signed').event.kind = 'advanced')),
  },
  {
    what: 'the confirmation taken out, chain anew',
    found: 'order.not-confirmed',
    change: forged((e) => {
      const at = e.events.findIndex((one: Loose) => one.event.type === 'confirmed');
      e.events.splice(at, 1);
      e.events.forEach((one: Loose, index: number) => (one.version = index + 1));
      for (const list of ['signatures', 'identityChecks', 'confirmations', 'attestations'])
        for (const one of e[list]) if (one.event > at) one.event -= 1;
      for (const { revisions } of e.documents)
        for (const one of revisions) if (one.event > at) one.event -= 1;
      e.confirmations.shift();
    }),
  },
  {
    what: 'a page that was not shown, chain anew',
    found: 'evidence.unread',
    change: forged((e) => {
      const { pagesShown } = eventOf(e, 'confirmed').event;
      delete pagesShown[Object.keys(pagesShown)[0] ?? ''];
    }),
  },
  {
    what: 'the name of a signer, chain anew',
    found: 'evidence.signer',
    change: forged((e) => {
      for (const { event } of e.events)
        if (event.type === 'edited') event.spec.signers[0].name = 'Per Nordmann';
    }),
  },
  {
    what: 'how the job ended',
    found: 'order.state',
    change: inEvidence((e) => void (e.state = 'rejected')),
  },
  // What was confirmed and checked.
  {
    what: 'a confirmed text in the list',
    found: 'text.hash',
    change: inEvidence((e) => void (e.confirmations[0].text += ' Og mer.')),
  },
  {
    what: 'a confirmed text with its hash, chain anew',
    found: 'evidence.confirmed',
    change: forged((e) => {
      const { event } = eventOf(e, 'confirmed');
      event.text += ' Og mer.';
      event.textSha256 = sha256Hex(event.text);
    }),
  },
  {
    what: 'a confirmed text, chain anew but not its hash',
    found: 'text.hash',
    change: forged((e) => void (eventOf(e, 'confirmed').event.text += ' Og mer.')),
  },
  {
    what: 'an identity check, chain anew',
    found: 'identity.hash',
    change: forged((e) => void (eventOf(e, 'handed-over').event.identityCheck.lastFour = '9999')),
  },
  {
    what: 'an identity check with its hash, chain anew',
    found: 'evidence.identity',
    change: forged((e) => {
      const { event } = eventOf(e, 'handed-over');
      event.identityCheck.lastFour = '9999';
      event.identityCheckHash = canonicalHash(event.identityCheck);
    }),
  },
  {
    what: 'a list that says another thing than the log',
    found: 'listed.differs',
    change: inEvidence((e) => void (e.identityChecks[0].check.lastFour = '9999')),
  },
  {
    what: 'a clock that agrees too well',
    found: 'listed.differs',
    change: inEvidence((e) => void (e.clocks[0].timestamp = '2020-01-01T00:00:00.000Z')),
  },
  // What was signed.
  {
    what: 'a signed record',
    found: 'evidence.hash',
    change: forged((e) => {
      const { event } = eventOf(e, 'signed');
      event.evidence = event.evidence.replace('Kari', 'Kåre');
    }),
  },
  {
    what: 'a signed record with its hash',
    found: 'signature.evidence',
    change: inRecord((record) => void (record.zone = 'UTC')),
  },
  {
    what: 'the job in a signed record',
    found: 'evidence.job',
    change: inRecord((record) => void (record.job.id = 'ab'.repeat(16))),
  },
  {
    what: 'what was shown, in a signed record',
    found: 'evidence.shown',
    change: inRecord((record) => void (record.shown[0].revision = 0)),
  },
  {
    what: 'the time in a signed record',
    found: 'times.record',
    change: inRecord((record) => void (record.time = '2020-01-01T00:00:00.000Z')),
  },
  {
    what: 'the subject of a certificate, chain anew',
    found: 'signature.subject',
    change: forged((e) => void (eventOf(e, 'signed').event.certificateSubject = 'Kari Nordmann')),
  },
  // The document, with hashes of revisions and chain computed anew.
  {
    what: 'a byte of the document as it came',
    found: 'signature.digest',
    change: inRevision(0, () => 5000),
  },
  {
    what: 'a byte of the certification',
    found: 'signature.digest',
    change: inRevision(1, (_, end) => end - 40),
  },
  {
    what: 'a byte of a signer’s revision',
    found: 'signature.digest',
    change: inRevision(2, (start) => start + 40),
  },
  {
    what: 'a byte of the document timestamp’s revision',
    found: 'timestamp.imprint',
    change: inRevision(4, (start) => start + 40),
  },
  {
    what: 'a byte of a document, hashes as they were',
    found: 'document.revision',
    change: (folder) => changePdf(folder, (bytes) => flip(bytes, 5000)),
  },
  {
    what: 'a byte behind the CMS, in the padding',
    found: 'signature.unreadable',
    change: (folder) => {
      changePdf(folder, (bytes) => flip(bytes, (gapsOf(bytes)[1]?.to ?? 0) - 8));
      fitRevisions(folder);
    },
  },
  {
    what: 'a document cut off',
    found: 'document.length',
    change: (folder) => changePdf(folder, (bytes) => bytes.subarray(0, -100)),
  },
  {
    what: 'bytes after a document',
    found: 'document.length',
    change: (folder) =>
      changePdf(folder, (bytes) => Buffer.concat([bytes, Buffer.from('\n%%EOF')])),
  },
  {
    what: 'a byte range that leaves something out',
    found: 'signature.range',
    change: (folder) => {
      changePdf(folder, (bytes) => {
        const { to } = gapsOf(bytes).at(-1) ?? { to: 0 };
        const text = bytes.toString('latin1');
        const at = text.lastIndexOf('/ByteRange');
        const wider = text
          .slice(at)
          .replace(
            /(\[0 \d+ \d+ )(\d)/,
            (_, head: string, digit: string) => `${head}${digit === '1' ? 2 : 1}`,
          );
        expect(to).toBeGreaterThan(0);
        return Buffer.from(text.slice(0, at) + wider, 'latin1');
      });
      fitRevisions(folder);
    },
  },
  { what: 'the signature of another job', found: 'signature.digest', change: withGapOf(1, other) },
  {
    what: 'the document timestamp of another job',
    found: 'timestamp.imprint',
    change: withGapOf(-1, other),
  },
  {
    what: 'a revision that the log does not know',
    found: 'document.length',
    change: forged((e) => void eventOf(e, 'sealed').event.revisions.pop()),
  },
  // Statements.
  {
    what: 'a statement’s words, chain anew',
    found: 'attestation.binding',
    change: forged((e) => void (eventOf(e, 'attested').event.statement = 'Jeg så ingenting.')),
  },
  {
    what: 'the statement of another job',
    found: 'attestation.binding',
    change: forged(
      (e) =>
        void (eventOf(e, 'attested').event.signature = eventOf(
          readEvidence(other()),
          'attested',
        ).event.signature),
    ),
  },
  {
    what: 'the statement about the other signer',
    found: 'attestation.binding',
    change: forged(
      (e) =>
        void (eventOf(e, 'attested').event.signature = eventOf(e, 'attested', 1).event.signature),
    ),
  },
  {
    what: 'a statement’s record',
    found: 'attestation.value',
    change: forged((e) => {
      const { signature } = eventOf(e, 'attested').event;
      signature.record = signature.record.replace('Kari', 'Kåre');
    }),
  },
  {
    what: 'the seal called the clerk’s own key',
    found: 'attestation.subject',
    change: forged((e) => void (eventOf(e, 'attested').event.signature.by = 'clerk')),
  },
  {
    what: 'who stated it, chain anew',
    found: 'attestation.binding',
    change: forged((e) => void (eventOf(e, 'attested').actor = 'somebody-else')),
  },
  {
    what: 'the name in metadata.json',
    found: 'metadata.differs',
    change: (folder) => {
      const path = join(folder, 'metadata.json');
      writeFileSync(path, readFileSync(path, 'utf8').replace('Kari Nordmann', 'Per Nordmann'));
    },
  },
];
