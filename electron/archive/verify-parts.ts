/** Takes part after part of the log, and puts together what was found in them. */
import type { ArchiveProblem } from './archive.ts';
import { tried, type Report } from './findings.ts';
import { walkLog, type WalkFindings, type WalkParts } from './verify-log.ts';

export interface PartFindings extends WalkFindings {
  readonly part: number;
  readonly problems: readonly ArchiveProblem[];
}

/** As many as one part may name. */
const mostProblems = 1_000;

export interface Taking {
  readonly edges: readonly number[];
  /** The number of the next part that nobody has taken. */
  next(): number;
  /** Told of so many more events; may throw. */
  tick(events: number): void;
}

export function walkParts(parts: WalkParts, taking: Taking): readonly PartFindings[] {
  const found: PartFindings[] = [];
  for (;;) {
    const part = taking.next();
    const from = taking.edges[part];
    const to = taking.edges[part + 1];
    if (from === undefined || to === undefined) return found;
    const problems: ArchiveProblem[] = [];
    const report = reportInto(problems);
    const place = from === 0 ? 'log' : `log from event ${from + 1}`;
    const walk = () => walkLog(parts, [from, to], report, (events) => taking.tick(events));
    const nothing = { events: 0, first: '', last: '', suspects: [], office: [] };
    const said = tried(walk, report, 'log.damaged', place) ?? nothing;
    found.push({ ...said, part, problems });
  }
}

export function reportInto(problems: ArchiveProblem[]): Report {
  return (code, place) => {
    if (problems.length < mostProblems) problems.push({ code, place });
  };
}

/** In the order of the log. Parts that do not meet were not read out of one and the same log. */
export function joined(
  found: readonly PartFindings[],
  edges: readonly number[],
  report: Report,
): Omit<WalkFindings, 'first'> {
  const parts = [...found].sort((one, other) => one.part - other.part);
  parts.forEach(({ first, problems }, index) => {
    for (const { code, place } of problems) report(code, place);
    const before = parts[index - 1];
    if (before !== undefined && before.last !== first)
      report('chain.broken', `event ${(edges[index] ?? 0) + 1}`);
  });
  if (parts.length !== edges.length - 1 || parts.some(({ part }, index) => part !== index))
    throw new Error('a part of the log was not walked');
  return {
    events: parts.reduce((sum, one) => sum + one.events, 0),
    last: parts.at(-1)?.last ?? '',
    suspects: parts.flatMap((one) => one.suspects),
    office: parts.flatMap((one) => one.office),
  };
}
