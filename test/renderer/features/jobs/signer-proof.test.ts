import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import i18next from 'i18next';
import type { TFunction } from 'i18next';
import { beforeAll, expect, it } from 'vitest';
import type { JobEvent } from '../../../../shared/job/event.ts';
import type { CertificateProof, LoginProof } from '../../../../shared/job/proof.ts';
import { shownBefore, signerProofWords } from '../../../../renderer/features/jobs/signer-proof.ts';

const certificate: CertificateProof = {
  ...{ means: 'card', id: 'ab', certificate: '', name: 'Kari Nordmann', issuer: 'Buypass' },
  ...{ serial: '1', notAfter: '2030-01-01T00:00:00Z', nameMatch: 'same', revocation: 'good' },
};
const login: LoginProof = {
  ...{ means: 'login', id: 'cd', provider: 'generic', issuer: 'https://eid.example', acr: 'x' },
  ...{ level: 3, name: 'Kari', matchedBy: 'nothing', nameMatch: 'similar' },
  ...{ authenticatedAt: '', receivedAt: '', keys: '', keysSha256: '' },
};
const check = { method: 'eid' } as const;
const handedOver = (more: Partial<Extract<JobEvent, { type: 'handed-over' }>> = {}) =>
  ({
    ...{ type: 'handed-over', signer: 'kari', identityCheck: check, identityCheckHash: '' },
    ...more,
  }) satisfies JobEvent;
const given = (proof: CertificateProof | LoginProof, signer = 'kari') =>
  ({ type: 'proof-given', signer, proof, matches: false }) satisfies JobEvent;
const accepted = { type: 'proof-accepted', signer: 'kari', proof: 'cd' } satisfies JobEvent;
const signed = { type: 'signed', signer: 'kari' } as JobEvent;

let t: TFunction<'jobs'>;
beforeAll(async () => {
  const path = join(import.meta.dirname, '../../../../renderer/i18n/jobs.nb.json');
  const i18n = i18next.createInstance();
  await i18n.init({
    ...{ lng: 'nb', defaultNS: 'jobs', interpolation: { escapeValue: false } },
    resources: { nb: { jobs: JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown> } },
  });
  t = i18n.getFixedT('nb', 'jobs');
});

function words(...events: readonly JobEvent[]): string | null {
  const shown = shownBefore(
    events.map((event) => ({ event })),
    'kari',
  );
  return shown === null ? null : signerProofWords(t, shown).join(' · ');
}

it('says nothing of who has not signed', () => {
  expect(words(handedOver(), given(login))).toBeNull();
});

it.each([
  [[handedOver(), given(certificate), accepted], 'Smartkort fra Buypass · saksbehandleren samm'],
  [[handedOver(), given({ ...certificate, means: 'key-file' })], 'Nøkkelfil fra Buypass'],
  // A provider that is nobody we know is called by its own address, not by another's name.
  [[handedOver(), given(login)], 'Logget inn med https://eid.example, sikkerhetsnivå 3'],
  [
    [handedOver({ alone: 'login' }), given({ ...login, provider: 'bankid', level: 4 })],
    'Logget inn med BankID, sikkerhetsnivå 4 · begynte selv med innlogging',
  ],
  [
    [
      handedOver({
        alone: 'pick-up-code',
        identityCheck: { method: 'document', documentType: 'passport', lastFour: 'A12B' },
      }),
    ],
    'Pass som slutter på A12B · begynte selv med hentekode',
  ],
  [
    [
      handedOver({
        identityCheck: { method: 'known', note: 'nabo', second: { user: 'x', name: 'Per' } },
      }),
    ],
    'Kjent av saksbehandleren · også kontrollert av Per',
  ],
])('tells what was shown: %#', (events, expected) => {
  expect(words(...events, signed)).toMatch(expected);
});

it('counts the last sitting and its last proof, and no one else’s', () => {
  expect(
    words(
      handedOver(),
      given(certificate),
      handedOver(),
      given(login),
      given(login, 'ola'),
      signed,
    ),
  ).toBe('Logget inn med https://eid.example, sikkerhetsnivå 3');
  expect(words(handedOver(), given(login), accepted, given(certificate), signed)).toBe(
    'Smartkort fra Buypass',
  );
});
