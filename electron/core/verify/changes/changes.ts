/** What happened to a document after each of its signatures. */
import type { Changes } from '../../../../shared/report.ts';
import { pageIndexes } from '../page-indexes.ts';
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
  /** The gravest first; not more than `MAX_LISTED`. */
  readonly list: readonly Change[];
}

export interface SignedRevision {
  /** Index of the revision the signature covers. */
  readonly revision: number;
  readonly policy: ChangePolicy;
}

const GRAVITY: readonly ChangeLevel[] = ['forbidden', 'visible', 'allowed'];

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
    roles.advance(before, []);
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
  return summaries(steps, last);
}

/** Changes named for one signature; more of them say nothing new. */
const MAX_LISTED = 50;

/** From the last step back, so that each signature's list grows out of the next one's. */
function summaries(
  steps: ReadonlyMap<number, readonly Change[]>,
  last: number,
): (revision: number) => ChangeSummary {
  const byLevel = { forbidden: new Map(), visible: new Map(), allowed: new Map() } satisfies Record<
    ChangeLevel,
    Map<string, Change>
  >;
  const after = new Map<number, ChangeSummary>();
  for (let index = last; index > 0; index--) {
    for (const change of steps.get(index) ?? []) {
      const known = byLevel[change.level];
      if (known.size < MAX_LISTED) known.set(change.text, change);
    }
    const list = GRAVITY.flatMap((level) => [...byLevel[level].values()]).slice(0, MAX_LISTED);
    after.set(index - 1, { changes: list[0]?.level ?? 'none', list });
  }
  return (revision) => after.get(revision) ?? { changes: 'none', list: [] };
}

/**
 * Page numbers for people and what the pages paint, read only when asked for. One look at the newest
 * revision serves all steps: a change of pages or content is forbidden anyway.
 */
function pagesOf(document: PdfDocument): Pages {
  const inks = new Map<number, readonly Ink[]>();
  let indexes: ReadonlyMap<number, number> | null = null;
  return {
    pageIndex(number) {
      if (number === null) return null;
      indexes ??= pageIndexes(document);
      return indexes.get(number) ?? null;
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
