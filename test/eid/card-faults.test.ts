/** Faults of drivers that only a driver which misbehaves shows: each comes out by its own name. */
import { X509Certificate } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SignatureScheme } from '../../electron/core/ports.ts';
import type { Cards } from '../../electron/eid/card/cards.ts';
import { cardsOn } from '../support/cards.ts';
import {
  contentsOf,
  makeSoftTokens,
  personCertificate,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';

const pin = '2580';
const kari = personCertificate({ key: 'p-521' });
const sealing = personCertificate({ name: 'OLA HANSEN', usage: ['keyEncipherment'] });
const idOf = (der: Uint8Array) =>
  new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase();
const data = new TextEncoder().encode('det som skrives under');
const use = { certificate: idOf(kari.certificate), pins: [pin], lastTry: false, signatures: 1 };

let tokens: SoftTokens;
let shim: Shim;
let cards: Cards;

beforeAll(() => {
  tokens = makeSoftTokens([
    { label: 'Kari', pin, contents: [contentsOf(kari)] },
    { label: 'Ola', pin, contents: [contentsOf(sealing)] },
  ]);
  shim = tokens.shim();
});
afterEach(() => {
  cards.close();
  shim.forget();
});
afterAll(() => tokens.close());

/** Through one signature: the code it ended with. */
async function signed(): Promise<string> {
  const sitting = await cards.begin(use);
  if (!sitting.ok) return sitting.error.code;
  const { schemes, sign, end } = sitting.value;
  const answer = await sign(data, schemes[0] as SignatureScheme);
  await end();
  return answer.ok ? 'ok' : answer.error.code;
}

describe('a driver that fails', () => {
  it('signs with P-521 when nothing is wrong with it', async () => {
    cards = cardsOn([shim.path]);
    expect(await signed()).toBe('ok');
    expect(shim.log()).toEqual(['login', 'sign']);
  });

  it('and cannot be started: card.module-failed, of the driver and of what is asked of it', async () => {
    shim.control({ fail: 'start' });
    cards = cardsOn([shim.path]);
    const view = await cards.list();
    expect(view.problem).toBe('card.module-failed');
    expect(view.drivers.map(({ problem }) => problem)).toEqual(['card.module-failed']);
    expect(await signed()).toBe('card.module-failed');
  });

  it('in a way that has no name of its own: card.failed, and the PIN is not tried again', async () => {
    shim.control({ fail: 'sign' });
    cards = cardsOn([shim.path]);
    expect(await signed()).toBe('card.failed');
    expect(shim.log()).toEqual(['login', 'sign']);
  });

  it('to make the signature that it said it could: card.cannot-sign', async () => {
    shim.control({ fail: 'mechanism' });
    cards = cardsOn([shim.path]);
    expect(await signed()).toBe('card.cannot-sign');
    expect(shim.log()).toEqual(['login']);
  });

  it('is asked no PIN where it knows no way to sign: card.cannot-sign stands at the certificate', async () => {
    shim.control({ mechanisms: 'none' });
    cards = cardsOn([shim.path]);
    const [reader] = (await cards.list()).readers;
    expect(reader?.card?.certificates[0]?.problem).toBe('card.cannot-sign');
    expect(await signed()).toBe('card.cannot-sign');
    expect(shim.log()).toEqual([]);
  });
});

it('a certificate that is not for signing is told by it: card.not-for-signing', async () => {
  cards = cardsOn([shim.path]);
  const all = (await cards.list()).readers.flatMap(({ card }) => card?.certificates ?? []);
  const id = idOf(sealing.certificate);
  expect(all.find((one) => one.id === id)?.problem).toBe('card.not-for-signing');
  const begun = await cards.begin({ ...use, certificate: id });
  expect(begun).toMatchObject({ ok: false, error: { code: 'card.not-for-signing' } });
  expect(shim.log()).toEqual([]);
});

it('the program ends while a card is asked: card.stopped', async () => {
  cards = cardsOn([shim.path]);
  await cards.list();
  shim.control({ hang: 'login' });
  const begun = cards.begin(use);
  while (!shim.log().includes('login')) await new Promise((done) => setTimeout(done, 20));
  cards.close();
  expect(await begun).toMatchObject({ ok: false, error: { code: 'card.stopped' } });
});
