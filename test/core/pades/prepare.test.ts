import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addFields } from '../../../electron/core/pades/add-fields.ts';
import { digestOf } from '../../../electron/core/pades/digest-of.ts';
import { embed } from '../../../electron/core/pades/embed.ts';
import {
  freezePrepared,
  fromBase64,
  thawPrepared,
  toBase64,
} from '../../../electron/core/pades/freeze.ts';
import { pdfDate } from '../../../electron/core/pades/pdf-date.ts';
import { prepareSignature } from '../../../electron/core/pades/prepare.ts';
import { roomFor } from '../../../electron/core/pades/room.ts';
import { schemeWith } from '../../../electron/core/pades/scheme.ts';
import { sign, signedAttributes } from '../../../electron/core/pades/sign.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import type { Pades, Prepared, SignatureRequest } from '../../../electron/core/pades/signature.ts';
import { encodeSignedData } from '../../../electron/core/cms/signed-data.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { Refusal, unwrap } from '../../../shared/result.ts';
import { pdfsig } from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import { appended, opened, ports, requestOf, trialKey, verdicts } from '../../support/signing.ts';

const base = plainPdf();

function prepared(changes: Partial<SignatureRequest> = {}, room = 2000): Prepared {
  return unwrap(prepareSignature(opened(base), requestOf(changes), room, ports));
}

/** The room's functions as other rooms see them: a change of one of them shows here first. */
const pades: Pades = {
  addFields,
  prepareSignature,
  roomFor,
  digestOf,
  signedAttributes,
  embed,
  sign,
  timestampDocument,
};

test('the room has a function for everything it promises', () => {
  for (const made of Object.values(pades)) expect(made).toBeTypeOf('function');
});

describe('the phases', () => {
  test('each can run in another process than the one before', async () => {
    const key = trialKey();
    const digest = 'sha256' as const;
    const one = freezePrepared(prepared({}, roomFor(key, digest)));
    // Elsewhere: only the frozen state and the file.
    const state = unwrap(thawPrepared(one));
    const hash = digestOf(state, memorySource(base), ports.crypto);
    const attributes = signedAttributes(hash, digest, key.certificate, ports.crypto);
    const two = JSON.stringify({ state: one, attributes: toBase64(attributes) });
    // Elsewhere again: only the key.
    const carried = JSON.parse(two) as { state: string; attributes: string };
    const scheme = schemeWith(key, digest);
    const message = fromBase64(carried.attributes) ?? new Uint8Array();
    const signature = unwrap(await key.sign(message, scheme));
    // And back.
    const cms = encodeSignedData({
      ...{ signedAttributes: message, signature, scheme, digestAlgorithm: digest },
      ...{ certificate: key.certificate, chain: key.chain },
    });
    const bytes = appended(base, unwrap(embed(unwrap(thawPrepared(carried.state)), cms)));
    expect(pdfsig(bytes)).toMatchObject([{ valid: true, whole: true }]);
    expect(await verdicts(bytes)).toEqual(['TOTAL-PASSED']);
  });

  test('embedding leaves the prepared state as it was', () => {
    const state = prepared();
    const before = state.tail.slice();
    unwrap(embed(state, new Uint8Array(2000).fill(0xab)));
    expect(Buffer.compare(state.tail, before)).toBe(0);
  });

  test('the digest is the same from windows, in one piece, and from a running hash', () => {
    const large = plainPdf({ objects: [`(${'x'.repeat(3 << 20)})`] });
    const state = unwrap(prepareSignature(opened(large), requestOf(), 500, ports));
    const whole = appended(large, state.tail);
    const [, first, second, rest] = state.byteRange;
    const expected = ports.crypto
      .hash('sha256')!
      .update(whole.subarray(0, first))
      .update(whole.subarray(second, second + rest))
      .digest();
    const source = memorySource(large);
    expect(digestOf(state, source, ports.crypto)).toEqual(expected);
    const running = ports.crypto.hash('sha256')!.update(large);
    expect(digestOf(state, source, ports.crypto, running)).toEqual(expected);
    expect(digestOf(state, source, ports.crypto, running)).toEqual(expected);
  });

  test('another file than the prepared one is refused', () => {
    const longer = memorySource(appended(base, Uint8Array.from([10])));
    expect(() => digestOf(prepared(), longer, ports.crypto)).toThrow(Refusal);
  });

  test('what does not fit is refused, what just fits is not', () => {
    const state = prepared({}, 100);
    expect(embed(state, new Uint8Array(101))).toMatchObject({
      ok: false,
      error: { code: 'sign.no-room', detail: { needed: 101, room: 100 } },
    });
    expect(embed(state, new Uint8Array(100)).ok).toBe(true);
  });
});

describe('the frozen state', () => {
  test('base64 is that of everybody else, both ways', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64(bytes);
        expect(text).toBe(Buffer.from(bytes).toString('base64'));
        expect(fromBase64(text)).toEqual(bytes);
      }),
    );
    for (const bad of ['A', 'AB=', 'AB=C', 'A===', 'AB CD', 'AA=A', '\u00e5AAA'])
      expect(fromBase64(bad)).toBeNull();
  });

  test('thaws to what was frozen', () => {
    const requests = fc.record({
      digest: fc.constantFrom('sha256' as const, 'sha384' as const, 'sha512' as const),
      reason: fc.string({ maxLength: 40 }),
      name: fc.string({ unit: 'binary', maxLength: 20 }),
      zoneOffset: fc.integer({ min: -720, max: 840 }),
      room: fc.integer({ min: 1, max: 9000 }),
    });
    fc.assert(
      fc.property(requests, ({ room, ...changes }) => {
        const state = prepared(changes, room);
        expect(unwrap(thawPrepared(freezePrepared(state)))).toEqual(state);
      }),
      { numRuns: 40 },
    );
  });

  test('anything else is refused, never half believed', () => {
    const state = prepared();
    const plain = JSON.parse(freezePrepared(state)) as Record<string, unknown>;
    const changes: Record<string, unknown>[] = [
      { base: state.base + 1 },
      { tail: 'not base64' },
      { tail: toBase64(state.tail.subarray(1)) },
      { digest: 'md5' },
      { field: 7 },
      { contents: null },
      { contents: { offset: state.contents.offset + 1, length: state.contents.length } },
      { contents: { offset: -1, length: 3 } },
      { byteRange: [0, 1, 2] },
      { byteRange: [1, ...state.byteRange.slice(1)] },
      { byteRange: [0, ...state.byteRange.slice(1, 3), 0] },
    ];
    for (const change of changes)
      expect(thawPrepared(JSON.stringify({ ...plain, ...change }))).toMatchObject({
        ok: false,
        error: { code: 'sign.state' },
      });
    for (const text of ['', '{', 'null', '[]', '7'])
      expect(thawPrepared(text)).toMatchObject({ ok: false, error: { code: 'sign.state' } });
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(thawPrepared(text).ok).toBe(false);
      }),
    );
  });
});

describe('the room', () => {
  test.each([
    ['p-256', 'sha256'],
    ['p-384', 'sha384'],
    ['p-521', 'sha512'],
    ['rsa-2048', 'sha256'],
    ['rsa-4096', 'sha512'],
    ['ed25519', 'sha512'],
  ] as const)('fits what %s makes, and wastes little', async (type, digest) => {
    const key = trialKey(type);
    const room = roomFor(key, digest);
    const scheme = schemeWith(key, digest);
    for (let i = 0; i < 20; i++) {
      const hash = new Uint8Array({ sha256: 32, sha384: 48, sha512: 64 }[digest]).fill(i);
      const attributes = signedAttributes(hash, digest, key.certificate, ports.crypto);
      const signature = unwrap(await key.sign(attributes, scheme));
      const cms = encodeSignedData({
        ...{ signedAttributes: attributes, signature, scheme, digestAlgorithm: digest },
        ...{ certificate: key.certificate, chain: key.chain },
      });
      expect(cms.length).toBeLessThanOrEqual(room);
      expect(room - cms.length).toBeLessThanOrEqual(64);
    }
  });

  test('grows with the chain and with the token', () => {
    const key = trialKey();
    const alone = roomFor({ ...key, chain: [] }, 'sha256');
    const issuer = key.chain[0]?.length ?? 0;
    expect(roomFor(key, 'sha256') - alone).toBeGreaterThanOrEqual(issuer);
    const stamped = roomFor(key, 'sha256', { tokenSize: 4000 });
    expect(stamped - roomFor(key, 'sha256')).toBeGreaterThanOrEqual(4000);
  });
});

describe('dates', () => {
  test('are local time with its zone, for every instant and zone', () => {
    expect(pdfDate(Date.UTC(2026, 10, 24, 9, 41, 7), 60)).toBe("D:20261124104107+01'00'");
    expect(pdfDate(Date.UTC(2026, 11, 31, 23, 30), 60)).toBe("D:20270101003000+01'00'");
    expect(pdfDate(Date.UTC(2024, 1, 29, 0, 10), -210)).toBe("D:20240228204000-03'30'");
    expect(pdfDate(Date.UTC(2026, 0, 1), 0)).toBe("D:20260101000000+00'00'");
    const instants = fc.date({
      min: new Date('1970-01-01'),
      max: new Date('2199-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.integer({ min: -720, max: 840 }), (instant, zone) => {
        const local = new Date(instant.getTime() + zone * 60_000).toISOString();
        const digits = local.replace(/[-T:]/g, '').slice(0, 14);
        expect(pdfDate(instant.getTime(), zone).slice(0, 16)).toBe(`D:${digits}`);
      }),
    );
  });
});
