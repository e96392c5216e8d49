/** One signer on the evidence for people: how it is known who it was, and what they did. */
import type { JobEvent } from '../../shared/job/event.ts';
import type {
  FirstLogin,
  IdentityCheck,
  Job,
  Language,
  SignerStatus,
} from '../../shared/job/job.ts';
import type { IdentityProof } from '../../shared/job/proof.ts';
import type { ChainedEvent } from '../archive/archive.ts';
import type { ProofSigner } from '../paper/proof-content.ts';
import { say, type Words } from '../paper/words.ts';
import type { ClockReading } from './evidence-clocks.ts';
import { confirmedText } from './evidence-file.ts';
import { withoutNumbers } from './evidence-proofs.ts';
import { dayAndClock, durationWords, shortHash } from './proof-dates.ts';
import { filledFact } from './proof-filled.ts';

export interface SignerContext {
  readonly job: Job;
  readonly events: readonly ChainedEvent[];
  readonly clocks: readonly ClockReading[];
  readonly words: Words;
  readonly language: Language;
  readonly zone: string;
  readonly nameOf: (actor: string) => string;
}

type Fact = ProofSigner['facts'][number];
type Of<T extends JobEvent['type']> = Extract<JobEvent, { type: T }>;
interface Placed<T extends JobEvent['type']> {
  readonly event: Of<T>;
  readonly at: string;
  readonly actor: string;
  readonly version: number;
}

export function proofSigner(signer: SignerStatus, context: SignerContext): ProofSigner {
  const { words } = context;
  const role = words.role[signer.role];
  const forWhom =
    signer.onBehalfOf === 'OTHER' ? say(words.forWhom, { name: signer.forWhom ?? '' }) : '';
  const as = [signer.title, [role, forWhom].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const signed = lastOf(context.events, 'signed', signer.id);
  const confirmed =
    signed === null ? null : lastOf(context.events, 'confirmed', signer.id, signed.version);
  return {
    ...{ name: signer.name, as, signed: signed !== null },
    kind: signed === null ? words.waiting : words.kind[signer.kind],
    kindHelp: words.kindHelp[signer.kind],
    facts:
      signed === null
        ? unsignedFacts(signer, context)
        : signedFacts(signer, signed, confirmed, context),
    quote: confirmed === null ? null : confirmedText(context.job, confirmed.event),
  };
}

function unsignedFacts(
  signer: SignerStatus,
  { events, words, ...rest }: SignerContext,
): readonly Fact[] {
  const declined = lastOf(events, 'declined', signer.id);
  if (declined === null) return [];
  const when = dayAndClock(declined.at, rest.zone, rest.language);
  const reason = withoutNumbers(declined.event.reason) as string;
  return [[words.declined, [when, ...(reason === '' ? [] : [say(words.reason, { reason })])]]];
}

function signedFacts(
  signer: SignerStatus,
  signed: Placed<'signed'>,
  confirmed: Placed<'confirmed'> | null,
  context: SignerContext,
): readonly Fact[] {
  const { words, events, zone, language } = context;
  const { event, version } = signed;
  const handedOver = lastOf(events, 'handed-over', signer.id, version);
  const proof = lastOf(events, 'proof-given', signer.id, version);
  const attested = lastOf(events, 'attested', signer.id);
  const when = dayAndClock(signed.at, zone, language);
  const who = [
    ...(proof === null ? [] : proofLines(proof, context)),
    ...(handedOver === null ? [] : checkLines(handedOver, context)),
    ...(signer.proof === undefined || signer.proof === ''
      ? []
      : [say(words.basis, { proof: signer.proof })]),
  ];
  const subject = event.certificateSubject;
  const facts: readonly Fact[] = [
    [words.identified, who],
    [words.signed, [say(words.signedAt, { when, mark: words.mark[event.mark] })]],
    [words.key, [say(event.key === 'seal' ? words.bySeal : words.byOwn, { subject })]],
    [words.stamp, [stampLine(version, context)]],
    ...(confirmed === null ? [] : [readFact(confirmed, context)]),
    ...filledFact(event, context),
    ...(attested === null ? [] : [[words.attested, [attestedLine(attested, context)]] as const]),
    [words.trace, [say(words.evidence, { hash: shortHash(event.evidenceHash) })]],
  ];
  return facts;
}

function readFact({ event }: Placed<'confirmed'>, { words }: SignerContext): Fact {
  const shown = Object.values(event.pagesShown);
  const time = durationWords(
    shown.reduce((sum, each) => sum + each, 0),
    words,
  );
  const pages = say(shown.length === 1 ? words.pagesOne : words.pages, {
    count: shown.length,
    time,
  });
  const reason = withoutNumbers(event.override ?? '') as string;
  const text = say(words.textVersion, {
    version: event.textVersion,
    hash: shortHash(event.textSha256),
  });
  return [words.read, [pages, ...(reason === '' ? [] : [say(words.override, { reason })]), text]];
}

function stampLine(version: number, { clocks, words, zone, language }: SignerContext): string {
  const stamped = clocks.find((one) => one.event === version && one.timestamp !== null);
  return stamped === undefined || stamped.timestamp === null
    ? words.notStamped
    : say(words.stampedBy, {
        when: dayAndClock(stamped.timestamp, zone, language),
        authority: stamped.authority ?? '',
      });
}

function attestedLine(
  { event, at, actor }: Placed<'attested'>,
  { words, nameOf, zone, language }: SignerContext,
): string {
  const { signature } = event;
  return say(words.attestedBy[signature?.means ?? signature?.by ?? 'none'], {
    ...{ clerk: nameOf(actor), when: dayAndClock(at, zone, language) },
    subject: signature?.subject ?? '',
  });
}

function checkLines(
  { event, actor }: Placed<'handed-over'>,
  { words, nameOf }: SignerContext,
): readonly string[] {
  const check: IdentityCheck = event.identityCheck;
  const { alone, login } = event;
  // Whoever began alone handed over to themselves: the check was somebody else's, or nobody's.
  const clerk = nameOf(event.clerk ?? actor);
  const begun = alone === undefined ? [] : [say(words.alone[alone], { ...loginWords(login) })];
  if (alone === 'login') return begun;
  const type = words.documentType[check.documentType ?? 'other'];
  const note = withoutNumbers(check.note ?? '') as string;
  const seen = say(words.check[check.method], {
    ...{ type, clerk, note },
    lastFour: check.lastFour ?? '',
  });
  const expires =
    check.expires === undefined
      ? ''
      : `, ${say(words.expires, { date: check.expires.split('-').reverse().join('.') })}`;
  const present = (check.present ?? []).map(({ name, role }) =>
    words.role[role] === '' ? name : `${name} (${words.role[role]})`,
  );
  return [
    `${seen}${expires}`,
    ...begun,
    ...(present.length === 0 ? [] : [say(words.present, { names: present.join(', ') })]),
  ];
}

function loginWords(login: FirstLogin | undefined) {
  return { name: login?.name ?? '', issuer: login?.issuer ?? '', level: login?.level ?? '' };
}

function proofLines(
  { event, version }: Placed<'proof-given'>,
  context: SignerContext,
): readonly string[] {
  const { words, events } = context;
  const proof: IdentityProof = event.proof;
  const level = proof.means === 'login' ? proof.level : '';
  const line = say(words.proof[proof.means], { name: proof.name, issuer: proof.issuer, level });
  const accepted = events.some(
    (later) =>
      later.version > version &&
      later.event.type === 'proof-accepted' &&
      later.event.proof === proof.id,
  );
  return [line, ...(accepted ? [words.acceptedByClerk] : [])];
}

/** The last event of that type about a signer, before `version` where one is given. */
function lastOf<
  T extends 'signed' | 'confirmed' | 'handed-over' | 'proof-given' | 'attested' | 'declined',
>(events: readonly ChainedEvent[], type: T, signer: string, version = Infinity): Placed<T> | null {
  const found = events.findLast(
    ({ event, version: at }) => at < version && event.type === type && event.signer === signer,
  );
  if (found === undefined) return null;
  const { at, actor } = found;
  return { at, actor, version: found.version, event: found.event as Of<T> };
}
