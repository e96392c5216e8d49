/** Page geometry, shared by the prepare window and the core. Lengths are points (1/72 inch). */

/** A box in PDF user space: lower-left and upper-right corner. */
export interface Box {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
}

/**
 * A place on a page *as it is displayed*: after crop and rotation, origin in the top left corner,
 * y downwards, in points. This is what a clerk drags and what the command line's `--at` takes.
 */
export interface Placement {
  /** 0-based. */
  readonly page: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface PageGeometry {
  /** The visible part in user space: crop box, clipped to the media box. */
  readonly crop: Box;
  /** Clockwise turn when displayed: 0, 90, 180 or 270. */
  readonly rotate: 0 | 90 | 180 | 270;
  /** ISO 32000-2, table 31: size of a user space unit in 1/72 inch; 1 unless the page says so. */
  readonly userUnit: number;
}

/** Size of the page as displayed, in points. */
export function displayedSize(page: PageGeometry): { width: number; height: number } {
  const width = (page.crop.x1 - page.crop.x0) * page.userUnit;
  const height = (page.crop.y1 - page.crop.y0) * page.userUnit;
  return page.rotate === 90 || page.rotate === 270
    ? { width: height, height: width }
    : { width, height };
}

/** The user space box (an annotation's /Rect) under a displayed place. */
export function toUserSpace(page: PageGeometry, place: Omit<Placement, 'page'>): Box {
  const u = page.userUnit;
  const { crop } = page;
  const x = place.x / u;
  const y = place.y / u;
  const w = place.width / u;
  const h = place.height / u;
  switch (page.rotate) {
    case 0:
      return { x0: crop.x0 + x, y0: crop.y1 - y - h, x1: crop.x0 + x + w, y1: crop.y1 - y };
    case 90:
      return { x0: crop.x0 + y, y0: crop.y0 + x, x1: crop.x0 + y + h, y1: crop.y0 + x + w };
    case 180:
      return { x0: crop.x1 - x - w, y0: crop.y0 + y, x1: crop.x1 - x, y1: crop.y0 + y + h };
    case 270:
      return { x0: crop.x1 - y - h, y0: crop.y1 - x - w, x1: crop.x1 - y, y1: crop.y1 - x };
  }
}

/** The displayed place of a user space box: the inverse of `toUserSpace`. */
export function toDisplayed(page: PageGeometry, box: Box): Omit<Placement, 'page'> {
  const u = page.userUnit;
  const { crop } = page;
  const w = box.x1 - box.x0;
  const h = box.y1 - box.y0;
  const scaled = (x: number, y: number, width: number, height: number) => ({
    x: x * u,
    y: y * u,
    width: width * u,
    height: height * u,
  });
  switch (page.rotate) {
    case 0:
      return scaled(box.x0 - crop.x0, crop.y1 - box.y1, w, h);
    case 90:
      return scaled(box.y0 - crop.y0, box.x0 - crop.x0, h, w);
    case 180:
      return scaled(crop.x1 - box.x1, box.y0 - crop.y0, w, h);
    case 270:
      return scaled(crop.y1 - box.y1, crop.x1 - box.x1, h, w);
  }
}

/** What the check before signing found in a document; it is shown before anyone is called. */
export interface DocumentFindings {
  readonly pageCount: number;
  /** First 5,000 pages, in order. */
  readonly pages: readonly PageGeometry[];
  readonly pdfVersion: string;
  /** What the file claims of itself, e.g. `PDF/A-2b`; null where it claims nothing. */
  readonly pdfa: string | null;
  readonly encrypted: boolean;
  /** Signatures that were there already. */
  readonly signatures: number;
  /** 1, 2 or 3 where the file is certified (DocMDP). */
  readonly certified: 1 | 2 | 3 | null;
  /** Empty signature fields that stand ready in the file. */
  readonly emptySignatureFields: readonly string[];
  /** Codes of hidden or overlaid content: `hidden.optional-content`, `hidden.javascript`, … */
  readonly hidden: readonly string[];
  /** Codes of structural oddities the reader met: `structure.orphaned-objects`, … */
  readonly anomalies: readonly string[];
}
