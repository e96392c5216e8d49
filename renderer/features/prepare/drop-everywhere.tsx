/** Files may be dropped anywhere in the window, or pasted. */
import { FileImportIcon } from '@navikt/aksel-icons';
import { useEffect, useRef, useState } from 'react';
import type { DragEvent, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { droppedFiles, pastedFiles } from './dropped-files.ts';
import { useImports } from './imports.ts';
import { usePrepare } from './store.ts';

/** For the file dialog; what a file really is, the import tells by its content. */
export const accepted = [
  ...['.pdf', '.png', '.jpg', '.jpeg', 'application/pdf', 'image/png', 'image/jpeg'],
  ...['.tif', '.tiff', '.gif', '.bmp', '.webp'],
  ...['.docx', '.doc', '.odt', '.rtf', '.txt', '.xlsx', '.xls', '.ods', '.pptx', '.ppt', '.odp'],
].join(',');

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');

export function DropEverywhere({ job, children }: { job: string; children: ReactNode }) {
  const { t } = useTranslation('prepare');
  const add = useImports((state) => state.add);
  const go = usePrepare((state) => state.go);
  const [over, setOver] = useState(false);
  const depth = useRef(0);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const files = pastedFiles(event.clipboardData, t('pages:pasted'));
      if (files.length === 0) return;
      event.preventDefault();
      go('documents');
      add(job, files);
    };
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('paste', paste);
    };
  }, [job, add, go, t]);
  return (
    <div
      className="prep-drop"
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return;
        depth.current += 1;
        setOver(true);
      }}
      onDragLeave={() => {
        depth.current = Math.max(0, depth.current - 1);
        if (depth.current === 0) setOver(false);
      }}
      onDragOver={(event) => {
        if (carriesFiles(event)) event.preventDefault();
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return;
        event.preventDefault();
        depth.current = 0;
        setOver(false);
        go('documents');
        void droppedFiles(event.dataTransfer).then((files) => {
          add(job, files);
        });
      }}
    >
      {children}
      {over && (
        <div className="prep-over" aria-hidden="true">
          <FileImportIcon />
          <p>{t('drop.here')}</p>
        </div>
      )}
    </div>
  );
}
