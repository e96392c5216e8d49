/**
 * Puts keys and certificates on fresh SoftHSM2 tokens: run as a program, because the driver reads
 * SOFTHSM2_CONF from the environment it starts in. JSON on stdin (`TokenSpec[]`).
 */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Binding from 'pkcs11js';
import type { Handle, PKCS11 } from 'pkcs11js';
import type { TokenSpec } from './soft-tokens.ts';

const p11 = createRequire(import.meta.url)('pkcs11js') as typeof Binding;
const base64url = (text: string | undefined) => Buffer.from(text ?? '', 'base64url');
const curves: Readonly<Record<string, string>> = {
  'P-256': '06082a8648ce3d030107',
  'P-384': '06052b81040022',
  'P-521': '06052b81040023',
};

function keyValues(pkcs8: string) {
  const jwk = createPrivateKey({
    key: Buffer.from(pkcs8, 'base64'),
    format: 'der',
    type: 'pkcs8',
  }).export({ format: 'jwk' });
  if (jwk.kty === 'EC')
    return [
      { type: p11.CKA_KEY_TYPE, value: p11.CKK_EC },
      { type: p11.CKA_EC_PARAMS, value: Buffer.from(curves[jwk.crv ?? ''] ?? '', 'hex') },
      { type: p11.CKA_VALUE, value: base64url(jwk.d) },
    ];
  return [
    { type: p11.CKA_KEY_TYPE, value: p11.CKK_RSA },
    { type: p11.CKA_MODULUS, value: base64url(jwk.n) },
    { type: p11.CKA_PUBLIC_EXPONENT, value: base64url(jwk.e) },
    { type: p11.CKA_PRIVATE_EXPONENT, value: base64url(jwk.d) },
    { type: p11.CKA_PRIME_1, value: base64url(jwk.p) },
    { type: p11.CKA_PRIME_2, value: base64url(jwk.q) },
    { type: p11.CKA_EXPONENT_1, value: base64url(jwk.dp) },
    { type: p11.CKA_EXPONENT_2, value: base64url(jwk.dq) },
    { type: p11.CKA_COEFFICIENT, value: base64url(jwk.qi) },
  ];
}

function freeSlot(module: PKCS11): Handle {
  const slot = module
    .C_GetSlotList(true)
    .find((one) => (module.C_GetTokenInfo(one).flags & p11.CKF_TOKEN_INITIALIZED) === 0);
  if (slot === undefined) throw new Error('no free slot');
  return slot;
}

function fill(module: PKCS11, token: TokenSpec): void {
  const slot = freeSlot(module);
  module.C_InitToken(slot, 'so-pin-1234', token.label);
  const session = module.C_OpenSession(slot, p11.CKF_SERIAL_SESSION | p11.CKF_RW_SESSION);
  module.C_Login(session, p11.CKU_SO, 'so-pin-1234');
  module.C_InitPIN(session, token.pin);
  module.C_Logout(session);
  module.C_Login(session, p11.CKU_USER, token.pin);
  for (const [index, { key, certificate, alwaysAuthenticate, open }] of token.contents.entries()) {
    const id = Buffer.from([index + 1]);
    const common = [
      { type: p11.CKA_TOKEN, value: true },
      { type: p11.CKA_LABEL, value: Buffer.from(`nøkkel ${index + 1}`) },
      ...(key === undefined && certificate !== undefined && token.noIds === true
        ? []
        : [{ type: p11.CKA_ID, value: id }]),
    ];
    if (certificate !== undefined)
      module.C_CreateObject(session, [
        ...common,
        { type: p11.CKA_CLASS, value: p11.CKO_CERTIFICATE },
        { type: p11.CKA_CERTIFICATE_TYPE, value: p11.CKC_X_509 },
        { type: p11.CKA_PRIVATE, value: false },
        { type: p11.CKA_SUBJECT, value: Buffer.from('3000', 'hex') },
        { type: p11.CKA_VALUE, value: Buffer.from(certificate, 'base64') },
      ]);
    if (key !== undefined)
      module.C_CreateObject(session, [
        ...common,
        { type: p11.CKA_CLASS, value: p11.CKO_PRIVATE_KEY },
        { type: p11.CKA_PRIVATE, value: open !== true },
        { type: p11.CKA_SENSITIVE, value: true },
        { type: p11.CKA_EXTRACTABLE, value: false },
        { type: p11.CKA_SIGN, value: true },
        { type: p11.CKA_ALWAYS_AUTHENTICATE, value: alwaysAuthenticate === true },
        ...keyValues(key),
      ]);
  }
  module.C_Logout(session);
  module.C_CloseSession(session);
}

const [driver = ''] = process.argv.slice(2);
const tokens = JSON.parse(readFileSync(0, 'utf8')) as readonly TokenSpec[];
for (const token of tokens) {
  // A driver lists a new token under its own slot only when it starts.
  const module = new p11.PKCS11();
  module.load(driver);
  module.C_Initialize();
  fill(module, token);
  module.C_Finalize();
  module.close();
}
