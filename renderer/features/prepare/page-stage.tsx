/** The page in the middle, with everything that stands on it. */
import { Button } from '@digdir/designsystemet-react';
import {
  ArrowRedoIcon,
  ArrowUndoIcon,
  ChevronLeftIcon,
  ChevronRightIcon,
  ZoomMinusIcon,
  ZoomPlusIcon,
} from '@navikt/aksel-icons';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PdfPage } from '../../pdf/pdf-page.tsx';
import { usePdf } from '../../pdf/use-pdf.ts';
import { FailureNotice } from '../../ui/failure-notice.tsx';
import { FieldBar } from './field-bar.tsx';
import { FieldsLayer } from './fields-layer.tsx';
import { pageSize } from './geometry.ts';
import { orderedDocuments, usePrepare } from './store.ts';

const zooms = [0.75, 1, 1.5, 2, 3];

function Tools({ pages }: { pages: number }) {
  const { t } = useTranslation('prepare');
  const { past, future, undo, redo, zoom, look, shown, show } = usePrepare();
  const at = zooms.indexOf(zoom);
  const zoomTo = (index: number) => {
    const next = zooms[index];
    if (next !== undefined) look({ zoom: next });
  };
  const button = (label: string, icon: React.ReactNode, disabled: boolean, act: () => void) => (
    <Button
      variant="tertiary"
      icon
      aria-label={label}
      title={label}
      aria-disabled={disabled || undefined}
      onClick={() => {
        if (!disabled) act();
      }}
    >
      {icon}
    </Button>
  );
  return (
    <div className="prep-tools" role="toolbar" aria-label={t('tools.label')}>
      {button(t('tools.undo'), <ArrowUndoIcon aria-hidden="true" />, past.length === 0, undo)}
      {button(t('tools.redo'), <ArrowRedoIcon aria-hidden="true" />, future.length === 0, redo)}
      <span className="prep-tools-gap" />
      {button(t('tools.previous'), <ChevronLeftIcon aria-hidden="true" />, shown.page <= 0, () => {
        show(shown.document, shown.page - 1);
      })}
      <span className="numbers" aria-live="polite">
        {t('tools.page', { page: shown.page + 1, count: pages })}
      </span>
      {button(
        t('tools.next'),
        <ChevronRightIcon aria-hidden="true" />,
        shown.page >= pages - 1,
        () => {
          show(shown.document, shown.page + 1);
        },
      )}
      <span className="prep-tools-gap" />
      {button(t('tools.smaller'), <ZoomMinusIcon aria-hidden="true" />, at <= 0, () => {
        zoomTo(at - 1);
      })}
      {button(
        t('tools.larger'),
        <ZoomPlusIcon aria-hidden="true" />,
        at >= zooms.length - 1,
        () => {
          zoomTo(at + 1);
        },
      )}
    </div>
  );
}

export function PageStage() {
  const { t } = useTranslation('prepare');
  const { draft, documents, shown, zoom, step } = usePrepare();
  const box = useRef<HTMLDivElement>(null);
  const [room, setRoom] = useState<{ width: number; height: number } | null>(null);
  const document = orderedDocuments(draft, documents).find((each) => each.id === shown.document);
  const pdf = usePdf(document === undefined ? null : { document: document.id, revision: 0 });
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const observer = new ResizeObserver(() => {
      setRoom({ width: element.clientWidth - 48, height: element.clientHeight - 24 });
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
    };
  }, []);
  const size = document === undefined ? null : pageSize(document, shown.page);
  const width =
    size === null || room === null
      ? 0
      : Math.floor(Math.min(room.width, (room.height * size.width) / size.height) * zoom);
  return (
    <main className="prep-stage" aria-label={t('stage.label')}>
      <Tools pages={document?.findings.pageCount ?? 1} />
      {step === 'signers' && <FieldBar />}
      <div ref={box} className="prep-scroll">
        {pdf.state === 'failed' && (
          <FailureNotice failure={{ code: pdf.code, message: pdf.code }} />
        )}
        {document !== undefined && size !== null && pdf.state !== 'failed' && width > 40 && (
          <PdfPage
            pdf={pdf.state === 'ready' ? pdf.pdf : null}
            wait
            index={shown.page}
            width={width}
            ratio={size.height / size.width}
            label={t('strip.page', { page: shown.page + 1, title: document.title })}
          >
            {pdf.state === 'ready' && (
              <FieldsLayer
                document={document}
                page={shown.page}
                scale={width / size.width}
                pdf={pdf.pdf}
                editable={step === 'signers'}
              />
            )}
          </PdfPage>
        )}
      </div>
    </main>
  );
}
