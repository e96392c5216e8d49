/** What happened to a document after each of its signatures. */
import type { Changes } from '../../../../shared/report.ts';
import type { PdfDocument } from '../../pdf/document.ts';
import { isDict } from '../../pdf/objects.ts';
import { OPEN_POLICY, stricter } from '../policy.ts';
import type { ChangePolicy } from '../policy.ts';
import type { Ink } from './ink.ts';
import { pageInk } from './page-cover.ts';
import { revisionChanges, valueOf } from './revision-changes.ts';
import { createRoles } from './roles.ts';
import type { Change, ChangeLevel, Pages } from './step.ts';

export interface ChangeSummary {
  readonly changes: Changes;
  /** One English sentence each, the gravest first. */
  readonly list: readonly string[];
}

export interface SignedRevision {
  /** Index of the revision the signature covers. */
  readonly revision: number;
  readonly policy: ChangePolicy;
}

const GRAVITY: Readonly<Record<ChangeLevel, number>> = { forbidden: 2, visible: 1, allowed: 0 };

/**
 * Compares revision by revision, once for all signatures: each step is judged under the policies of
 * the signatures made before it, and a signature answers for every step after its own. Stepwise, not
 * end to end: what was changed and changed back has been changed. `appended`: what is already known
 * of the bytes of a revision, by its index.
 */
export function analyseChanges(
  document: PdfDocument,
  signatures: readonly SignedRevision[],
  appended: ReadonlyMap<number, readonly Change[]>,
): (revision: number) => ChangeSummary {
  const last = document.revisions.length - 1;
  const first = signatures.reduce((lowest, { revision }) => Math.min(lowest, revision), last);
  const steps = new Map<number, readonly Change[]>();
  if (first < last) {
    const roles = createRoles();
    let before = document.at(first);
    roles.followTrailer(before, before.trailer);
    let policy = OPEN_POLICY;
    const pages = pagesOf(document);
    for (let index = first; index < last; index++) {
      for (const signature of signatures)
        if (signature.revision === index) policy = stricter(policy, signature.policy);
      const after = index + 1 === last ? document : document.at(index + 1);
      const objects = document.revisions[index + 1]?.objects ?? new Set<number>();
      steps.set(index + 1, [
        ...revisionChanges(before, after, objects, policy, roles, pages),
        ...(appended.get(index + 1) ?? []),
      ]);
      before = after;
    }
  }
  return (revision) => summarise(steps, revision, last);
}

function summarise(
  steps: ReadonlyMap<number, readonly Change[]>,
  revision: number,
  last: number,
): ChangeSummary {
  const found = new Map<string, Change>();
  for (let index = revision + 1; index <= last; index++)
    for (const change of steps.get(index) ?? [])
      found.set(`${change.level} ${change.text}`, change);
  const sorted = [...found.values()].sort((a, b) => GRAVITY[b.level] - GRAVITY[a.level]);
  const worst = sorted[0];
  return {
    changes: worst === undefined ? 'none' : worst.level,
    list: sorted.map((change) => change.text),
  };
}

// Past this many pages a change is named without its page.
const MAX_LABELLED = 5_000;

/**
 * Page numbers for people and what the pages paint, read only when asked for. One look at the newest
 * revision serves all steps: a change of pages or content is forbidden anyway.
 */
function pagesOf(document: PdfDocument): Pages {
  const inks = new Map<number, readonly Ink[]>();
  let labels: Map<number, number> | null = null;
  return {
    pageLabel(number) {
      if (number === null) return 'a page';
      labels ??= labelsOf(document);
      const label = labels.get(number);
      return label === undefined ? 'a page' : `page ${label}`;
    },
    pageInk(number) {
      const page = number === null ? null : valueOf(document, number);
      if (number === null || !isDict(page)) return [];
      const ink = inks.get(number) ?? pageInk(document, page);
      inks.set(number, ink);
      return ink;
    },
  };
}

function labelsOf(document: PdfDocument): Map<number, number> {
  const labels = new Map<number, number>();
  const count = Math.min(document.pageCount(), MAX_LABELLED);
  for (let index = 0; index < count; index++) {
    const { ref } = document.page(index);
    if (ref !== null) labels.set(ref.number, index + 1);
  }
  return labels;
}
