/** Whether somebody's own certificate may sign here and now. In the worker: it asks the issuer. */
import { ok, type Result } from '../../shared/result.ts';
import type { CertificateProof } from '../../shared/job/proof.ts';
import { httpRevocation } from '../adapters/http-revocation.ts';
import { checkCertificateNow } from '../core/trust/check-certificate.ts';
import type { Act, Desk } from './desk.ts';
import { fromBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

/** Somebody stands at the counter: an issuer that takes longer is out of reach. */
const patience = { timeoutMs: 3000, budgetMs: 5000 };

/**
 * DOMAIN, kinds of signature: an advanced one is by a certificate from an issuer one trusts; a self-made
 * one is never called so. Asked before the PIN.
 */
export async function checkOwnCertificate(
  desk: Desk,
  input: { readonly certificate: Uint8Array; readonly chain: readonly Uint8Array[] },
  _act: Act,
): Promise<Result<{ readonly revocation: CertificateProof['revocation'] }>> {
  const { clock, crypto, random } = desk;
  const anchors = settingsOf(desk.archive).get('anchors').map(fromBase64);
  const checked = await checkCertificateNow(input.certificate, [...input.chain, ...anchors], {
    ...{ clock, crypto, anchors },
    revocation: httpRevocation({ clock, crypto, random, ...patience }),
  });
  return checked.ok ? ok({ revocation: checked.value.revocation }) : checked;
}
