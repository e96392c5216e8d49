import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import type { Timestamps } from '../../../electron/core/ports.ts';
import { fail, unwrap } from '../../../shared/result.ts';
import {
  opensslComplaints,
  pdfsig,
  qpdfComplaints,
  signedBytesOf,
} from '../../support/other-readers.ts';
import type { SignedBytes } from '../../support/other-readers.ts';
import { plainPdf } from '../../support/plain-pdf.ts';
import {
  appended,
  authority,
  opened,
  ports,
  requestOf,
  signedWith,
  signingTime,
  trialKey,
  verified,
} from '../../support/signing.ts';

const timestamps = trialTimestamps({
  ...authority.issueTimestamper(),
  clock: { now: () => signingTime },
});
const root = authority.root.certificate;

async function stamped(bytes: Uint8Array): Promise<Uint8Array> {
  const result = await timestampDocument(opened(bytes), { ...ports, timestamps });
  if (!result.ok) throw new Error(result.error.code);
  return appended(bytes, result.value.tail);
}

/** `openssl ts -verify` of a token over its byte range; null where it is content. */
function opensslTsComplaints(token: SignedBytes): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'ts-'));
  try {
    const at = (name: string): string => join(folder, name);
    const pem = Buffer.from(root)
      .toString('base64')
      .match(/.{1,64}/g)
      ?.join('\n');
    writeFileSync(at('token'), token.cms);
    writeFileSync(at('data'), token.content);
    writeFileSync(
      at('root.pem'),
      `-----BEGIN CERTIFICATE-----\n${pem}\n-----END CERTIFICATE-----\n`,
    );
    const { status, stderr, stdout } = spawnSync(
      'openssl',
      [
        ...['ts', '-verify', '-token_in', '-in', at('token'), '-data', at('data')],
        ...['-CAfile', at('root.pem')],
      ],
      { encoding: 'utf8' },
    );
    return status === 0 ? null : `${stdout}${stderr}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('a document timestamp', () => {
  test('is good in openssl and qpdf, and leaves the signatures good', async () => {
    const signed = await signedWith(await signedWith(plainPdf()));
    const bytes = await stamped(await stamped(signed));
    expect(qpdfComplaints(bytes)).toBeNull();
    const all = signedBytesOf(bytes);
    expect(all).toHaveLength(4);
    for (const signature of all.slice(0, 2)) expect(opensslComplaints(signature, root)).toBeNull();
    for (const token of all.slice(2)) expect(opensslTsComplaints(token)).toBeNull();
    expect(
      pdfsig(bytes)
        .slice(0, 2)
        .map(({ valid }) => valid),
    ).toEqual([true, true]);
    const report = await verified(bytes);
    expect(report.indication).toBe('TOTAL-PASSED');
    expect(report.signatures.map(({ kind, field }) => [kind, field])).toEqual([
      ['signature', 'Signature1'],
      ['signature', 'Signature2'],
      ['timestamp', 'Timestamp1'],
      ['timestamp', 'Timestamp2'],
    ]);
  });

  test('carries no time of its own: the token says when', async () => {
    const tail = Buffer.from(await stamped(plainPdf())).toString('latin1');
    expect(tail).toContain('/Type /DocTimeStamp /Filter /Adobe.PPKLite /SubFilter /ETSI.RFC3161');
    expect(tail).not.toContain('/M (');
  });

  test.each([1, 2, 3] as const)('is outside every permission, also after P=%i', async (certify) => {
    const bytes = await stamped(await signedWith(plainPdf(), { certify }));
    expect((await verified(bytes)).indication).toBe('TOTAL-PASSED');
  });

  test('is outside every lock', async () => {
    const lock = { action: 'All', fields: [] } as const;
    const bytes = await stamped(await signedWith(plainPdf(), { lock }));
    expect((await verified(bytes)).indication).toBe('TOTAL-PASSED');
  });

  test('what the authority answers is passed on, and nothing is made', async () => {
    const absent: Timestamps = {
      ...timestamps,
      stamp: () => Promise.resolve(fail('timestamp.unreachable', 'No answer.')),
    };
    const result = await timestampDocument(opened(plainPdf()), { ...ports, timestamps: absent });
    expect(result).toMatchObject({ ok: false, error: { code: 'timestamp.unreachable' } });
    const signed = await sign(opened(plainPdf()), requestOf(), trialKey(), {
      ...ports,
      timestamps: absent,
    });
    expect(signed).toMatchObject({ ok: false, error: { code: 'timestamp.unreachable' } });
  });
});

describe('a token larger than its authority is known for', () => {
  function surprising(): { readonly port: Timestamps; asked(): number } {
    let asked = 0;
    return {
      port: {
        ...timestamps,
        tokenSize: 16,
        stamp(imprint) {
          asked += 1;
          return timestamps.stamp(imprint);
        },
      },
      asked: () => asked,
    };
  }

  test('has the signature made once more, with room', async () => {
    const { port, asked } = surprising();
    const result = await sign(opened(plainPdf()), requestOf(), trialKey(), {
      ...ports,
      timestamps: port,
    });
    const { tail } = unwrap(result);
    expect(asked()).toBe(2);
    expect((await verified(appended(plainPdf(), tail))).signatures).toMatchObject([
      { level: 'B-T', indication: 'TOTAL-PASSED' },
    ]);
    const known = await sign(opened(plainPdf()), requestOf(), trialKey(), { ...ports, timestamps });
    // The room that was learned is the room that is needed.
    expect(Math.abs(tail.length - unwrap(known).tail.length)).toBeLessThan(300);
  });

  test('has the document timestamp made once more', async () => {
    const { port, asked } = surprising();
    const bytes = await signedWith(plainPdf());
    const stamping = { ...ports, timestamps: port };
    const { tail } = unwrap(await timestampDocument(opened(bytes), stamping));
    expect(asked()).toBe(2);
    expect((await verified(appended(bytes, tail))).indication).toBe('TOTAL-PASSED');
  });
});

describe('B-T', () => {
  test.each([
    ['p-256', 'sha256'],
    ['rsa-2048', 'sha512'],
    ['p-384', 'sha384'],
  ] as const)(
    '%s with %s: the token is an unsigned attribute over the signature',
    async (type, digest) => {
      const result = await sign(opened(plainPdf()), requestOf({ digest }), trialKey(type), {
        ...ports,
        timestamps,
      });
      if (!result.ok) throw new Error(result.error.code);
      const bytes = appended(plainPdf(), result.value.tail);
      expect(pdfsig(bytes)).toMatchObject([{ valid: true, whole: true }]);
      const [signature] = signedBytesOf(bytes);
      if (signature === undefined) throw new Error('no signature');
      expect(opensslComplaints(signature, root)).toBeNull();
      const report = await verified(bytes);
      expect(report.signatures[0]).toMatchObject({ level: 'B-T', indication: 'TOTAL-PASSED' });
      expect(report.signatures[0]?.bestTime).not.toBeNull();
    },
  );
});
