/** The clerk's card while it is being chosen: what the call carries, once nothing is missing. */
import { nameMatch } from '../../../shared/job/name-match.ts';
import type { UsableCertificate } from '../../../shared/usable-certificates.ts';

export interface CardDraft {
  readonly certificate: string | null;
  readonly pin: string;
  /** The clerk knows that one more wrong PIN locks the card. */
  readonly lastTry: boolean;
}

export const emptyCardDraft: CardDraft = { certificate: null, pin: '', lastTry: false };

export interface Readers {
  readonly found: readonly UsableCertificate[];
  /** Why nobody can sign with what is there. */
  readonly problem: string | null;
}

const shortestPin = 4;

/** The one that was chosen, else the best of those that are there. */
export function chosenFrom({ found }: Readers, wanted: string | null) {
  return found.find(({ certificate }) => certificate.id === wanted) ?? found[0];
}

/** What the call carries; null while something is missing. */
export function cardKeyOf(readers: Readers, draft: CardDraft, clerk: string) {
  const chosen = chosenFrom(readers, draft.certificate);
  if (chosen === undefined) return null;
  const { card, certificate } = chosen;
  if (nameMatch(clerk, certificate.name) === 'different') return null;
  if (!card.pinPad && draft.pin.length < shortestPin) return null;
  if (card.tries === 'last' && !draft.lastTry) return null;
  return {
    type: 'card',
    certificate: certificate.id,
    ...(card.pinPad ? {} : { pin: draft.pin }),
    ...(card.tries === 'last' ? { lastTry: true } : {}),
  } as const;
}
