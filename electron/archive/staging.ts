/**
 * Documents on their way in. A marker in `staging/` stands before a file gets its final name and
 * goes when a row names the file, so what a dead process left behind is found without walking the
 * whole archive. Marker: `<process id>-<document id>`, empty.
 */
import { existsSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRunning } from './is-running.ts';
import { documentPath, type Layout, makeFolder, syncFolder } from './layout.ts';

const openName = /^open-(\d+)-[0-9a-f]+$/;
const markerName = /^(\d+)-([0-9a-f]{32})$/;
/** A marker whose process id was given to another program is not kept alive for ever by it. */
const longestImport = 24 * 60 * 60 * 1000;

export interface Staging {
  /** Writes the file through `write` under a temporary name, then gives it its own. */
  place(document: string, write: (file: string) => void): void;
  /** Several at once: each folder is made durable once. `write` need not sync; `sync` does it for all. */
  placeAll(
    documents: readonly string[],
    write: (document: string, file: string) => void,
    sync: (files: readonly string[]) => Promise<void>,
  ): Promise<void>;
  /** The row is committed: the file belongs to the archive. */
  settle(document: string): void;
  /** The file is not wanted. */
  drop(document: string): void;
  /** Removes what processes that are gone left without a row. */
  sweep(hasRow: (document: string) => boolean): void;
  /** Says that this process has the archive open; `unclean` where one that is gone had not left. */
  enter(): { readonly unclean: boolean; leave(): void };
}

export function createStaging(layout: Layout, unique: string): Staging {
  const markerOf = (document: string) => join(layout.staging, `${process.pid}-${document}`);

  function remove(document: string): void {
    const file = documentPath(layout.documents, document);
    rmSync(`${file}.part`, { force: true });
    rmSync(file, { force: true });
  }

  function settle(document: string): void {
    rmSync(markerOf(document), { force: true });
  }

  function drop(document: string): void {
    remove(document);
    settle(document);
  }

  return {
    settle,
    drop,
    place(document, write) {
      const file = documentPath(layout.documents, document);
      const folder = dirname(file);
      writeFileSync(markerOf(document), '', { mode: 0o600, flag: 'wx' });
      try {
        syncFolder(layout.staging);
        if (!existsSync(folder)) {
          makeFolder(folder);
          syncFolder(layout.documents);
        }
        write(`${file}.part`);
        renameSync(`${file}.part`, file);
        syncFolder(folder);
      } catch (error) {
        drop(document);
        throw error;
      }
    },
    async placeAll(documents, write, sync) {
      try {
        for (const document of documents)
          writeFileSync(markerOf(document), '', { mode: 0o600, flag: 'wx' });
        syncFolder(layout.staging);
        const files = documents.map((document) => documentPath(layout.documents, document));
        const folders = new Set(files.map((file) => dirname(file)));
        const fresh = [...folders].filter((folder) => !existsSync(folder));
        fresh.forEach(makeFolder);
        if (fresh.length > 0) syncFolder(layout.documents);
        documents.forEach((document, index) => write(document, `${files[index] ?? ''}.part`));
        await sync(files.map((file) => `${file}.part`));
        for (const file of files) renameSync(`${file}.part`, file);
        folders.forEach(syncFolder);
      } catch (error) {
        documents.forEach(drop);
        throw error;
      }
    },
    enter() {
      let unclean = false;
      for (const name of readdirSync(layout.staging)) {
        const pid = openName.exec(name)?.[1];
        if (pid === undefined) continue;
        const other = join(layout.staging, name);
        if (!isAbandoned(other, Number(pid), Infinity)) continue;
        unclean = true;
        rmSync(other, { force: true });
      }
      const own = join(layout.staging, `open-${process.pid}-${unique}`);
      writeFileSync(own, '', { mode: 0o600 });
      return { unclean, leave: () => rmSync(own, { force: true }) };
    },
    sweep(hasRow) {
      for (const name of readdirSync(layout.staging)) {
        const [, pid, document] = markerName.exec(name) ?? [];
        if (pid === undefined || document === undefined) continue;
        const marker = join(layout.staging, name);
        if (!isAbandoned(marker, Number(pid), longestImport)) continue;
        if (!hasRow(document)) remove(document);
        rmSync(marker, { force: true });
      }
    },
  };
}

function isAbandoned(marker: string, pid: number, longest: number): boolean {
  const made = statSync(marker, { throwIfNoEntry: false })?.mtimeMs;
  // Another process has just swept it.
  if (made === undefined) return false;
  if (Date.now() - made > longest) return true;
  // Our own number from before we started: the number was given again, as after a restart.
  if (pid === process.pid) return made < Date.now() - process.uptime() * 1000 - 1000;
  return !isRunning(pid);
}
