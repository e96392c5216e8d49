import { Button } from '@digdir/designsystemet-react';
import { FileImportIcon } from '@navikt/aksel-icons';
import { useRef, useState } from 'react';
import type { DragEvent } from 'react';

/** A place to drop one file, with a button that does the same for the keyboard. */
export function DropFile({
  label,
  hint,
  accept,
  onFile,
}: {
  label: string;
  hint: string;
  /** As for `<input accept>`. */
  accept: string;
  onFile: (file: File) => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  function drop(event: DragEvent) {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) onFile(file);
  }
  return (
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => {
        setOver(false);
      }}
      onDrop={drop}
    >
      <FileImportIcon aria-hidden="true" />
      <Button variant="secondary" type="button" onClick={() => input.current?.click()}>
        {label}
      </Button>
      <span className="muted small">{hint}</span>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          // The same file may be chosen again after a failure.
          event.target.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </div>
  );
}
