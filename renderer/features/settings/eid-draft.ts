/** A provider while an administrator writes it down. */
import type { InputOf } from '../../../shared/rpc/contract.ts';
import type { EidProviderView } from '../../../shared/rpc/views-eid.ts';

export interface ProviderDraft extends Omit<EidProviderView, 'hasSecret' | 'publicKey' | 'levels'> {
  readonly hasSecret: boolean;
  readonly publicKey: string | null;
  /** Empty: the one that is kept stays. */
  readonly secret: string;
  readonly key: 'keep' | 'new' | 'pem';
  readonly pem: string;
  /** Separated by blanks. */
  readonly substantial: string;
  readonly high: string;
}

export const kinds = ['id-porten', 'bankid', 'generic'] as const;

/** What is mostly right for each kind; the administrator has the rest from the provider. */
export function freshProvider(kind: EidProviderView['kind'], id: string): ProviderDraft {
  const known = {
    'id-porten': { label: 'ID-porten', issuer: 'https://idporten.no' },
    bankid: { label: 'BankID', issuer: 'https://auth.bankid.no/auth/realms/prod' },
    generic: { label: '', issuer: 'https://' },
  }[kind];
  return {
    ...{ id, kind, ...known, clientId: '', secret: '', hasSecret: false, publicKey: null, pem: '' },
    authentication: kind === 'id-porten' ? 'private-key' : 'secret',
    key: kind === 'id-porten' ? 'new' : 'keep',
    ...{ requestObject: false, logout: true, nationalId: false, substantial: '', high: '' },
    claims: { name: 'name', birthDate: 'birthdate', nationalId: '' },
  };
}

export function draftOf({ levels, ...rest }: EidProviderView): ProviderDraft {
  return {
    ...{ ...rest, secret: '', key: 'keep', pem: '' },
    substantial: levels.substantial.join(' '),
    high: levels.high.join(' '),
  };
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean);

export function inputOf(draft: ProviderDraft): InputOf<'settings.putEid'>['providers'][number] {
  const { hasSecret: _, publicKey: __, secret, pem, key, substantial, high, ...rest } = draft;
  return {
    ...{ ...rest, key: key === 'pem' ? pem : key, claims: { ...rest.claims } },
    ...(secret === '' ? {} : { secret }),
    levels: { substantial: words(substantial), high: words(high) },
  };
}

export function isWhole(draft: ProviderDraft): boolean {
  return draft.label.trim() !== '' && draft.clientId.trim() !== '' && URL.canParse(draft.issuer);
}
