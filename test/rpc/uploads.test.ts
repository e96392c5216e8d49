import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeRandom } from '../../electron/adapters/node-random.ts';
import { createUploads } from '../../electron/rpc/uploads.ts';

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'skranke-uploads-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function* pieces(...texts: readonly string[]): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (const text of texts) yield Buffer.from(text);
}
async function* broken(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield Buffer.from('half');
  throw new Error('the browser went away');
}
const folder = () => join(home, 'uploads', String(process.pid));
const uploadOf = (result: Awaited<ReturnType<ReturnType<typeof createUploads>['receive']>>) => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value.upload;
};

describe('uploads', () => {
  it('belong to the client that sent them', async () => {
    const uploads = createUploads(home, nodeRandom);
    const upload = uploadOf(await uploads.receive('mine', pieces('one ', 'two')));
    const path = uploads.path('mine', upload);
    expect(path.ok && readFileSync(path.value, 'utf8')).toBe('one two');
    expect(path.ok && statSync(path.value).mode & 0o777).toBe(0o600);
    expect(uploads.path('theirs', upload)).toMatchObject({ error: { code: 'upload.unknown' } });
    uploads.drop('theirs', upload);
    expect(uploads.path('mine', upload).ok).toBe(true);
    uploads.dropAll('mine');
    expect(readdirSync(folder())).toEqual([]);
  });

  it('leave nothing of what is too large, empty or broken off', async () => {
    const uploads = createUploads(home, nodeRandom, 10);
    const code = async (body: AsyncIterable<Uint8Array>) => {
      const result = await uploads.receive('mine', body);
      return result.ok ? 'ok' : result.error.code;
    };
    expect(await code(pieces('123456', '78901'))).toBe('upload.too-large');
    expect(await code(pieces())).toBe('file.empty');
    expect(await code(broken())).toBe('upload.interrupted');
    expect(await code(pieces('1234567890'))).toBe('ok');
    // Where a file stands in the folder's place nothing can be written at all.
    const blocked = join(home, 'blocked');
    mkdirSync(blocked);
    writeFileSync(join(blocked, 'uploads'), '');
    const nowhere = await createUploads(blocked, nodeRandom).receive('mine', pieces('x'));
    expect(nowhere).toMatchObject({ error: { code: 'file.no-folder' } });
    expect(readdirSync(folder())).toHaveLength(1);
  });

  it('make room for newer ones of the same client', async () => {
    const uploads = createUploads(home, nodeRandom);
    const first = uploadOf(await uploads.receive('mine', pieces('x')));
    const theirs = uploadOf(await uploads.receive('theirs', pieces('x')));
    for (let number = 0; number < 20; number++) await uploads.receive('mine', pieces('x'));
    expect(uploads.path('mine', first).ok).toBe(false);
    expect(uploads.path('theirs', theirs).ok).toBe(true);
    expect(readdirSync(folder())).toHaveLength(21);
  });

  it('of processes that are no more are swept at start; those of living ones are not', () => {
    const dead = join(home, 'uploads', '999999999');
    const living = join(home, 'uploads', String(process.ppid));
    for (const each of [dead, living, folder()]) {
      mkdirSync(each, { recursive: true });
      writeFileSync(join(each, 'a'.repeat(32)), 'x');
    }
    createUploads(home, nodeRandom);
    expect(existsSync(dead)).toBe(false);
    expect(existsSync(join(living, 'a'.repeat(32)))).toBe(true);
    expect(existsSync(folder())).toBe(false);
  });
});
