/** What the signer has answered, as `signing.sign` takes it and as the previews show it. */
import type { Failure } from '../../../shared/result.ts';
import type { InputOf } from '../../../shared/rpc/contract.ts';
import type { SigningView } from '../../../shared/rpc/views.ts';
import type { SigningField } from '../../../shared/rpc/views-fields.ts';
import { useFilling } from './filling.ts';
import { itemsOf, spotsOf } from './fills.ts';
import { useSitting } from './store.ts';
import { isEnoughInk, toMark } from './strokes.ts';

type Sent = Pick<InputOf<'signing.sign'>, 'filled' | 'initials'>;

/** What a field says now. */
export function useValueOf(): (field: SigningField) => string {
  const { values, letters } = useFilling();
  return (field) =>
    field.kind === 'initials' ? (letters ?? field.value) : (values[field.id] ?? field.value);
}

/** What to send, and what to do with a refusal that one of the answers is the reason for. */
export function useAnswers(view: SigningView): {
  readonly answers: () => Sent;
  /** Goes back to the question; false where the failure is of something else. */
  readonly askAgain: (failure: Failure) => boolean;
} {
  const { way, strokes, aspect, letters, set } = useFilling();
  const go = useSitting((sitting) => sitting.go);
  const valueOf = useValueOf();
  const answers = (): Sent => {
    const fields = spotsOf(view).map(({ field }) => field);
    const filled = fields
      .filter(({ kind }) => kind === 'text' || kind === 'check')
      .map((field) => ({ field: field.id, value: valueOf(field) }));
    const initials = initialsOf();
    return {
      ...(filled.length === 0 ? {} : { filled }),
      ...(initials === null || fields.every(({ kind }) => kind !== 'initials') ? {} : { initials }),
    };
  };
  const askAgain = (failure: Failure): boolean => {
    const id = failure.detail?.['field'];
    const at = itemsOf(view).findIndex(({ spots }) =>
      spots.some(({ field }) => field.id === id || field.name === id),
    );
    if (id === undefined || at < 0) return false;
    set(() => ({ at, failure }));
    go('fill');
    return true;
  };
  return { answers, askAgain };

  function initialsOf(): NonNullable<Sent['initials']> | null {
    if (way === 'drawn' && isEnoughInk(strokes, aspect)) {
      const { type, aspect: shape, paths } = toMark(strokes, aspect);
      // How they were drawn is kept of the mark alone.
      return {
        type,
        aspect: shape,
        paths: paths.map((path) => path.map(({ x, y }) => ({ x, y }))),
      };
    }
    const typed = letters?.trim() ?? '';
    return typed === '' ? null : { type: 'typed', text: typed };
  }
}
