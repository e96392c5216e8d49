/** Timestamps of something else, and validation data that does not speak for the signature. */
import { createHash } from 'node:crypto';
import { trialTimestamps } from '../../../electron/adapters/trial-timestamp-authority.ts';
import { makeTrialAuthority, signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialCertificate } from '../../../electron/adapters/trial-pki.ts';
import { makeCrl } from '../../../electron/adapters/trial-revocation.ts';
import { element } from '../../../electron/core/cms/der-writing.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import { bytesString, dict, name, stream } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import type { Timestamps } from '../../../electron/core/ports.ts';
import { unwrap } from '../../../shared/result.ts';
import { signedByHand } from '../hand-signing.ts';
import { appended, authority, opened, ports, signedWith, signingTime } from '../signing.ts';
import { editCatalog } from '../tampering.ts';
import type { Attack, Must } from './attack.ts';
import { rebuilt } from './cms-tricks.ts';
import { answerAboutOnline, document, online, timestamps } from './target.ts';

const unsure = (...because: readonly string[]): Must => ({ indication: 'INDETERMINATE', because });
const unproven = unsure('TRY_LATER');
const hour = 60 * 60 * 1000;
const ago = (hours: number): Date => new Date(signingTime.getTime() - hours * hour);

const evidence = (name: string, must: Must, make: () => Promise<Uint8Array>): Attack => ({
  row: 'validation-data',
  name,
  on: ['signed'],
  must,
  leavesSignatureWhole: true,
  make,
});

const sha256 = (bytes: Uint8Array) => ({
  algorithm: 'sha256' as const,
  digest: new Uint8Array(createHash('sha256').update(bytes).digest()),
});

/** A signature with a token of whatever `of` makes of its value. */
function stampedWith(of: (signature: Uint8Array) => Promise<Uint8Array>): Promise<Uint8Array> {
  return signedByHand(document, {
    parts: async (usual) => ({ ...usual, timestampToken: await of(usual.signature) }),
  });
}

const oddToken = unsure('SIG_CONSTRAINTS_FAILURE');

/** A right token with one part of its SignedData replaced: 0 its version, 1 its hashes. */
async function tokenBut(signature: Uint8Array, part: 0 | 1, by: Uint8Array): Promise<Uint8Array> {
  const token = unwrap(await timestamps().stamp(sha256(signature)));
  return rebuilt(token, (parts) => parts.map(({ raw }, index) => (index === part ? by : raw)));
}

/** By somebody whose certificate must be asked about, with this in the store of the file. */
async function withStore(
  own: { readonly OCSPs?: Uint8Array; readonly CRLs?: Uint8Array },
  related: { readonly OCSP?: Uint8Array } = {},
): Promise<Uint8Array> {
  return editCatalog(await signedWith(document, {}, signingKeyOf(online)), (update) => {
    const listed = (entries: Readonly<Record<string, Uint8Array | undefined>>) =>
      Object.fromEntries(
        Object.entries(entries).flatMap(([key, der]): [string, PdfObject][] =>
          der === undefined ? [] : [[key, [update.add(stream(dict({ Length: der.length }), der))]]],
        ),
      );
    const vri = dict({
      ['A'.repeat(40)]: dict({
        ...listed(related),
        TU: bytesString(Buffer.from('D:20200101000000Z')),
      }),
    });
    return { DSS: dict({ Type: name('DSS'), ...listed({ ...own }), VRI: vri }) };
  });
}

async function documentStamp(stamper: Timestamps): Promise<Uint8Array> {
  const base = await signedWith(document);
  const { tail } = unwrap(await timestampDocument(opened(base), { ...ports, timestamps: stamper }));
  return appended(base, tail);
}

/** An authority that stamps other bytes than it was asked to, and says so to nobody. */
const lying: Timestamps = {
  ...timestamps(),
  stamp: (imprint) =>
    timestamps().stamp({ ...imprint, digest: imprint.digest.map((byte) => byte ^ 1) }),
};

const responder = (extra: Parameters<typeof authority.issue>[2] = {}): TrialCertificate =>
  authority.issue('Nobody’s Responder', 'p-256', extra);
const stranger = (): TrialCertificate =>
  makeTrialAuthority({ name: 'Stranger', now: signingTime }).intermediate;

export const falseEvidence: readonly Attack[] = [
  evidence('a token copied from another signature', unsure('SIG_CONSTRAINTS_FAILURE'), () =>
    stampedWith(async () => unwrap(await timestamps().stamp(sha256(Uint8Array.of(1))))),
  ),
  evidence('a signature in the place of a token', unsure('SIG_CONSTRAINTS_FAILURE'), () =>
    stampedWith(async (signature) => signature),
  ),
  evidence(
    'a token of the document instead of the signature',
    unsure('SIG_CONSTRAINTS_FAILURE'),
    () => stampedWith(async () => unwrap(await timestamps().stamp(sha256(document)))),
  ),
  evidence('a token by somebody who signs documents', unsure('SIG_CONSTRAINTS_FAILURE'), () =>
    stampedWith(async (signature) => {
      const signer = authority.issue('Ola Nordmann');
      const clock = { now: () => signingTime };
      return unwrap(await trialTimestamps({ ...signer, clock }).stamp(sha256(signature)));
    }),
  ),
  evidence('a token of a version that its content does not have', oddToken, () =>
    stampedWith((signature) => tokenBut(signature, 0, Uint8Array.of(2, 1, 1))),
  ),
  evidence('a token that lists another hash than it uses', oddToken, () =>
    stampedWith((signature) => tokenBut(signature, 1, element(0x31))),
  ),
  evidence(
    'a document timestamp of something else',
    { indication: 'TOTAL-FAILED', because: ['HASH_FAILURE'] },
    () => documentStamp(lying),
  ),
  evidence('a document timestamp by a stranger', unsure('NO_CERTIFICATE_CHAIN_FOUND'), () => {
    const made = makeTrialAuthority({ name: 'Stranger', now: signingTime });
    const clock = { now: () => signingTime };
    return documentStamp(trialTimestamps({ ...made.issueTimestamper(), clock }));
  }),
  evidence('an answer by somebody the issuer did not name', unproven, () =>
    withStore({ OCSPs: answerAboutOnline({ responder: responder() }) }),
  ),
  evidence('an answer by a responder of another issuer', unproven, () =>
    withStore({ OCSPs: answerAboutOnline({ responder: stranger() }) }),
  ),
  evidence('an answer about another certificate', unproven, () =>
    withStore({ OCSPs: answerAboutOnline({ about: authority.issue('Ola').certificate }) }),
  ),
  evidence('an answer from before the signature, long out of date', unproven, () =>
    withStore({ OCSPs: answerAboutOnline({ thisUpdate: ago(48), nextUpdate: ago(47) }) }),
  ),
  evidence('an answer of the future', unproven, () =>
    withStore({ OCSPs: answerAboutOnline({ thisUpdate: ago(-48), nextUpdate: ago(-49) }) }),
  ),
  evidence('the answer of another signature, under a foreign name in VRI', unproven, () =>
    withStore({}, { OCSP: answerAboutOnline({ about: authority.issue('Ola').certificate }) }),
  ),
  evidence('a list by somebody who does not issue', unproven, () =>
    withStore({ CRLs: makeCrl(responder(), { thisUpdate: signingTime, nextUpdate: ago(-1) }) }),
  ),
  evidence('bytes that are no answer', unproven, () =>
    withStore({ OCSPs: new Uint8Array(300).fill(0x30) }),
  ),
];
