import type { Sector } from '../../../shared/job/job.ts';

/** What the first start has been told so far; lives in memory only. */
export interface Draft {
  readonly organisation: string;
  readonly organisationNumber: string;
  readonly sector: Sector | null;
  readonly name: string;
  readonly passphrase: string;
  readonly pin: string;
  readonly seal: 'trial' | 'key' | 'later';
  readonly keyFile: { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer> } | null;
  readonly keyPassphrase: string;
}

export const emptyDraft: Draft = {
  organisation: '',
  organisationNumber: '',
  sector: null,
  name: '',
  passphrase: '',
  pin: '',
  seal: 'trial',
  keyFile: null,
  keyPassphrase: '',
};

export interface StepProps {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly onBack: (() => void) | null;
  readonly onNext: () => void;
}
