/** A card is held open for one piece of work in a thread, and let go whatever comes of it. */
import type { Result } from '../../shared/result.ts';
import type { HostAnswers } from '../adapters/work-asks.ts';
import type { OwnKey } from '../desk/own-key.ts';
import type { Cards, CardUse } from '../eid/card/cards.ts';

export async function holdingCard<T>(
  cards: Pick<Cards, 'begin'>,
  use: CardUse & { readonly pins: string[] },
  work: (own: Extract<OwnKey, { type: 'card' }>, answers: HostAnswers) => Promise<Result<T>>,
): Promise<Result<T>> {
  const begun = await cards.begin(use);
  use.pins.length = 0;
  if (!begun.ok) return begun;
  const sitting = begun.value;
  const { certificate, chain, schemes } = sitting;
  try {
    return await work(
      { type: 'card', certificate, chain, schemes },
      { 'key.sign': ({ data, scheme }) => sitting.sign(data, scheme) },
    );
  } finally {
    await sitting.end();
  }
}
