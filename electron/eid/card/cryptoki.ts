/**
 * The few numbers of PKCS #11 (OASIS PKCS #11 2.40 and its mechanisms) that we speak of. They stand here
 * so that the host can read what a card process says without loading native code.
 */

/** Slot and token flags. */
export const ckf = {
  tokenPresent: 0x1,
  loginRequired: 0x4,
  userPinInitialized: 0x8,
  serialSession: 0x4,
  protectedAuthenticationPath: 0x100,
  tokenInitialized: 0x400,
  userPinCountLow: 0x10000,
  userPinFinalTry: 0x20000,
  userPinLocked: 0x40000,
  dontBlock: 0x1,
} as const;

export const cko = { certificate: 1, privateKey: 3 } as const;
export const cku = { user: 1, contextSpecific: 2 } as const;

export const cka = {
  class: 0x0,
  label: 0x3,
  value: 0x11,
  certificateType: 0x80,
  id: 0x102,
  sign: 0x108,
  alwaysAuthenticate: 0x202,
} as const;

export const ckm = {
  rsaPkcs: 0x1,
  rsaPkcsPss: 0xd,
  sha256: 0x250,
  sha384: 0x260,
  sha512: 0x270,
  sha256RsaPkcs: 0x40,
  sha384RsaPkcs: 0x41,
  sha512RsaPkcs: 0x42,
  sha256RsaPkcsPss: 0x43,
  sha384RsaPkcsPss: 0x44,
  sha512RsaPkcsPss: 0x45,
  ecdsa: 0x1041,
  ecdsaSha256: 0x1044,
  ecdsaSha384: 0x1045,
  ecdsaSha512: 0x1046,
} as const;

/** Mask generation functions of PSS: MGF1 over the named hash. */
export const ckg = { sha256: 2, sha384: 3, sha512: 4 } as const;

export const ckr = {
  slotIdInvalid: 0x3,
  attributeTypeInvalid: 0x12,
  deviceError: 0x30,
  deviceRemoved: 0x32,
  functionCanceled: 0x50,
  keyTypeInconsistent: 0x63,
  mechanismInvalid: 0x70,
  mechanismParamInvalid: 0x71,
  pinIncorrect: 0xa0,
  pinInvalid: 0xa1,
  pinLenRange: 0xa2,
  pinExpired: 0xa3,
  pinLocked: 0xa4,
  sessionClosed: 0xb0,
  sessionHandleInvalid: 0xb3,
  tokenNotPresent: 0xe0,
  tokenNotRecognized: 0xe1,
  userNotLoggedIn: 0x101,
  userPinNotInitialized: 0x102,
  alreadyInitialized: 0x191,
} as const;
