/** Which certificate of which card a script means: by the token's label, and the certificate's name. */
import type { CardsView } from '../../shared/card.ts';
import { Refusal } from '../../shared/result.ts';

export interface ChosenCard {
  readonly certificate: string;
  readonly name: string;
}

/** The best certificate of the token; `wanted` is the name in it. */
export function chooseCertificate(
  view: CardsView,
  token: string | undefined,
  wanted: string | undefined,
): ChosenCard {
  const cards = view.readers.flatMap(({ card }) => (card === null ? [] : [card]));
  const fitting = cards.filter(({ label }) => token === undefined || label === token);
  const [card, ...more] = fitting;
  if (card === undefined) {
    const problem = cards.length === 0 ? view.problem : null;
    throw new Refusal(problem ?? 'card.no-card', 'No such card is in a reader.', {
      cards: cards.map(({ label }) => label),
    });
  }
  if (more.length > 0)
    throw new Refusal(
      'card.ambiguous',
      'Several cards are in the readers: say which with --token.',
      {
        cards: fitting.map(({ label }) => label),
      },
    );
  const named = card.certificates.filter(({ name }) => wanted === undefined || name === wanted);
  const certificate = named.find(({ problem }) => problem === null) ?? named[0];
  if (certificate === undefined)
    throw new Refusal(card.problem ?? 'card.no-certificate', 'The card has no such certificate.', {
      certificates: card.certificates.map(({ name }) => name),
    });
  const problem = certificate.problem ?? (named.length > 0 ? card.problem : null);
  if (problem !== null) throw new Refusal(problem, 'The card cannot sign.');
  return { certificate: certificate.id, name: certificate.name };
}
