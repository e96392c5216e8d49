/**
 * Files dropped on a window, until a call takes them: in the home's uploads folder, each bound to the
 * client that sent it, gone with the client and swept at start.
 */
import { rmSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, ok, Refusal, type Result } from '../../shared/result.ts';
import {
  makeProcessFolder,
  processFolder,
  sweepProcessFolders,
} from '../adapters/process-folder.ts';
import { writeRefusal } from '../adapters/whole-file.ts';
import type { Random } from '../core/ports.ts';

export const uploadLimit = 2 * 1024 ** 3;
/** Per client. A job holds at most as many documents. */
const kept = 20;

export interface Uploads {
  receive(client: string, body: AsyncIterable<Uint8Array>): Promise<Result<{ upload: string }>>;
  /** Path of an upload of this client; nobody else's. */
  path(client: string, upload: string): Result<string>;
  drop(client: string, upload: string): void;
  /** All of a client's. */
  dropAll(client: string): void;
  /** All there are. */
  close(): void;
}

export function createUploads(home: string, random: Random, limit = uploadLimit): Uploads {
  const staging = join(home, 'uploads');
  const folder = processFolder(staging);
  const owners = new Map<string, string>();
  sweepProcessFolders(staging);

  function drop(upload: string): void {
    owners.delete(upload);
    rmSync(join(folder, upload), { force: true });
  }
  return {
    async receive(client, body) {
      const upload = Buffer.from(random.bytes(16)).toString('hex');
      const path = join(folder, upload);
      let file: FileHandle | null = null;
      let length = 0;
      try {
        makeProcessFolder(staging);
        file = await open(path, 'wx', 0o600);
        for await (const bytes of body) {
          length += bytes.length;
          if (length > limit) {
            drop(upload);
            return fail('upload.too-large', 'The file is larger than 2 GiB.', { limit });
          }
          await file.writeFile(bytes);
        }
      } catch (error) {
        if (file !== null) drop(upload);
        const refusal = writeRefusal(error);
        if (refusal instanceof Refusal) return { ok: false, error: refusal.failure };
        return fail('upload.interrupted', 'The file did not arrive whole.');
      } finally {
        await file?.close();
      }
      if (length === 0) {
        drop(upload);
        return fail('file.empty', 'The file is empty.');
      }
      owners.set(upload, client);
      const mine = [...owners].filter(([, owner]) => owner === client).map(([one]) => one);
      // A window that only ever verifies must not fill the disk: the oldest make room.
      for (const old of mine.slice(0, -kept)) drop(old);
      return ok({ upload });
    },
    path(client, upload) {
      return owners.get(upload) === client
        ? ok(join(folder, upload))
        : fail('upload.unknown', 'There is no such upload.');
    },
    drop(client, upload) {
      if (owners.get(upload) === client) drop(upload);
    },
    dropAll(client) {
      for (const [upload, owner] of owners) if (owner === client) drop(upload);
    },
    close() {
      owners.clear();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
