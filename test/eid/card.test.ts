/** Smart cards by real drivers in real processes: what is in the readers, and signing with it. */
import { verify, constants, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Cards } from '../../electron/eid/card/cards.ts';
import type { SignatureScheme } from '../../electron/core/ports.ts';
import type { Result } from '../../shared/result.ts';
import { cardsOn, ticksDuring } from '../support/cards.ts';
import {
  contentsOf,
  makeSoftTokens,
  personCertificate,
  softHsm,
  type Shim,
  type SoftTokens,
} from '../support/soft-tokens.ts';

const pin = '2580';
const day = 86_400_000;
const people = {
  rsa: personCertificate({ key: 'rsa-2048' }),
  rsa3072: personCertificate({ key: 'rsa-3072' }),
  ec: personCertificate({ key: 'p-256' }),
  ec384: personCertificate({ key: 'p-384' }),
  login: personCertificate({ usage: ['digitalSignature'] }),
  sealing: personCertificate({ usage: ['keyEncipherment'] }),
  expired: personCertificate({ notAfter: new Date(Date.now() - 3600_000) }),
  future: personCertificate({ notBefore: new Date(Date.now() + day) }),
  each: personCertificate(),
};
const idOf = (der: Uint8Array) =>
  new X509Certificate(der).fingerprint256.replaceAll(':', '').toLowerCase();
const data = new TextEncoder().encode('det som skrives under');

let tokens: SoftTokens;
let others: SoftTokens;
let shim: Shim;
let cards: Cards;
const opened: Cards[] = [];
const on = (...input: Parameters<typeof cardsOn>) => {
  const made = cardsOn(...input);
  opened.push(made);
  return made;
};

beforeAll(() => {
  tokens = makeSoftTokens([
    {
      label: 'Alle nøkler',
      pin,
      contents: [
        contentsOf(people.login),
        ...[people.rsa, people.rsa3072, people.ec, people.ec384].map((one) => contentsOf(one)),
      ],
    },
    { label: 'Hver gang', pin, contents: [contentsOf(people.each, { alwaysAuthenticate: true })] },
  ]);
  others = makeSoftTokens([{ label: 'Kari', pin, contents: [contentsOf(people.rsa)] }]);
  shim = others.shim();
  process.env['SOFTHSM2_CONF'] = tokens.conf;
  cards = on([softHsm]);
});
afterEach(() => shim.forget());
afterAll(() => {
  for (const each of opened) each.close();
  tokens.close();
  others.close();
});

const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.error.code);

async function signOnce(
  from: Cards,
  der: Uint8Array,
  more: { pins?: readonly string[]; lastTry?: boolean; signatures?: number } = {},
): Promise<string> {
  const { pins = [pin], lastTry = false, signatures = 1 } = more;
  const sitting = await from.begin({ certificate: idOf(der), pins, lastTry, signatures });
  if (!sitting.ok) return sitting.error.code;
  const scheme = sitting.value.schemes[0] as SignatureScheme;
  const answers: string[] = [];
  for (let made = 0; made < signatures; made++)
    answers.push(codeOf(await sitting.value.sign(data, scheme)));
  await sitting.value.end();
  return answers.find((code) => code !== 'ok') ?? 'ok';
}

describe('a card in a reader', () => {
  it('shows who it is, the signing certificates first, with chain and algorithm', async () => {
    const view = await cards.list();
    expect(view.problem).toBeNull();
    expect(view.drivers).toEqual([{ name: 'libsofthsm2.so', path: softHsm, problem: null }]);
    // Two tokens are two readers; the empty token that SoftHSM offers is none with a card.
    const full = view.readers.filter(({ card }) => card !== null);
    expect(full.map(({ card }) => card?.label).sort()).toEqual(['Alle nøkler', 'Hver gang']);
    const card = full.find((one) => one.card?.label === 'Alle nøkler')?.card;
    expect(card).toMatchObject({ pinPad: false, tries: 'enough', problem: null });
    expect(card?.certificates).toHaveLength(5);
    expect(card?.certificates[0]).toMatchObject({
      name: 'KARI NORDMANN',
      issuer: 'Prøvekort Issuing CA',
      chain: ['Prøvekort Issuing CA'],
      forSigning: true,
      problem: null,
    });
    expect(card?.certificates.at(-1)).toMatchObject({ forSigning: false });
  });

  const all = ['rsa', 'rsa3072', 'ec', 'ec384'] as const;
  it.each(all)('signs with %s in every scheme the key has', async (which) => {
    const { certificate } = people[which];
    const sitting = await cards.begin({
      ...{ certificate: idOf(certificate), pins: [pin], lastTry: false, signatures: 6 },
    });
    if (!sitting.ok) throw new Error(sitting.error.code);
    const { publicKey } = new X509Certificate(certificate);
    const { schemes, chain } = sitting.value;
    expect(chain).toHaveLength(1);
    expect(schemes.map(({ type }) => type)).toEqual(
      which.startsWith('rsa')
        ? [...Array<string>(3).fill('rsa-pkcs1'), ...Array<string>(3).fill('rsa-pss')]
        : Array<string>(3).fill('ecdsa'),
    );
    for (const scheme of schemes) {
      const signed = await sitting.value.sign(data, scheme);
      if (!signed.ok || !('hash' in scheme)) throw new Error(codeOf(signed));
      const padding =
        scheme.type === 'rsa-pss'
          ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }
          : {};
      expect(verify(scheme.hash, data, { key: publicKey, ...padding }, signed.value)).toBe(true);
    }
    await sitting.value.end();
  });

  it('signs where the card has only mechanisms that hash by themselves', async () => {
    shim.control({ mechanisms: 'hashing' });
    const own = on([shim.path]);
    const sitting = await own.begin({
      ...{ certificate: idOf(people.rsa.certificate), pins: [pin], lastTry: false, signatures: 1 },
    });
    if (!sitting.ok) throw new Error(sitting.error.code);
    expect(sitting.value.schemes).toEqual([{ type: 'rsa-pkcs1', hash: 'sha256' }]);
    const signed = await sitting.value.sign(data, { type: 'rsa-pkcs1', hash: 'sha256' });
    const key = new X509Certificate(people.rsa.certificate).publicKey;
    expect(signed.ok && verify('sha256', data, key, signed.value)).toBe(true);
    await sitting.value.end();
  });

  it('is seen once where two drivers know it, and both readers where there are two', async () => {
    const view = await on([shim.path, softHsm]).list();
    expect(view.readers.filter(({ card }) => card !== null)).toHaveLength(3);
    const ids = view.readers.flatMap(({ card }) => card?.certificates.map(({ id }) => id) ?? []);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the PIN', () => {
  it('is tried exactly once for each time it was typed; a third try stays untouched', async () => {
    shim.control({ counter: '1' });
    const own = on([shim.path]);
    expect(await signOnce(own, people.rsa.certificate, { pins: ['0000'] })).toBe('card.wrong-pin');
    expect((await own.list()).readers[0]?.card?.tries).toBe('low');
    const second = await own.begin({
      ...{ certificate: idOf(people.rsa.certificate), pins: ['1111'], lastTry: false },
      signatures: 1,
    });
    expect(second).toMatchObject({ error: { code: 'card.wrong-pin', detail: { tries: 'last' } } });
    // Nobody said that they know: the card is not asked.
    expect(await signOnce(own, people.rsa.certificate)).toBe('card.last-try');
    expect(shim.log()).toEqual(['login', 'login']);
    expect((await own.list()).readers[0]?.card?.tries).toBe('last');
    expect(await signOnce(own, people.rsa.certificate, { lastTry: true })).toBe('ok');
    expect((await own.list()).readers[0]?.card?.tries).toBe('enough');
  });

  it('locks the card after three, and the card is not asked again', async () => {
    shim.control({ counter: '1' });
    const own = on([shim.path]);
    const wrong = { pins: ['0000'], lastTry: true };
    for (let tries = 0; tries < 3; tries++)
      expect(await signOnce(own, people.rsa.certificate, wrong)).toBe('card.wrong-pin');
    expect(await signOnce(own, people.rsa.certificate, { lastTry: true })).toBe('card.locked');
    expect(shim.log()).toEqual(['login', 'login', 'login']);
    expect(await own.list()).toMatchObject({ problem: 'card.locked' });
  });

  it('is asked for on the reader where it has keys of its own, and the driver gets none', async () => {
    shim.control({ pinpad: '1', padpin: pin });
    const own = on([shim.path]);
    expect((await own.list()).readers[0]?.card?.pinPad).toBe(true);
    expect(await signOnce(own, people.rsa.certificate, { pins: [] })).toBe('ok');
    shim.control({ pinpad: '1' });
    expect(await signOnce(own, people.rsa.certificate, { pins: [] })).toBe('card.cancelled');
  });

  it('is asked for at every signature by a key that wants it, and never used twice', async () => {
    const { certificate } = people.each;
    expect(await signOnce(cards, certificate, { signatures: 3 })).toBe('card.pin-each-time');
    expect(await signOnce(cards, certificate, { signatures: 3, pins: [pin, pin, pin] })).toBe('ok');
    expect(await signOnce(cards, certificate, { signatures: 3, pins: [pin, '0000', pin] })).toBe(
      'card.wrong-pin',
    );
    expect(await signOnce(cards, certificate)).toBe('ok');
  });

  it('is missing, not set, of a wrong length or out of date: each says so', async () => {
    const own = on([shim.path]);
    const { certificate } = people.rsa;
    expect(await signOnce(own, certificate, { pins: [] })).toBe('card.pin-needed');
    shim.control({ pinlength: '1' });
    expect(await signOnce(own, certificate, { pins: ['1'] })).toBe('card.pin-format');
    shim.control({ pinexpired: '1' });
    expect(await signOnce(own, certificate)).toBe('card.pin-expired');
    shim.control({ pinset: '0' });
    expect(await signOnce(own, certificate)).toBe('card.pin-not-set');
    expect(await own.list()).toMatchObject({ problem: 'card.pin-not-set' });
  });
});

describe('what is wrong has a name', () => {
  const problem = async (paths: readonly string[]) => {
    const { problem, drivers } = await on(paths).list();
    return [problem, drivers[0]?.problem ?? null];
  };
  const made = (name: string, bytes: Uint8Array | string) => {
    const path = join(others.conf, '..', name);
    writeFileSync(path, bytes);
    return path;
  };

  it('no driver, no such driver, no driver at all, one for another processor', async () => {
    expect(await problem([])).toEqual(['card.no-driver', null]);
    expect(await problem(['/nowhere/x.so'])).toEqual(['card.no-module', 'card.no-module']);
    expect((await problem([made('text.so', 'ikke en driver')]))[0]).toBe('card.not-a-module');
    expect((await problem(['/usr/lib/x86_64-linux-gnu/libz.so.1']))[0]).toBe('card.not-a-module');
    // A 32-bit ELF header, long enough to be looked at.
    const elf = new Uint8Array(4096);
    elf.set([0x7f, 0x45, 0x4c, 0x46, 1, 1, 1]);
    expect((await problem([made('32.so', elf)]))[0]).toBe('card.wrong-architecture');
  });

  it('no support in this installation', async () => {
    const none = on([softHsm], { supported: () => false });
    expect((await none.list()).problem).toBe('card.no-support');
    expect(await signOnce(none, people.rsa.certificate)).toBe('card.no-support');
  });

  it('no reader, no card, a card that cannot be read, one without certificates', async () => {
    shim.control({ readers: '0' });
    expect(await problem([shim.path])).toEqual(['card.no-reader', null]);
    shim.control({ removed: '1' });
    expect(await problem([shim.path])).toEqual(['card.no-card', null]);
    shim.control({ unreadable: '1' });
    expect(await problem([shim.path])).toEqual(['card.unreadable', null]);
    const bare = makeSoftTokens([{ label: 'Tomt', pin, contents: [] }]);
    const empty = bare.shim('empty');
    expect(await problem([empty.path])).toEqual(['card.no-certificate', null]);
    bare.close();
  });

  it.each([
    ['expired', 'card.certificate-expired'],
    ['future', 'card.certificate-not-yet-valid'],
    ['sealing', 'card.no-signing-certificate'],
  ] as const)('a certificate that is %s', async (which, code) => {
    const own = makeSoftTokens([{ label: 'Kort', pin, contents: [contentsOf(people[which])] }]);
    const driver = own.shim(which);
    const here = on([driver.path]);
    expect((await here.list()).problem).toBe(code);
    expect(await signOnce(here, people[which].certificate)).not.toBe('ok');
    // Before any PIN.
    expect(driver.log()).toEqual([]);
    own.close();
  });

  it('a certificate without its key, and one that is not there', async () => {
    const { certificate } = contentsOf(people.rsa);
    const own = makeSoftTokens([{ label: 'Kort', pin, contents: [{ certificate: certificate! }] }]);
    const here = on([own.shim('keyless').path]);
    expect(await signOnce(here, people.rsa.certificate)).toBe('card.no-key');
    expect(await signOnce(here, people.ec.certificate)).toBe('card.other-card');
    own.close();
  });
});

describe('a card or driver that fails in the middle', () => {
  it('taken out while signing: nothing comes back, and the next card works', async () => {
    const own = on([shim.path]);
    shim.control({ remove: 'sign' });
    expect(await signOnce(own, people.rsa.certificate, { signatures: 2 })).toBe('card.removed');
    // Not asked a second time.
    expect(shim.log()).toEqual(['login', 'sign']);
    expect((await own.list()).problem).toBe('card.no-card');
    shim.forget();
    expect(await signOnce(own, people.rsa.certificate)).toBe('ok');
  });

  it('hangs for a minute: the host goes on, other drivers answer, a new process follows', async () => {
    shim.control({ hang: 'slots' });
    const both = on([shim.path, softHsm], { limits: { read: 1500, rest: 0 } });
    const { value, ticks } = await ticksDuring(() => both.list());
    expect(ticks).toBeGreaterThan(20);
    expect(value.drivers.map(({ problem }) => problem)).toEqual(['card.module-hung', null]);
    expect(value.problem).toBeNull();
    shim.forget();
    expect((await both.list()).drivers.map((one) => one.problem)).toEqual([null, null]);
  });

  it('hangs in the middle of a signature: a time limit ends it, the reader is free again', async () => {
    const own = on([shim.path], { limits: { sign: 1000, rest: 0 } });
    shim.control({ hang: 'sign' });
    const { value, ticks } = await ticksDuring(() => signOnce(own, people.rsa.certificate));
    expect(value).toBe('card.module-hung');
    expect(ticks).toBeGreaterThan(20);
    shim.forget();
    expect(await signOnce(own, people.rsa.certificate)).toBe('ok');
  });

  it('crashes: only its process does, and the next question gets a new one', async () => {
    const own = on([shim.path], { limits: { rest: 0 } });
    shim.control({ crash: 'sign' });
    expect(await signOnce(own, people.rsa.certificate)).toBe('card.module-crashed');
    shim.control({ crash: 'slots' });
    expect((await own.list()).problem).toBe('card.module-crashed');
    shim.forget();
    expect(await signOnce(own, people.rsa.certificate)).toBe('ok');
  });

  it('lets nobody else sign with the reader meanwhile', async () => {
    const use = { certificate: idOf(people.rsa.certificate), pins: [pin], lastTry: false };
    const own = on([shim.path]);
    const first = await own.begin({ ...use, signatures: 1 });
    expect(codeOf(await own.begin({ ...use, signatures: 1 }))).toBe('card.busy');
    if (first.ok) await first.value.end();
    expect(await signOnce(own, people.rsa.certificate)).toBe('ok');
  });
});

it('tells when a card comes and when it goes', async () => {
  let changes = 0;
  const own = on([shim.path], { limits: { watch: 50 }, onChanged: () => (changes += 1) });
  const changed = async (than: number) => {
    for (let tries = 0; tries < 400 && changes <= than; tries++)
      await new Promise((resolve) => setTimeout(resolve, 25));
    return (await own.list({ watch: true })).problem;
  };
  shim.control({ readers: '0' });
  expect((await own.list({ watch: true })).problem).toBe('card.no-reader');
  shim.control({});
  expect(await changed(0)).toBeNull();
  const before = changes;
  shim.control({ removed: '1' });
  expect(await changed(before)).toBe('card.no-card');
});
