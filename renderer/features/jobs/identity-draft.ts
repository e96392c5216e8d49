/** The identity check while it is being filled in; only what is needed leaves the dialog. */
import type { SignerRole, SignerStatus } from '../../../shared/job/job.ts';
import { isDated, type IdentityDocument } from '../../../shared/job/identity-document.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';

export const presentRoles = [
  'interpreter',
  'guardian',
  'parent',
  'proxy',
  'witness',
] as const satisfies readonly SignerRole[];

export interface IdentityDraft {
  /** `eid`: the login at the kiosk is the check; not for a simple signature. */
  readonly method: 'document' | 'known' | 'eid';
  readonly documentType: IdentityDocument | '';
  readonly lastFour: string;
  /** ISO date or empty. */
  readonly expires: string;
  readonly note: string;
  readonly present: readonly { readonly role: SignerRole; readonly name: string }[];
}

export const emptyIdentityDraft: IdentityDraft = {
  method: 'document',
  documentType: '',
  lastFour: '',
  expires: '',
  note: '',
  present: [],
};

/** The draft that a signer's identity check begins with. */
export function identityDraftFor({ kind }: Pick<SignerStatus, 'kind'>): IdentityDraft {
  return { ...emptyIdentityDraft, method: kind === 'authenticated' ? 'eid' : 'document' };
}

export function today(): string {
  return new Date().toISOString().slice(0, 10);
}

/** A document that carries its last day is recorded with it. */
export function wantsDate({ documentType }: Pick<IdentityDraft, 'documentType'>): boolean {
  return documentType !== '' && isDated(documentType);
}

/** Chosen, and without a last day of its own; until then no field is called optional. */
export function mayLackDate({ documentType }: Pick<IdentityDraft, 'documentType'>): boolean {
  return documentType !== '' && !isDated(documentType);
}

/** What is still missing or wrong; the same rules as `decide` has for a hand-over. */
export function identityProblems(draft: IdentityDraft, today: string) {
  const byDocument = draft.method === 'document';
  return {
    documentType: byDocument && draft.documentType === '',
    lastFour: byDocument && draft.lastFour === '',
    noDate: byDocument && wantsDate(draft) && draft.expires === '',
    expires: byDocument && draft.expires !== '' && draft.expires < today,
    note: draft.method === 'known' && draft.note.trim() === '',
  };
}

export function checkOf(draft: IdentityDraft): InputOf<'session.handOver'>['identityCheck'] {
  const present = draft.present
    .map((each) => ({ role: each.role, name: each.name.trim() }))
    .filter((each) => each.name !== '');
  const others = present.length === 0 ? {} : { present };
  if (draft.method === 'eid') return { method: 'eid', ...others };
  if (draft.method === 'known') return { method: 'known', note: draft.note.trim(), ...others };
  return {
    method: 'document',
    ...(draft.documentType === '' ? {} : { documentType: draft.documentType }),
    lastFour: draft.lastFour,
    ...(draft.expires === '' ? {} : { expires: draft.expires }),
    ...others,
  };
}
