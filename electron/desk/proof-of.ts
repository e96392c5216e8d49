/** The evidence of a job for people, in the language of the office or of those who signed. */
import type { JobEvent } from '../../shared/job/event.ts';
import type { Job, Language } from '../../shared/job/job.ts';
import type { ProofContent } from '../paper/proof-content.ts';
import { say, wordsIn, type Words } from '../paper/words.ts';
import type { Desk } from './desk.ts';
import { clockReadings, revisionsOf } from './evidence-clocks.ts';
import { withoutNumbers } from './evidence-proofs.ts';
import { dayAndClock, shortHash, sizeWords, zoneWords } from './proof-dates.ts';
import { proofSigner } from './proof-signer.ts';
import { settingsOf } from './settings-store.ts';

export interface ProofInput {
  /** Name in the export of each document, in the job's order. */
  readonly files: readonly string[];
  /** Of `evidence.json`; null on paper, which no file lies beside. */
  readonly evidenceSha256: string | null;
  /** Whose seal will stand on the page; null for none. */
  readonly seal: { readonly subject: string; readonly trial: boolean } | null;
}

/** Everybody's, where they share one that is not the office's. */
export function languageOf(desk: Pick<Desk, 'archive'>, job: Job): Language {
  const [first, ...others] = new Set(job.signers.map(({ language }) => language));
  return first !== undefined && others.length === 0
    ? first
    : settingsOf(desk.archive).get('language');
}

export function proofOf(desk: Desk, job: Job, input: ProofInput): ProofContent {
  const language = languageOf(desk, job);
  const words = wordsIn(language);
  const events = desk.archive.events(job.id);
  const { name, number } = settingsOf(desk.archive).get('organisation');
  const when = (iso: string) => dayAndClock(iso, desk.zone, language);
  const clocks = job.documents.flatMap((document) =>
    clockReadings(desk, revisionsOf(desk, document.id, events), events),
  );
  const nameOf = namer(desk, job, words);
  const { zone } = desk;
  const context = { ...{ job, events, clocks, words }, ...{ language, zone, nameOf } };
  const now = desk.clock.now().toISOString();
  const { reference, caseNumber } = job.spec;
  return {
    ...{ language, label: words.label, title: job.spec.title },
    organisation: `${name}, ${say(words.organisationNumber, { number })}`,
    references: [
      ...(reference === '' ? [] : [say(words.reference, { reference })]),
      ...(caseNumber === '' ? [] : [say(words.caseNumber, { number: caseNumber })]),
    ],
    tone:
      job.state === 'sealed' || job.state === 'returned'
        ? 'green'
        : job.state === 'signed'
          ? 'brass'
          : 'red',
    outcome: outcomeOf(job, words, when),
    outcomeLines: [
      ...outcomeLines(job, words),
      say(words.zone, { zone: zoneWords(now, desk.zone, language) }),
      ...(job.seal?.trial === true || input.seal?.trial === true ? [words.trial] : []),
    ],
    documentsHeading: words.documents,
    documents: documentsOf(job, words, language, input.files),
    signersHeading: words.signers,
    signers: job.signers.map((signer) => proofSigner(signer, context)),
    historyHeading: words.history,
    history: events.map((recorded) => ({
      when: when(recorded.at),
      what: whatHappened(recorded.event, job, words),
      who: nameOf(recorded.actor),
    })),
    checkingHeading: words.checking,
    checking: [
      ...(input.evidenceSha256 === null ? words.checkingOnPaper : words.checkingText).map((text) =>
        say(text, {
          count: events.length,
          head: shortHash(events.at(-1)?.hash ?? ''),
          evidence: shortHash(input.evidenceSha256 ?? ''),
        }),
      ),
      ...(input.evidenceSha256 === null ? [] : [sealLine(input, words)]),
    ],
    footer: say(words.footer, { job: job.id.slice(0, 12), version: desk.version, when: when(now) }),
    page: words.page,
  };
}

function sealLine({ seal }: ProofInput, words: Words): string {
  return seal === null ? words.unsealed : say(words.sealedBy, { subject: seal.subject });
}

function outcomeOf(job: Job, words: Words, when: (iso: string) => string): string {
  switch (job.state) {
    case 'sealed':
      return say(words.outcome.sealed, { when: when(job.sealedAt) });
    case 'rejected': {
      const by = job.signers.find(({ id }) => id === job.by);
      return say(words.outcome.rejected, { name: by?.name ?? '' });
    }
    case 'draft':
    case 'open':
    case 'at-service':
      // Only what has ended is exported.
      return words.outcome.failed;
    default:
      return words.outcome[job.state];
  }
}

function outcomeLines(job: Job, words: Words): readonly string[] {
  const signed = job.signers.filter(({ state }) => state === 'SIGNED').length;
  const all = job.signers.length;
  const reason =
    job.state === 'rejected' || job.state === 'cancelled'
      ? (withoutNumbers(job.reason) as string)
      : '';
  return [
    ...(signed === all ? [] : [say(words.count, { signed, all })]),
    ...(reason === '' ? [] : [say(words.reason, { reason })]),
  ];
}

function documentsOf(
  job: Job,
  words: Words,
  language: Language,
  files: readonly string[],
): ProofContent['documents'] {
  return job.documents.map((document, index) => {
    const newest = job.revisions.find((one) => one.document === document.id);
    const pages = document.findings.pageCount;
    const size = sizeWords(newest?.length ?? document.length, language);
    const { original } = document;
    return {
      title: document.title === '' ? document.fileName : document.title,
      lines: [
        say(pages === 1 ? words.documentOne : words.document, {
          pages,
          size,
          file: files[index] ?? '',
        }),
        say(words.hash, { hash: newest?.sha256 ?? document.sha256 }),
        ...(original === undefined
          ? []
          : [say(words.original, { name: original.name, hash: shortHash(original.sha256) })]),
      ],
    };
  });
}

function namer(desk: Desk, job: Job, words: Words): (actor: string) => string {
  const names = new Map(desk.archive.users().map(({ id, name }) => [id, name]));
  for (const { id, name } of [...job.signers, ...(job.formerSigners ?? [])])
    names.set(`signer:${id}`, name);
  names.set('system', words.system);
  return (actor) => names.get(actor) ?? '';
}

/** A type that is younger than this page is told by its name. */
function whatHappened(event: JobEvent, job: Job, words: Words): string {
  const known: Readonly<Record<string, string>> = words.event;
  const people = [...job.signers, ...(job.formerSigners ?? [])];
  const signer = 'signer' in event ? people.find(({ id }) => id === event.signer) : undefined;
  const title =
    event.type === 'document-added' ? event.document.title || event.document.fileName : '';
  const by = event.type === 'signer-replaced' ? event.by.name : '';
  const values = { name: signer?.name ?? '', by, title, type: event.type };
  return say(known[event.type] ?? words.event.other, values);
}
