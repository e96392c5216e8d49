import { expect, it } from 'vitest';
import { ownKeysHere } from '../../../../renderer/features/prepare/own-keys-here.ts';

const cards = (supported: boolean, use: boolean, keyFiles: boolean) =>
  ownKeysHere({ cards: { supported, use, keyFiles, known: true, modules: [] } });

it('says with what an advanced signer can sign: a card that cannot be read does not count', () => {
  expect(cards(true, true, true)).toBe('both');
  expect(cards(true, true, false)).toBe('cards');
  expect(cards(false, true, true)).toBe('key-files');
  expect(cards(true, false, true)).toBe('key-files');
  expect(cards(false, true, false)).toBe('none');
});
