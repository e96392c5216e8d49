import { createContext, runInContext } from 'node:vm';
import { sign } from 'node:crypto';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { pageCrypto } from '../../electron/adapters/page-crypto.ts';
import { makeKeyPair } from '../../electron/adapters/trial-pki.ts';
import type { parseCertificate } from '../../electron/core/cms/certificate.ts';
import { bitString, integer, nothing, oid, sequence } from '../../electron/core/cms/der-writing.ts';
import type { parseSignedData } from '../../electron/core/cms/parsed-signed-data.ts';
import type {
  parseTimestampToken,
  verifyTimestampToken,
} from '../../electron/core/cms/timestamp-token.ts';
import { makeCms } from '../support/cms-samples.ts';

/** The page's crypto and the core's readers, bundled as for a browser. */
async function bundle(): Promise<{ text: string; inputs: readonly string[] }> {
  const root = new URL('../../', import.meta.url).pathname;
  const entry = `
    import { pageCrypto } from './electron/adapters/page-crypto.ts';
    import { parseCertificate } from './electron/core/cms/certificate.ts';
    import { parseSignedData } from './electron/core/cms/parsed-signed-data.ts';
    import { parseTimestampToken, verifyTimestampToken } from './electron/core/cms/timestamp-token.ts';
    globalThis.skranke = { pageCrypto, parseCertificate, parseSignedData, parseTimestampToken, verifyTimestampToken };
  `;
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    logLevel: 'silent',
  });
  const imports = Object.values(metafile.inputs).flatMap((input) =>
    input.imports.map(({ path }) => path),
  );
  return {
    text: outputFiles[0]?.text ?? '',
    inputs: [...Object.keys(metafile.inputs), ...imports],
  };
}

/** What a page has and a bare JavaScript context lacks, as far as the libraries ask for it. */
const pageGlobals = () => ({ TextDecoder, TextEncoder, crypto: globalThis.crypto, console });

interface Page {
  readonly skranke: {
    readonly pageCrypto: typeof pageCrypto;
    readonly parseCertificate: typeof parseCertificate;
    readonly parseSignedData: typeof parseSignedData;
    readonly parseTimestampToken: typeof parseTimestampToken;
    readonly verifyTimestampToken: typeof verifyTimestampToken;
  };
}

describe('without Node', () => {
  it('the core reads and verifies signatures and timestamps', async () => {
    const { text, inputs } = await bundle();
    expect(inputs.filter((path) => path.startsWith('node:'))).toEqual([]);
    const context = createContext(pageGlobals());
    runInContext(text, context);
    const { skranke } = context as unknown as Page;
    for (const type of [
      'rsa-2048',
      'rsa-pss-2048',
      'p-256',
      'p-521',
      'ed25519',
      'ed448',
    ] as const) {
      const { cms, certificate, signature } = await makeCms(type, undefined, true);
      const parsed = skranke.parseSignedData(cms);
      const read = skranke.parseCertificate(certificate);
      if (!parsed.ok || !read.ok) throw new Error('not readable in a page');
      const { scheme, signedAttributes, timestamps } = parsed.value.signer;
      if (scheme === null || signedAttributes === null) throw new Error('no scheme');
      const answer = (data: Uint8Array) =>
        skranke.pageCrypto.verify(scheme, read.value.spki, data, signature);
      expect(await answer(signedAttributes.der)).toBe('valid');
      expect(await answer(signedAttributes.der.subarray(1))).toBe('invalid');
      const token = skranke.parseTimestampToken(timestamps[0] ?? new Uint8Array());
      if (!token.ok) throw new Error(token.error.code);
      const digest =
        skranke.pageCrypto.hash('sha256')?.update(signature).digest() ?? new Uint8Array();
      const checked = await skranke.verifyTimestampToken(token.value, digest, skranke.pageCrypto);
      expect(checked.ok).toBe(true);
    }
  });

  it('a key that is not RSA’s, or absurdly large, is not even tried', async () => {
    const spki = (modulus: Uint8Array, exponent: Uint8Array) =>
      sequence(
        sequence(oid('1.2.840.113549.1.1.1'), nothing()),
        bitString(sequence(integer(modulus), integer(exponent))),
      );
    const scheme = { type: 'rsa-pkcs1', hash: 'sha256' } as const;
    const huge = new Uint8Array(100_000).fill(0xff);
    for (const [modulus, exponent] of [
      [huge, Uint8Array.of(1, 0, 1)],
      [huge.subarray(0, 256), huge.subarray(0, 256)],
      [huge.subarray(0, 256), Uint8Array.of(1)],
      [Uint8Array.of(0), Uint8Array.of(3)],
      [huge.subarray(0, 16), Uint8Array.of(3)],
    ] as const) {
      const signature = new Uint8Array(modulus.length);
      signature[signature.length - 1] = 1;
      expect(
        await pageCrypto.verify(scheme, spki(modulus, exponent), new Uint8Array(1), signature),
      ).toBe('invalid');
    }
    const key = makeKeyPair('p-256');
    const ec = new Uint8Array(key.publicKey.export({ type: 'spki', format: 'der' }));
    const signature = new Uint8Array(sign('sha256', new Uint8Array(1), key.privateKey));
    expect(await pageCrypto.verify(scheme, ec, new Uint8Array(1), signature)).toBe('invalid');
  });
});
