/** LibreOffice, as the settings and the check of it tell. */

export interface OfficeFilesView {
  /** As it was chosen; empty: where it usually is. */
  readonly program: string;
  /** Where it is; null where there is none. */
  readonly found: string | null;
}

/** A page was converted, opened and found to be what it should be. */
export interface OfficeCheck {
  readonly program: string;
  readonly version: string;
  readonly milliseconds: number;
  /** What the PDF claims of itself. */
  readonly pdfa: string;
}
