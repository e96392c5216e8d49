/**
 * What one round knows of the rounds before it. Nothing of it is needed to be right: after a restart files
 * are looked at twice again, and every status is written once more.
 */
import { join } from 'node:path';
import { traceOf } from './folder-files.ts';

/** As it travels between the host and its worker. */
export interface Remembered {
  /** By file name: how it looked in the round before. */
  readonly traces: Readonly<Record<string, string>>;
  /** By job file: uptime in milliseconds since when it waits for its documents. */
  readonly waits: Readonly<Record<string, number>>;
  /** By job: when it was last tried to be opened or exported, and why it was not. */
  readonly tries: Readonly<Record<string, { readonly at: number; readonly code: string }>>;
  /** Place in the log up to which everything has been told outside; null: nothing yet. */
  readonly told: number | null;
}

export const nothingRemembered: Remembered = { traces: {}, waits: {}, tries: {}, told: null };

export interface FolderMemory {
  /** Whether a file is there and looks as it did in the round before. */
  isSettled(folder: string, file: string): boolean;
  waitsSince(file: string, now: number): number;
  forget(file: string): void;
  /** Drops what is known of job files that are not there any more. */
  keepOnly(files: readonly string[]): void;
  readonly tries: Map<string, { readonly at: number; readonly code: string }>;
  told: number | null;
  whole(): Remembered;
}

export function createFolderMemory(before: Remembered): FolderMemory {
  const seen = new Map<string, string>();
  const waits = new Map(Object.entries(before.waits));
  const tries = new Map(Object.entries(before.tries));
  const memory: FolderMemory = {
    tries,
    told: before.told,
    isSettled(folder, file) {
      const trace = traceOf(join(folder, file));
      if (trace === null) return false;
      seen.set(file, trace);
      return before.traces[file] === trace;
    },
    waitsSince(file, now) {
      const since = waits.get(file) ?? now;
      waits.set(file, since);
      return since;
    },
    forget(file) {
      waits.delete(file);
      seen.delete(file);
    },
    keepOnly(files) {
      const there = new Set(files);
      for (const file of waits.keys()) if (!there.has(file)) waits.delete(file);
    },
    whole: () => ({
      traces: Object.fromEntries(seen),
      waits: Object.fromEntries(waits),
      tries: Object.fromEntries(tries),
      told: memory.told,
    }),
  };
  return memory;
}
