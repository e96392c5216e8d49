/** A field to put on the page: dragged there, or placed by a press at a free spot. */
import { Button } from '@digdir/designsystemet-react';
import { FileSearchIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import type { PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldKinds } from '../../../shared/job/field.ts';
import type { SignerSpec } from '../../../shared/job/job.ts';
import { KindIcon } from './field-kinds.tsx';
import { FindDialog } from './find-dialog.tsx';
import { addField, pasteField } from './fields.ts';
import { pageSize } from './geometry.ts';
import { colourOf } from './signer-colour.ts';
import { usePrepare } from './store.ts';
import { Dot } from './dot.tsx';

/** Farther than a shaky press. */
const start = 6;

function dropAt(signer: string, x: number, y: number): boolean {
  const layer = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-page-layer]');
  const id = layer?.dataset['document'];
  if (layer === null || layer === undefined || id === undefined) return false;
  const page = Number(layer.dataset['page']);
  const found = usePrepare.getState().documents.find((each) => each.id === id);
  if (found === undefined) return false;
  const box = layer.getBoundingClientRect();
  const scale = box.width / pageSize(found, page).width;
  return addField(signer, {
    document: id,
    page,
    x: (x - box.left) / scale,
    y: (y - box.top) / scale,
  });
}

function Chip({ signer, onSay }: { signer: SignerSpec; onSay: (words: string) => void }) {
  const { t } = useTranslation('prepare');
  const all = usePrepare((state) => state.draft.spec.signers);
  const kind = usePrepare((state) => state.kind);
  const from = useRef<{ pointer: number; x: number; y: number } | null>(null);
  const dragged = useRef(false);
  const [ghost, setGhost] = useState<{ x: number; y: number } | null>(null);
  const name = signer.title.trim() || signer.name.trim() || t('signer.unnamed');
  const end = (event: PointerEvent) => {
    if (from.current?.pointer !== event.pointerId) return;
    from.current = null;
    // The press that ends a drag is no press on the button.
    dragged.current = ghost !== null;
    if (ghost !== null) dropAt(signer.id, event.clientX, event.clientY);
    setGhost(null);
  };
  return (
    <button
      type="button"
      className="prep-chip"
      data-colour={colourOf(all, signer.id)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        dragged.current = false;
        from.current = { pointer: event.pointerId, x: event.clientX, y: event.clientY };
      }}
      onPointerMove={(event) => {
        const at = from.current;
        if (at === null || at.pointer !== event.pointerId) return;
        const far = Math.hypot(event.clientX - at.x, event.clientY - at.y) > start;
        if (ghost !== null || far) setGhost({ x: event.clientX, y: event.clientY });
      }}
      onPointerUp={end}
      onPointerCancel={() => {
        from.current = null;
        setGhost(null);
      }}
      onClick={(event) => {
        // The keyboard's press has no pointer, and counts whatever the mouse did before.
        if (event.detail !== 0 && dragged.current) return;
        if (!addField(signer.id)) onSay(t('palette.full'));
      }}
    >
      <Dot signers={all} of={signer.id} />
      <KindIcon kind={kind} />
      <span className="prep-chip-name">
        {kind === 'signature'
          ? t('palette.signature', { name })
          : t('fields:prepare.chip', { kind: t(`fields:kind.${kind}`), name })}
      </span>
      {ghost !== null && (
        <span className="prep-ghost" style={{ left: ghost.x, top: ghost.y }} aria-hidden="true" />
      )}
    </button>
  );
}

/** What the chips below place. */
function Kinds() {
  const { t } = useTranslation('prepare');
  const chosen = usePrepare((state) => state.kind);
  const { look } = usePrepare.getState();
  return (
    <div className="prep-kinds" role="group" aria-label={t('fields:prepare.kinds')}>
      {fieldKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          className="prep-kind"
          aria-pressed={kind === chosen}
          onClick={() => {
            look({ kind });
          }}
        >
          <KindIcon kind={kind} />
          {t(`fields:kind.${kind}`)}
        </button>
      ))}
    </div>
  );
}

export function Palette({ signers }: { signers: readonly SignerSpec[] }) {
  const { t } = useTranslation('prepare');
  const [said, setSaid] = useState('');
  const [finding, setFinding] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { copied } = usePrepare.getState();
      const inText =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, select') !== null;
      if (inText || copied === null) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v') {
        event.preventDefault();
        pasteField(copied);
      }
    };
    window.addEventListener('keydown', press);
    return () => {
      window.removeEventListener('keydown', press);
    };
  }, []);
  return (
    <div className="prep-palette">
      <Kinds />
      {signers.map((signer) => (
        <Chip key={signer.id} signer={signer} onSay={setSaid} />
      ))}
      <Button
        variant="tertiary"
        className="wide"
        onClick={() => {
          setFinding(true);
        }}
      >
        <FileSearchIcon aria-hidden="true" />
        {t('fields:find.open')}
      </Button>
      {finding && (
        <FindDialog
          onClose={() => {
            setFinding(false);
          }}
        />
      )}
      <p className="small muted">{t('palette.help')}</p>
      {said !== '' && (
        <p className="small" role="status">
          {said}
        </p>
      )}
    </div>
  );
}
