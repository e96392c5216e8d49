import { describe, expect, it } from 'vitest';
import {
  identityDocuments,
  type IdentityDocument,
} from '../../../../shared/job/identity-document.ts';
import { identityCheckInput } from '../../../../shared/rpc/inputs.ts';
import {
  checkOf,
  emptyIdentityDraft,
  identityProblems,
} from '../../../../renderer/features/jobs/identity-draft.ts';

const today = '2026-11-24';

describe('the identity check being filled in', () => {
  it('wants the kind and the last characters of a document', () => {
    expect(identityProblems(emptyIdentityDraft, today)).toEqual({
      documentType: true,
      lastFour: true,
      noDate: false,
      expires: false,
      note: false,
    });
  });

  it('refuses an expired document, and takes one that expires today', () => {
    const draft = { ...emptyIdentityDraft, documentType: 'passport', lastFour: '4821' } as const;
    expect(identityProblems({ ...draft, expires: '2026-11-23' }, today).expires).toBe(true);
    expect(identityProblems({ ...draft, expires: today }, today).expires).toBe(false);
  });

  it('wants the last day of every document that carries one', () => {
    const without = (documentType: IdentityDocument) =>
      identityProblems({ ...emptyIdentityDraft, documentType, lastFour: '4821' }, today).noDate;
    const free = identityDocuments.filter((document) => !without(document));
    expect(free).toEqual(['other']);
  });

  it('wants to know how the clerk knows the person', () => {
    const known = { ...emptyIdentityDraft, method: 'known' } as const;
    expect(identityProblems(known, today)).toMatchObject({ note: true, documentType: false });
    expect(identityProblems({ ...known, note: 'kollega' }, today).note).toBe(false);
  });

  it('sends only what the chosen way needs, and what the contract takes', () => {
    const draft = {
      ...emptyIdentityDraft,
      documentType: 'passport',
      lastFour: '4821',
      note: 'skrevet før valget ble endret',
      present: [
        { role: 'interpreter', name: ' Amina Ali ' },
        { role: 'witness', name: '  ' },
      ],
    } as const;
    const byDocument = checkOf(draft);
    expect(byDocument).toEqual({
      method: 'document',
      documentType: 'passport',
      lastFour: '4821',
      present: [{ role: 'interpreter', name: 'Amina Ali' }],
    });
    expect(identityCheckInput.safeParse(byDocument).success).toBe(true);
    const known = checkOf({ ...draft, method: 'known', present: [] });
    expect(known).toEqual({ method: 'known', note: 'skrevet før valget ble endret' });
    expect(identityCheckInput.safeParse(known).success).toBe(true);
  });
});
