/** An e-ID provider as the office has set it up, and what each of the known ones calls things. */
import type { AssuranceLevel, LoginProof } from '../../../shared/job/proof.ts';

export interface ClientKey {
  /** Base64 of PKCS #8. */
  readonly pkcs8: string;
  readonly keyId: string;
  readonly algorithm: ClientKeyAlgorithm;
}

export type ClientKeyAlgorithm = 'RS256' | 'ES256';

export interface ClaimNames {
  readonly name: string;
  readonly birthDate: string;
  readonly nationalId: string;
}

export interface LoginProvider {
  readonly id: string;
  readonly kind: LoginProof['provider'];
  /** As the screens name it. */
  readonly label: string;
  /** Exactly as the provider's own discovery document writes it. */
  readonly issuer: string;
  readonly clientId: string;
  /** How the program shows the provider that it is the client (OIDC Core 1.0, section 9). */
  readonly authentication: 'secret' | 'private-key' | 'none';
  readonly secret: string | null;
  /** For `private-key` and for signed request objects. */
  readonly key: ClientKey | null;
  /** The request goes as a signed object (RFC 9101). */
  readonly requestObject: boolean;
  /** Ends the provider's own session afterwards (OIDC RP-Initiated Logout 1.0). */
  readonly logout: boolean;
  /** BankID: whether the agreement gives the national identity number. */
  readonly nationalId: boolean;
  /** A generic provider's acr values and names of claims; the known ones have their own. */
  readonly levels: { readonly substantial: readonly string[]; readonly high: readonly string[] };
  readonly claims: ClaimNames;
}

export interface Profile {
  readonly scope: string;
  /** What is asked for, to get at least this level. */
  acrValues(level: AssuranceLevel): string;
  /** Null for a word that we do not know: it is no level. */
  levelOf(acr: string): AssuranceLevel | null;
  readonly claims: ClaimNames;
}

export function profileOf(provider: LoginProvider): Profile {
  switch (provider.kind) {
    case 'id-porten':
      return idPorten;
    case 'bankid':
      return provider.nationalId
        ? { ...bankId, scope: `${bankId.scope} nnin_altsub` }
        : { ...bankId, claims: { ...bankId.claims, nationalId: '' } };
    case 'generic':
      return generic(provider);
  }
}

/** docs.digdir.no, ID-porten, id_token: the number and no name; substantial is asked for as a minimum. */
const idPorten: Profile = {
  scope: 'openid profile',
  acrValues: (level) => (level === 4 ? 'idporten-loa-high' : 'idporten-loa-substantial'),
  levelOf(acr) {
    if (acr === 'idporten-loa-high') return 4;
    return acr === 'idporten-loa-substantial' ? 3 : null;
  },
  claims: { name: 'name', birthDate: 'birthdate', nationalId: 'pid' },
};

/** developer.bankid.no, identity providers: the acr that comes back has `;LOA=` behind the one asked for. */
const bankId: Profile = {
  scope: 'openid profile',
  acrValues: (level) => (level === 4 ? 'urn:bankid:bid' : 'urn:bankid:bid urn:bankid:bis'),
  levelOf(acr) {
    if (['urn:bankid:bid', 'urn:bankid:bid;LOA=4', 'urn:bankid:bim;LOA=4'].includes(acr)) return 4;
    return ['urn:bankid:bis', 'urn:bankid:bis;LOA=3'].includes(acr) ? 3 : null;
  },
  claims: { name: 'name', birthDate: 'birthdate', nationalId: 'nnin_altsub' },
};

function generic({ levels, claims }: LoginProvider): Profile {
  return {
    scope: 'openid profile',
    acrValues: (level) => [...(level === 4 ? [] : levels.substantial), ...levels.high].join(' '),
    levelOf(acr) {
      if (levels.high.includes(acr)) return 4;
      return levels.substantial.includes(acr) ? 3 : null;
    },
    claims,
  };
}
