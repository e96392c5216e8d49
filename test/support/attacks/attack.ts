/** What an attack is, and what a verifier must say of it. */
import type { VerificationReport } from '../../../shared/report.ts';
import type { Result } from '../../../shared/result.ts';
import type { Target, TargetName } from './target.ts';

/** The rows of the attack table, by the names the literature gives them. */
export const attackRows = {
  forgery: 'universal signature forgery',
  saving: 'incremental saving',
  wrapping: 'signature wrapping',
  shadow: 'shadow hide, replace, hide-and-replace',
  sneaky: 'evil annotation, sneaky signature',
  actions: 'actions in updates',
  cms: 'CMS',
  'validation-data': 'timestamps and DSS',
  containers: 'XML and containers',
  exhaustion: 'denial of service',
} as const;

export type AttackRow = keyof typeof attackRows;

/** The document's indication, and for the signature that has it the sub-indication and the changes. */
export interface Must {
  readonly indication: 'TOTAL-FAILED' | 'INDETERMINATE' | 'NO-SIGNATURE' | 'refused';
  /** Sub-indications, or where the file is refused its codes; any where absent. */
  readonly because?: readonly string[];
  readonly changes?: 'forbidden' | 'visible';
}

export interface Attack {
  readonly row: AttackRow;
  /** What it does, after "the attacker ...". */
  readonly name: string;
  /** Which targets it is tried on; every one where absent. */
  readonly on?: readonly TargetName[];
  readonly must: Must | ((target: TargetName) => Must);
  /** The signed bytes and their signature are whole: it is an attack, and not damage. */
  readonly leavesSignatureWhole?: true;
  make(target: Target): Uint8Array | Promise<Uint8Array>;
}

/** One file with what must be said of it. */
export interface Variant {
  readonly row: AttackRow;
  readonly name: string;
  readonly target: TargetName;
  readonly must: Must;
  readonly leavesSignatureWhole: boolean;
  readonly bytes: Uint8Array;
}

export const failedFormat: Must = { indication: 'TOTAL-FAILED', because: ['FORMAT_FAILURE'] };
export const forbidden: Must = { ...failedFormat, changes: 'forbidden' };
export const visible: Must = {
  indication: 'INDETERMINATE',
  because: ['GENERIC'],
  changes: 'visible',
};

/** Null where the answer is what it must be, else what was answered instead. */
export function missed(must: Must, answer: Result<VerificationReport>): string | null {
  if (!answer.ok) {
    const { code } = answer.error;
    return must.indication === 'refused' && (must.because ?? [code]).includes(code) ? null : code;
  }
  const { indication, signatures } = answer.value;
  const said = signatures.map(
    (one) => `${one.indication}/${one.subIndication} ${one.changes} (${one.sentence})`,
  );
  const fits =
    must.indication === 'NO-SIGNATURE'
      ? signatures.length === 0
      : signatures.some(
          (one) =>
            one.indication === must.indication &&
            (must.because === undefined || must.because.includes(one.subIndication ?? '')) &&
            (must.changes === undefined || must.changes === one.changes),
        );
  return indication === must.indication && fits ? null : `${indication}: ${said.join('; ')}`;
}
