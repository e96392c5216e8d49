/**
 * One field on the page. Mouse: drag, pull the corner. Keyboard: Enter, then arrows (Shift for the size,
 * Ctrl for small steps), + and -, Delete.
 */
import { TrashIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { kindOf } from '../../../shared/job/field.ts';
import type { Placement } from '../../../shared/document.ts';
import type { FieldSpec } from '../../../shared/job/job.ts';
import { formatNumber } from '../../i18n/format.ts';
import { KindIcon } from './field-kinds.tsx';
import { movedWith, moveTogether, pasteField, removeField, toggleInGroup } from './fields.ts';
import { leastOf, onPage, snapped, togetherBy } from './geometry.ts';
import type { Guide, PageLines } from './geometry.ts';
import { colourOf, numberOf } from './signer-colour.ts';
import { usePrepare } from './store.ts';
import { Dot } from './dot.tsx';

type Rect = Omit<Placement, 'page'>;

interface Props {
  readonly field: FieldSpec;
  /** Of the page. */
  readonly others: readonly FieldSpec[];
  readonly size: { width: number; height: number };
  readonly lines: PageLines;
  readonly scale: number;
  readonly editable: boolean;
  readonly onGuides: (guides: readonly Guide[]) => void;
  readonly onSay: (words: string) => void;
}

interface Grip {
  readonly pointer: number;
  readonly part: 'whole' | 'corner';
  readonly x: number;
  readonly y: number;
  readonly from: Rect;
  /** What is dragged with it, itself among them. */
  readonly together: readonly FieldSpec[];
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function FieldBox(props: Props) {
  const { field, others, size, lines, scale, editable, onGuides, onSay } = props;
  const { t } = useTranslation('prepare');
  const signers = usePrepare((state) => state.draft.spec.signers);
  const chosen = usePrepare((state) => state.field === field.id);
  const grouped = usePrepare((state) => state.group.includes(field.id));
  const drift = usePrepare((state) =>
    field.existing === undefined && (state.field === field.id || state.group.includes(field.id))
      ? state.drift
      : null,
  );
  const { look, editField, settle } = usePrepare.getState();
  const box = useRef<HTMLDivElement>(null);
  const grip = useRef<Grip | null>(null);
  const [held, setHeld] = useState<Rect | null>(null);
  const [moving, setMoving] = useState(false);
  const stands = field.placement;
  const place =
    held ??
    (drift === null ? stands : { ...stands, x: stands.x + drift.dx, y: stands.y + drift.dy });
  const { page } = field.placement;
  const signer = signers.find((each) => each.id === field.signer);
  const fixed = field.existing !== undefined;
  const kind = kindOf(field);
  const least = leastOf(kind);
  const asked = (field.label ?? '').trim();
  const name = signer?.title.trim() || signer?.name.trim() || t('signer.unnamed');

  useEffect(() => {
    if (chosen && editable) box.current?.focus({ preventScroll: true });
  }, [chosen, editable]);

  function down(event: PointerEvent, part: Grip['part']) {
    if (!editable || event.button !== 0) return;
    event.stopPropagation();
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      toggleInGroup(field.id);
      return;
    }
    const together = part === 'whole' ? movedWith(field.id) : [field];
    if (together.length < 2) look({ field: field.id, signer: field.signer });
    if (fixed) return;
    box.current?.setPointerCapture(event.pointerId);
    grip.current = {
      pointer: event.pointerId,
      part,
      x: event.clientX,
      y: event.clientY,
      from: field.placement,
      together,
    };
  }
  function move(event: PointerEvent) {
    const now = grip.current;
    if (now === null || now.pointer !== event.pointerId) return;
    const dx = (event.clientX - now.x) / scale;
    const dy = (event.clientY - now.y) / scale;
    const { from, together } = now;
    if (now.part === 'corner') {
      const wide = { ...from, width: from.width + dx, height: from.height + dy };
      const room = {
        ...wide,
        width: Math.min(wide.width, size.width - from.x),
        height: Math.min(wide.height, size.height - from.y),
      };
      setHeld(onPage(room, size, least));
      return;
    }
    const moved = { ...from, x: from.x + dx, y: from.y + dy };
    // Alt holds the pull off, for the one case where it is in the way.
    const pulled = event.altKey
      ? { place: moved, guides: [] }
      : snapped(
          moved,
          others
            .filter((one) => !together.some(({ id }) => id === one.id))
            .map(({ placement }) => placement),
          size,
          lines,
        );
    if (together.length > 1) {
      const by = { dx: pulled.place.x - from.x, dy: pulled.place.y - from.y };
      const places = together.map(({ placement }) => placement);
      look({ drift: togetherBy(places, by, size) });
    } else setHeld(onPage(pulled.place, size, least));
    onGuides(pulled.guides);
  }
  function up(event: PointerEvent) {
    if (grip.current?.pointer !== event.pointerId) return;
    const { together } = grip.current;
    grip.current = null;
    onGuides([]);
    if (together.length > 1) {
      const by = usePrepare.getState().drift;
      // Pressed and let go: this one alone is meant.
      if (by === null) look({ field: field.id, signer: field.signer });
      else {
        moveTogether(together, by);
        look({ drift: null });
        settle();
      }
    }
    if (held !== null) {
      editField(field.id, { placement: { page, ...held } });
      settle();
    }
    setHeld(null);
  }
  function moveTo(to: Rect) {
    const placed = onPage(to, size, least);
    editField(field.id, { placement: { page, ...placed } }, `place ${field.id}`);
    onSay(
      t('field.at', {
        x: formatNumber(Math.round(placed.x)),
        y: formatNumber(Math.round(placed.y)),
        width: formatNumber(Math.round(placed.width)),
        height: formatNumber(Math.round(placed.height)),
      }),
    );
  }
  function nudge(dx: number, dy: number) {
    const together = movedWith(field.id);
    if (together.length < 2) {
      moveTo({ ...stands, x: stands.x + dx, y: stands.y + dy });
      return;
    }
    const places = together.map(({ placement }) => placement);
    moveTogether(together, togetherBy(places, { dx, dy }, size), 'place together');
    onSay(t('fields:prepare.movedTogether', { count: together.length }));
  }
  function press(event: KeyboardEvent) {
    if (!editable) return;
    const arrow = arrows[event.key];
    const command = event.ctrlKey || event.metaKey;
    const stride = command ? 1 : 10;
    if (command && event.key === 'Enter') toggleInGroup(field.id);
    else if (command && event.key.toLowerCase() === 'c') look({ copied: field });
    else if (command && event.key.toLowerCase() === 'd') pasteField(field);
    else if (event.key === 'Delete' || event.key === 'Backspace') removeField(field.id);
    else if (event.key === 'Enter') {
      setMoving(!moving);
      settle();
      onSay(moving ? t('field.still') : fixed ? t('field.fixed') : t('fields:prepare.moving'));
      if (movedWith(field.id).length < 2) look({ field: field.id, signer: field.signer });
    } else if (event.key === 'Escape' && moving) setMoving(false);
    else if (moving && !fixed && arrow !== undefined) {
      const [dx, dy] = arrow;
      if (event.shiftKey)
        moveTo({
          ...place,
          width: place.width + dx * stride,
          height: place.height + dy * stride,
        });
      else nudge(dx * stride, dy * stride);
    } else if (moving && !fixed && (event.key === '+' || event.key === '-')) {
      const by = event.key === '+' ? 1.1 : 1 / 1.1;
      moveTo({ ...field.placement, width: place.width * by, height: place.height * by });
    } else return;
    event.preventDefault();
  }

  return (
    <div
      ref={box}
      className="prep-field"
      data-colour={colourOf(signers, field.signer)}
      data-chosen={chosen && editable}
      data-grouped={grouped && editable}
      data-kind={kind}
      data-moving={moving}
      role="button"
      tabIndex={editable ? 0 : -1}
      aria-pressed={moving}
      aria-label={
        kind === 'signature'
          ? t('field.label', { number: numberOf(signers, field.signer), name, page: page + 1 })
          : t(asked === '' ? 'fields:prepare.field' : 'fields:prepare.fieldAsked', {
              kind: t(`fields:kind.${kind}`),
              asked,
              ...{ number: numberOf(signers, field.signer), name, page: page + 1 },
            })
      }
      aria-describedby={editable ? 'prep-field-keys' : undefined}
      style={{
        left: place.x * scale,
        top: place.y * scale,
        width: place.width * scale,
        height: place.height * scale,
      }}
      onPointerDown={(event) => {
        down(event, 'whole');
      }}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={up}
      onKeyDown={press}
      onBlur={() => {
        setMoving(false);
      }}
    >
      <span className="prep-field-words">
        <span className="prep-field-kind">
          <Dot signers={signers} of={field.signer} />
          <KindIcon kind={kind} />
          {kind === 'signature' ? t('field.signature') : asked || t(`fields:kind.${kind}`)}
        </span>
        {/* Without the blank the two would be read, and spoken, as one word. */}{' '}
        <span className="prep-field-name">{name}</span>
      </span>
      {chosen && editable && (
        <>
          {!fixed && (
            <span
              className="prep-grip"
              aria-hidden="true"
              onPointerDown={(event) => {
                down(event, 'corner');
              }}
            />
          )}
          <span
            className="prep-field-remove"
            title={t('field.remove')}
            aria-hidden="true"
            onPointerDown={(event) => {
              event.stopPropagation();
            }}
            onClick={() => {
              removeField(field.id);
            }}
          >
            <TrashIcon aria-hidden="true" />
          </span>
        </>
      )}
    </div>
  );
}
