/** Where fields stand: in points on the page as displayed, kept on the page and off each other. */
import { displayedSize } from '../../../shared/document.ts';
import type { PageGeometry, Placement } from '../../../shared/document.ts';
import { fieldSizes, isSignature } from '../../../shared/job/field.ts';
import type { FieldKind } from '../../../shared/job/field.ts';
import type { FieldSpec, JobDocument, SignerSpec } from '../../../shared/job/job.ts';

export const defaultSize = fieldSizes.signature;
export const leastSize = { width: 60, height: 22 };
/** Of what is filled in: a tick needs little. */
const leastFilled = { width: 10, height: 10 };

export function leastOf(kind: FieldKind): { width: number; height: number } {
  return kind === 'signature' ? leastSize : leastFilled;
}
/** How near an edge must come to another before it is pulled there, in points. */
const pull = 5;
const margin = 56;
const between = 14;

type Rect = Omit<Placement, 'page'>;

const round = (value: number) => Math.round(value * 10) / 10;

export function pageSize(document: JobDocument, page: number): { width: number; height: number } {
  const geometry: PageGeometry | undefined = document.findings.pages[page];
  return geometry === undefined ? { width: 595, height: 842 } : displayedSize(geometry);
}

/** The same place moved and, if it must, shrunk to lie on the page. */
export function onPage(
  place: Rect,
  size: { width: number; height: number },
  least = leastSize,
): Rect {
  const width = Math.min(Math.max(place.width, Math.min(least.width, size.width)), size.width);
  const height = Math.min(Math.max(place.height, Math.min(least.height, size.height)), size.height);
  return {
    x: round(Math.min(Math.max(0, place.x), size.width - width)),
    y: round(Math.min(Math.max(0, place.y), size.height - height)),
    width: round(width),
    height: round(height),
  };
}

/** How far all of them can go together without one of them leaving the page. */
export function togetherBy(
  places: readonly Rect[],
  by: { readonly dx: number; readonly dy: number },
  size: { readonly width: number; readonly height: number },
): { readonly dx: number; readonly dy: number } {
  const within = (wanted: number, ahead: number, behind: number) =>
    Math.max(-behind, Math.min(wanted, ahead));
  return {
    dx: within(
      by.dx,
      Math.min(...places.map(({ x, width }) => size.width - x - width)),
      Math.min(...places.map(({ x }) => x)),
    ),
    dy: within(
      by.dy,
      Math.min(...places.map(({ y, height }) => size.height - y - height)),
      Math.min(...places.map(({ y }) => y)),
    ),
  };
}

export function overlaps(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a field hides what is written there: a touch at its edge is none. */
export function coversWords(place: Rect, words: readonly Rect[]): boolean {
  const slack = Math.min(3, place.width / 4, place.height / 4);
  const inner = {
    ...{ x: place.x + slack, y: place.y + slack },
    ...{ width: place.width - 2 * slack, height: place.height - 2 * slack },
  };
  return words.some((word) => overlaps(inner, word));
}

export interface Guide {
  readonly axis: 'x' | 'y';
  readonly at: number;
}

function nearest(
  edges: readonly number[],
  targets: readonly number[],
): { by: number; at: number } | null {
  let best: { by: number; at: number } | null = null;
  for (const target of targets) {
    for (const edge of edges) {
      const by = target - edge;
      if (Math.abs(by) <= pull && (best === null || Math.abs(by) < Math.abs(best.by))) {
        best = { by, at: target };
      }
    }
  }
  return best;
}

/** What the page itself offers to be pulled to. */
export interface PageLines {
  /** Where lines of text begin, and where blanks to be filled in begin and end. */
  readonly xs: readonly number[];
  /** Baselines: whatever is written stands on them. */
  readonly ys: readonly number[];
}

const noLines: PageLines = { xs: [], ys: [] };

/** Pulls a moved field to the edges of the others, the page's middle, margins and lines of text. */
export function snapped(
  place: Rect,
  others: readonly Rect[],
  size: { width: number; height: number },
  lines: PageLines = noLines,
): { readonly place: Rect; readonly guides: readonly Guide[] } {
  const xs = others.flatMap((other) => [other.x, other.x + other.width]);
  const ys = others.flatMap((other) => [other.y, other.y + other.height]);
  const edges = [...xs, margin, size.width - margin];
  const x = nearest([place.x, place.x + place.width], edges) ?? nearest([place.x], lines.xs);
  const centre = nearest([place.x + place.width / 2], [size.width / 2]);
  const across = x ?? centre;
  const levels = [...ys, margin, size.height - margin];
  const y =
    nearest([place.y + place.height], lines.ys) ??
    nearest([place.y, place.y + place.height], levels);
  return {
    place: { ...place, x: place.x + (across?.by ?? 0), y: place.y + (y?.by ?? 0) },
    guides: [
      ...(across === null ? [] : [{ axis: 'x' as const, at: across.at }]),
      ...(y === null ? [] : [{ axis: 'y' as const, at: y.at }]),
    ],
  };
}

/** A free place of that size on a page: from the bottom up, left to right; null on a full page. */
export function freePlace(
  size: { width: number; height: number },
  taken: readonly Rect[],
  wanted = defaultSize,
  least = leastSize,
): Rect | null {
  const width = Math.min(wanted.width, size.width - 2 * Math.min(margin, size.width / 10));
  const height = Math.min(wanted.height, size.height / 5);
  const edge = Math.min(margin, (size.width - width) / 2);
  for (let y = size.height - margin - height - 60; y >= 0; y -= height + between) {
    for (let x = edge; x + width <= size.width - edge + 0.5; x += width + between) {
      const place = onPage({ x, y, width, height }, size, least);
      if (!taken.some((other) => overlaps(other, place))) return place;
    }
  }
  return null;
}

/** The fields that stand on a page. */
export function fieldsOn(
  fields: readonly FieldSpec[],
  document: string,
  page: number,
): readonly FieldSpec[] {
  return fields.filter((field) => field.document === document && field.placement.page === page);
}

/** A field at the end of the last page of each document for every signer who has none in it. */
export function proposeFields(
  signers: readonly SignerSpec[],
  fields: readonly FieldSpec[],
  documents: readonly JobDocument[],
  newId: () => string,
): readonly FieldSpec[] {
  const added: FieldSpec[] = [];
  for (const document of documents) {
    const page = Math.max(0, document.findings.pageCount - 1);
    for (const signer of signers) {
      const has = fields.some(
        (field) =>
          field.document === document.id && field.signer === signer.id && isSignature(field),
      );
      if (has) continue;
      const taken = fieldsOn([...fields, ...added], document.id, page).map(
        (field) => field.placement,
      );
      const place = freePlace(pageSize(document, page), taken);
      if (place === null) continue;
      added.push({
        id: newId(),
        document: document.id,
        signer: signer.id,
        placement: { page, ...place },
      });
    }
  }
  return added;
}

export const alignments = ['left', 'right', 'top', 'bottom', 'same'] as const;
export type Alignment = (typeof alignments)[number];

/** A place brought in line with another, or to its size. */
export function aligned(place: Rect, to: Rect, how: Alignment): Rect {
  switch (how) {
    case 'left':
      return { ...place, x: to.x };
    case 'right':
      return { ...place, x: to.x + to.width - place.width };
    case 'top':
      return { ...place, y: to.y };
    case 'bottom':
      return { ...place, y: to.y + to.height - place.height };
    case 'same':
      return { ...place, width: to.width, height: to.height };
  }
}

/** Pages as people write them, `1, 4-6`: 0-based; null for what is no list of pages of the document. */
export function pagesIn(text: string, count: number): ReadonlySet<number> | null {
  const pages = new Set<number>();
  for (const part of text.split(/[,;]/).map((one) => one.trim())) {
    if (part === '') continue;
    const match = /^(\d{1,4})(?:\s*[-–]\s*(\d{1,4}))?$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || from < 1 || to < from || to > count) return null;
    for (let page = from; page <= to; page += 1) pages.add(page - 1);
  }
  return pages;
}
