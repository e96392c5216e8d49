import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkedMessage, listDocuments } from '../../electron/posten/build-package.ts';
import { checkDirectJob, checkPortalJob, jobLimits } from '../../electron/posten/job-rules.ts';
import type { Sector } from '../../electron/posten/job-rules.ts';
import type {
  Contact,
  DirectJob,
  JobDocument,
  PortalAddress,
  PortalJob,
} from '../../electron/posten/jobs.ts';
import { grammarObjection } from '../../electron/posten/message-grammar.ts';
import {
  readDirectCreated,
  readDirectSigner,
  readDirectStatus,
  readError,
  readPortalChange,
  readPortalCreated,
} from '../../electron/posten/read-answers.ts';
import {
  directManifest,
  directRequest,
  portalManifest,
  portalRequest,
  signerUpdate,
} from '../../electron/posten/write-messages.ts';
import { unwrap } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { readXml } from '../../shared/xml/read-xml.ts';
import { strictUtf8, utf8Bytes } from '../../shared/xml/utf8.ts';
import { postenFixture, schemaObjection } from '../support/schemas.ts';

const fixtures = join(import.meta.dirname, '../fixtures/posten');
const SCHEMA = 'direct-and-portal.xsd';

const messages = ['examples', 'samples', 'captured'].flatMap((group) =>
  readdirSync(join(fixtures, group), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.xml') && !/signatures\.xml$/.test(name))
    .map((name) => `${group}/${name.replaceAll('\\', '/')}`),
);

/** How the client reads a message: an answer by its reader, a message of ours by the grammar. */
function readAs(bytes: Uint8Array): Result<unknown> | string | null {
  const { root } = unwrap(readXml(bytes));
  switch (root.local) {
    case 'portal-signature-job-response':
      return readPortalCreated(bytes);
    case 'portal-signature-job-status-change-response':
      return readPortalChange(bytes);
    case 'direct-signature-job-response':
      return readDirectCreated(bytes);
    case 'direct-signer-response':
      return readDirectSigner(bytes);
    case 'direct-signature-job-status-response':
      return readDirectStatus(bytes);
    case 'error':
      return { ok: true, value: readError(bytes) };
    default:
      return grammarObjection(root);
  }
}

describe('the published examples, samples and captured answers', () => {
  it.each(messages)('%s is read as it should be', (name) => {
    const bytes = postenFixture(name);
    const read = readAs(bytes);
    const isAnswer = typeof read === 'object' && read !== null;
    if (isAnswer) {
      if (!read.ok) throw new Error(read.error.message);
      expect(read.value).not.toBeNull();
    } else expect(read === null).toBe(schemaObjection(bytes, SCHEMA) === null);
    // The two that our own writing must never look like.
    if (name === 'samples/portal_Manifest.xml') expect(read).toMatch(/signers\/signer/);
  });

  it('are all there', () => expect(messages).toHaveLength(33));

  it('say what they say', () => {
    expect(unwrap(readDirectCreated(postenFixture('examples/direct/response.xml')))).toEqual({
      jobId: '1',
      reference: null,
      unknown: [],
      statusUrl: 'https://api.signering.posten.no/api/123456789/direct/signature-jobs/1/status',
      signers: [
        {
          signerUrl:
            'https://api.signering.posten.no/api/123456789/direct/signature-jobs/1/signers/1',
          identifier: '12345678910',
          identifiedBy: 'number',
          redirectUrl: expect.stringMatching(/^https:\/\/signering\.posten\.no#\/redirect\/\w+$/),
        },
      ],
      redirectUrls: [{ signer: null, url: expect.stringMatching(/^https:\/\/\S+$/) }],
    });
    const status = postenFixture('captured/direct-signature-job-status-response.xml');
    expect(unwrap(readDirectStatus(status))).toMatchObject({
      jobId: '12087',
      reference: 'test-job',
      status: 'COMPLETED_SUCCESSFULLY',
      signatures: [
        { signer: '01819012365', status: 'SIGNED', since: '2018-08-06T06:40:50.713+02:00' },
      ],
    });
    const change = postenFixture('examples/portal/status-change-response-signer-without-pin.xml');
    expect(unwrap(readPortalChange(change)).signatures.map(({ signer }) => signer)).toEqual([
      { type: 'contact', email: 'test@example.com', mobile: null },
      { type: 'contact', email: 'test@example.com', mobile: '12345678' },
    ]);
    expect(readError(postenFixture('samples/ErrorResponse.xml'))).toMatchObject({
      code: 'SCHEMA_VALIDATION_ERROR',
      type: 'CLIENT',
    });
  });

  it('keep unknown elements and states, and refuse types and entities', () => {
    const status = strictUtf8(postenFixture('examples/direct/status-response.xml')) ?? '';
    const changed = status
      .replace('>SIGNED<', '>TELEPORTED<')
      .replace('<confirmation-url>', '<mood>happy</mood><confirmation-url>');
    const read = unwrap(readDirectStatus(utf8Bytes(changed)));
    expect(read.unknown).toEqual([{ name: 'mood', text: 'happy' }]);
    expect(read.signatures[0]).toMatchObject({ status: 'TELEPORTED', known: false });
    const bomb = status.replace('?>', '?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>');
    for (const text of [bomb, status.replace('>SIGNED<', '>&b;<'), 'x', '', status.slice(0, 200)]) {
      const result = readDirectStatus(utf8Bytes(text));
      expect(result.ok ? 'ok' : result.error.code).toBe('posten.unreadable-answer');
    }
  });
});

const pdf = (title: string): JobDocument => ({
  title,
  bytes: utf8Bytes('%PDF-1.7'),
  type: 'pdf',
});
const contacts: readonly Contact[] = [
  { email: 'kari@example.org' },
  { mobile: '+47 91234567' },
  { email: 'ola@example.org', mobile: '41234567' },
];
const addresses: readonly PortalAddress[] = [
  ...contacts.map((notify) => ({ type: 'number', number: '13079412397', notify }) as const),
  ...contacts.map((contact) => ({ type: 'contact', contact }) as const),
  { type: 'number-lookup', number: '13079412397', sms: true },
  { type: 'number-lookup', number: '13079412397', sms: false },
];
const signatureTypes = [
  undefined,
  'ADVANCED_ELECTRONIC_SIGNATURE',
  'AUTHENTICATED_ELECTRONIC_SIGNATURE',
] as const;
const identifiers = [
  undefined,
  'PERSONAL_IDENTIFICATION_NUMBER_AND_NAME',
  'DATE_OF_BIRTH_AND_NAME',
  'NAME',
] as const;

/** Every field, each in every value, with the others varied along. */
const portalJobs: readonly PortalJob[] = addresses.flatMap((address, a) =>
  signatureTypes.flatMap((signatureType, s) =>
    identifiers.map((identifierInSignedDocuments, i): PortalJob => {
      const n = a + s + i;
      return {
        title: n % 2 ? 'Avtale & «vilkår» <1>' : 'T',
        documents: Array.from({ length: [1, 2, 20][n % 3] ?? 1 }, (_, k) => pdf(`Dokument ${k}`)),
        signers: [
          {
            address,
            ...(signatureType && { signatureType }),
            ...([{}, { onBehalfOf: 'SELF' }, { onBehalfOf: 'OTHER' }] as const)[n % 3],
            ...(n % 2 ? { order: n % 10 } : {}),
          },
          { address: { type: 'contact', contact: { email: 'annen@example.org' } } },
        ],
        ...(n % 2 ? { description: 'x'.repeat(220), reference: 'r'.repeat(50) } : {}),
        ...(n % 3 ? { nonsensitiveTitle: 'Avtale', pollingQueue: 'kø-1' } : {}),
        ...(n % 4 ? { requiredAuthentication: n % 4 === 1 ? 3 : 4 } : {}),
        ...(n % 2 ? { activationTime: new Date('2026-12-01T08:00:00+01:00') } : {}),
        ...(n % 3 ? { availableSeconds: 7_776_000 } : {}),
        ...(identifierInSignedDocuments && { identifierInSignedDocuments }),
      };
    }),
  ),
);
const exits = {
  completion: 'https://example.org/ferdig?a=1&b=2',
  rejection: 'https://example.org/nei',
  error: 'https://example.org/feil',
};
const directJobs: readonly DirectJob[] = (
  [
    { type: 'number', number: '13079412397' },
    { type: 'own', value: 'kunde "17" & co' },
  ] as const
).flatMap((identifier) =>
  signatureTypes.flatMap((signatureType, s) =>
    identifiers.flatMap((identifierInSignedDocuments, i) =>
      ([undefined, 'WAIT_FOR_CALLBACK', 'POLLING'] as const).flatMap((statusRetrieval, r) =>
        ([undefined, 'SELF', 'OTHER'] as const).map((onBehalfOf, o): DirectJob => {
          const n = s + i + r + o;
          return {
            title: 'Avtale',
            documents: Array.from({ length: [1, 3, 20][n % 3] ?? 1 }, (_, k) => pdf(`D${k}`)),
            signers: [
              {
                identifier,
                ...(signatureType && { signatureType }),
                ...(onBehalfOf && { onBehalfOf }),
              },
            ],
            exitUrls: exits,
            ...(n % 2 ? { description: 'Les først', reference: 'sak-1' } : {}),
            ...(statusRetrieval && { statusRetrieval }),
            ...(n % 3 ? { pollingQueue: 'kø' } : {}),
            ...(n % 4 ? { requiredAuthentication: n % 4 === 1 ? 3 : 4 } : {}),
            ...(identifierInSignedDocuments && { identifierInSignedDocuments }),
          };
        }),
      ),
    ),
  ),
);

describe('what we send', () => {
  it('is valid by the published schemas and by our grammar, field by field', () => {
    const all = [
      ...portalJobs.flatMap((job) => [
        portalRequest(job),
        portalManifest(job, '984661185', listDocuments(job.documents)),
      ]),
      ...directJobs.flatMap((job) => [
        directRequest(job),
        directManifest(job, '984661185', listDocuments(job.documents)),
      ]),
      signerUpdate(),
    ];
    expect(portalJobs.length + directJobs.length).toBeGreaterThanOrEqual(200);
    for (const text of all) {
      expect(schemaObjection(text, SCHEMA)).toBeNull();
      expect(checkedMessage(text).ok).toBe(true);
    }
  });

  it('is refused by our grammar where the schemas refuse it, and only there', () => {
    const samples = messages
      .filter((name) => /request|manifest/i.test(name) && !/response/i.test(name))
      .map((name) => strictUtf8(postenFixture(name)) ?? '');
    const words = samples.flatMap(
      (text) => text.match(/<([a-z-]+)(?: [^>]*[^/>])?>[^<]*<\/\1>|<[a-z-]+(?: [^>]*)?\/>/g) ?? [],
    );
    const change = fc.record({
      text: fc.constantFrom(...samples),
      at: fc.nat(1000),
      what: fc.constantFrom('drop', 'double', 'swap', 'insert', 'value', 'attribute'),
      word: fc.constantFrom(...words),
      value: fc.constantFrom(
        '',
        'x',
        '3',
        '12345678901',
        'x'.repeat(51),
        'ø'.repeat(80),
        'x'.repeat(81),
        'x'.repeat(101),
        'x'.repeat(221),
        'x'.repeat(501),
        '123456789',
        'SELF',
        '-1',
        '10',
      ),
    });
    let refused = 0;
    fc.assert(
      fc.property(change, ({ text, at, what, word, value }) => {
        const found = [
          ...text.matchAll(/<([a-z-]+)(?: [^>]*)?>[^<]*<\/\1>|<[a-z-]+(?: [^>]*)?\/>/g),
        ];
        const target = found[at % found.length];
        if (target === undefined) return;
        const [whole] = target;
        const next = {
          drop: '',
          double: whole + whole,
          swap: word,
          insert: whole + word,
          value: whole.replace(/>[^<]*</, `>${value}<`),
          attribute: whole.replace(/="[^"]*"/, `="${value}"`),
        }[what];
        const changed =
          text.slice(0, target.index) + (next ?? '') + text.slice(target.index + whole.length);
        const theirs = schemaObjection(changed, SCHEMA);
        const ours = grammarObjection(unwrap(readXml(utf8Bytes(changed))).root);
        if (theirs !== null) refused++;
        expect([ours === null, changed]).toEqual([theirs === null, changed]);
      }),
      { numRuns: 2000 },
    );
    expect(refused).toBeGreaterThan(500);
  });
});

function rule(result: Result<null>): unknown {
  return result.ok ? 'ok' : result.error.detail?.rule;
}

describe('rules that the schemas do not say', () => {
  const signer = { address: addresses[0]! };
  const job: PortalJob = { title: 'T', documents: [pdf('D')], signers: [signer] };
  const direct: DirectJob = {
    title: 'T',
    documents: [pdf('D')],
    signers: [{ identifier: { type: 'own', value: 'a' } }],
    exitUrls: exits,
  };
  const big = { ...pdf('D'), bytes: new Uint8Array(jobLimits.bytes + 1) };
  const lookup = { address: addresses[6]! };
  it.each<[string, Partial<PortalJob>, Sector]>([
    ['ok', {}, null],
    ['ok', {}, 'private'],
    ['no-document', { documents: [] }, null],
    ['too-many-documents', { documents: Array.from({ length: 21 }, () => pdf('D')) }, null],
    ['documents-too-large', { documents: [big] }, null],
    ['not-a-pdf', { documents: [{ ...pdf('D'), bytes: utf8Bytes('hei') }] }, null],
    ['no-signer', { signers: [] }, null],
    ['too-many-signers', { signers: Array.from({ length: 11 }, () => signer) }, null],
    ['signer-twice', { signers: [signer, signer] }, null],
    ['no-contact', { signers: [{ address: { type: 'contact', contact: {} } }] }, null],
    ['email', { signers: [{ address: { type: 'contact', contact: { email: 'x' } } }] }, null],
    [
      'mobile-not-norwegian',
      { signers: [{ address: { type: 'contact', contact: { mobile: '+46701234567' } } }] },
      null,
    ],
    ['lookup-for-other', { signers: [{ ...lookup, onBehalfOf: 'OTHER' }] }, 'public'],
    ['lookup-private', { signers: [lookup] }, 'private'],
    ['order', { signers: [{ ...signer, order: 10 }] }, null],
    ['available-too-long', { availableSeconds: 7_776_001 }, null],
    ['available-seconds', { availableSeconds: -1 }, null],
    ['activation-time', { activationTime: new Date('x') }, null],
    ['personal-data', { reference: 'sak 13079412397' }, null],
    ['personal-data', { nonsensitiveTitle: '13079412397' }, null],
    [
      'authenticated-private',
      { signers: [{ ...signer, signatureType: 'AUTHENTICATED_ELECTRONIC_SIGNATURE' }] },
      'private',
    ],
    ['level-private', { requiredAuthentication: 3 }, 'private'],
    ['name-private', { identifierInSignedDocuments: 'NAME' }, 'private'],
    [
      'identifier-needs-number',
      {
        signers: [{ address: addresses[3]! }],
        identifierInSignedDocuments: 'PERSONAL_IDENTIFICATION_NUMBER_AND_NAME',
      },
      null,
    ],
    [
      'identifier-needs-authenticated',
      {
        signers: [{ ...signer, signatureType: 'ADVANCED_ELECTRONIC_SIGNATURE' }],
        identifierInSignedDocuments: 'NAME',
      },
      'public',
    ],
    [
      'advanced-several',
      {
        documents: [pdf('a'), pdf('b')],
        signers: [{ ...signer, signatureType: 'ADVANCED_ELECTRONIC_SIGNATURE' }],
      },
      'public',
    ],
  ])('portal: %s', (expected, changes, sector) => {
    expect(rule(checkPortalJob({ ...job, ...changes }, sector))).toBe(expected);
  });

  it.each<[string, Partial<DirectJob>]>([
    ['ok', {}],
    ['signer-twice', { signers: [direct.signers[0]!, direct.signers[0]!] }],
    ['personal-data', { signers: [{ identifier: { type: 'own', value: '13079412397' } }] }],
    ['exit-url', { exitUrls: { ...exits, error: 'javascript:alert(1)' } }],
    ['exit-url', { exitUrls: { ...exits, error: '/feil' } }],
  ])('direct: %s', (expected, changes) => {
    expect(rule(checkDirectJob({ ...direct, ...changes }, null))).toBe(expected);
  });
});
