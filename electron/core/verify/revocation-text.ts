/** Why an answer about revocation was not believed, as the rest of an English sentence. */
const TEXTS: ReadonlyMap<string, string> = new Map([
  ['ocsp.malformed', 'the answer is damaged'],
  ['ocsp.refused', 'the issuer’s service refused to answer'],
  ['ocsp.other-issuer', 'the answer is about another issuer’s certificate'],
  ['ocsp.other-certificate', 'the answer is about another certificate'],
  ['ocsp.unauthorised-responder', 'the answer is by somebody the issuer did not appoint'],
  ['ocsp.expired-responder', 'the certificate of whoever answered has expired'],
  ['ocsp.revoked-responder', 'the certificate of whoever answered has been revoked'],
  ['ocsp.unchecked-responder', 'the certificate of whoever answered could not be checked'],
  ['ocsp.wrong-signature', 'the answer is not rightly signed'],
  ['ocsp.wrong-nonce', 'the answer is to another question'],
  ['ocsp.future', 'the answer is from the future'],
  ['ocsp.stale', 'the answer is too old'],
  ['ocsp.after-expiry', 'the answer is from after the certificate expired'],
  ['crl.malformed', 'the revocation list is damaged'],
  ['crl.other-issuer', 'the revocation list is another issuer’s'],
  ['crl.other-scope', 'the revocation list is about other certificates'],
  ['crl.some-reasons', 'the revocation lists leave some reasons out'],
  ['crl.wrong-signature', 'the revocation list is not rightly signed'],
  ['crl.unauthorised-signer', 'the revocation list is by somebody who may not issue it'],
  ['crl.expired-signer', 'the certificate of the revocation list’s issuer has expired'],
  ['crl.revoked-signer', 'the revocation list’s issuer could not be trusted'],
  ['crl.future', 'the revocation list is from the future'],
  ['crl.stale', 'the revocation list is too old'],
  ['crl.after-expiry', 'the revocation list is from after the certificate expired'],
]);

/** The same for OCSP and lists. */
const SHARED: ReadonlyMap<string, string> = new Map([
  ['unreachable', 'the issuer could not be reached'],
  ['too-slow', 'the issuer did not answer in time'],
  ['cut-short', 'the answer broke off'],
  ['too-large', 'the answer is too large'],
  ['redirected', 'the issuer’s address leads elsewhere'],
  ['no-address', 'the certificate names no address that can be asked'],
  ['refused', 'the issuer’s service refused to answer'],
  ['weak', 'the answer is signed in a way that is no longer safe'],
  ['unknown-algorithm', 'the answer is signed in a way that is not known here'],
  ['unknown-extension', 'the answer demands something unknown'],
]);

/** `problem`: a name out of `RevocationAnswer.problems`. */
export function revocationText(problem: string): string {
  return (
    TEXTS.get(problem) ??
    SHARED.get(problem.slice(problem.indexOf('.') + 1)) ??
    'the answer was not believed'
  );
}
