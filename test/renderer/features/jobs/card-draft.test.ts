/** What a clerk's card needs before it is asked: the clerk's own name, a PIN or a pad, and the last try. */
import { describe, expect, it } from 'vitest';
import { cardKeyOf, emptyCardDraft } from '../../../../renderer/features/jobs/card-draft.ts';
import type { CardView } from '../../../../shared/card.ts';
import type { UsableCertificate } from '../../../../shared/usable-certificates.ts';

const id = 'a'.repeat(64);
const clerk = 'Kari Skrankevakt';

function readers(card: Partial<CardView> = {}, name = 'SKRANKEVAKT KARI') {
  const found = {
    card: { pinPad: false, tries: 'enough', ...card },
    certificate: { id, name },
  } as UsableCertificate;
  return { found: [found], problem: null };
}
const typed = { ...emptyCardDraft, pin: '2580' };

describe('the clerk’s card', () => {
  it('carries the PIN that was typed, and none where the reader has keys of its own', () => {
    expect(cardKeyOf(readers(), typed, clerk)).toEqual({
      ...{ type: 'card', certificate: id, pin: '2580' },
    });
    expect(cardKeyOf(readers({ pinPad: true }), typed, clerk)).toEqual({
      ...{ type: 'card', certificate: id },
    });
  });

  it('is not asked without a PIN, with another’s name, or with no card there', () => {
    expect(cardKeyOf(readers(), emptyCardDraft, clerk)).toBeNull();
    expect(cardKeyOf(readers({}, 'OLA HANSEN'), typed, clerk)).toBeNull();
    expect(cardKeyOf({ found: [], problem: 'card.no-card' }, typed, clerk)).toBeNull();
  });

  it('is asked on its last try only by a clerk who says that they know', () => {
    const last = readers({ tries: 'last' });
    expect(cardKeyOf(last, typed, clerk)).toBeNull();
    expect(cardKeyOf(last, { ...typed, lastTry: true }, clerk)).toMatchObject({ lastTry: true });
  });
});
