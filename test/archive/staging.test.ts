import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { documentPath, layoutOf } from '../../electron/archive/layout.ts';
import { unwrap } from '../../shared/result.ts';
import * as stage from './scene.ts';

afterAll(stage.cleanUp);

const dead = 2 ** 22 + 1;

function staged() {
  const scene = stage.newScene();
  const archive = stage.created(scene);
  const document = unwrap(archive.stage('j1', stage.bytesSource(randomBytes(1_000))));
  const layout = layoutOf(scene.home);
  const file = documentPath(layout.documents, document.id);
  const marker = (pid: number) => join(layout.staging, `${pid}-${document.id}`);
  return { scene, archive, document, file, marker };
}

describe('a document on its way in', () => {
  it('is left alone while its process runs, also by others that start', () => {
    const { scene, archive, document, file, marker } = staged();
    const other = stage.opened(scene);
    expect(existsSync(file)).toBe(true);
    expect(existsSync(marker(process.pid))).toBe(true);
    unwrap(
      archive.append({
        ...{ job: 'j1', expectedVersion: 0, actor: 'u1', documents: [document] },
        events: [
          { type: 'created', spec: stage.spec() },
          { type: 'document-added', document: stage.jobDocument(document) },
        ],
      }),
    );
    expect(existsSync(marker(process.pid))).toBe(false);
    expect(stage.readAll(other, document.id)).toHaveLength(1_000);
    other.close();
    archive.close();
  });

  it('is removed at the next start when its process is gone', () => {
    const { scene, archive, file, marker } = staged();
    archive.close();
    writeFileSync(marker(dead), '');
    writeFileSync(`${file}.part`, 'half');
    stage.opened(scene).close();
    expect(existsSync(file)).toBe(false);
    expect(existsSync(`${file}.part`)).toBe(false);
  });

  it('is removed when its marker is older than any import', () => {
    const { scene, archive, file, marker } = staged();
    const yesterday = Date.now() / 1000 - 25 * 3600;
    utimesSync(marker(process.pid), yesterday, yesterday);
    archive.close();
    stage.opened(scene).close();
    expect(existsSync(file)).toBe(false);
  });

  it('stays when a row names it, whatever marker is left', () => {
    const { scene, archive, file, document, marker } = staged();
    unwrap(
      archive.append({
        ...{ job: 'j1', expectedVersion: 0, actor: 'u1', documents: [document] },
        events: [
          { type: 'created', spec: stage.spec() },
          { type: 'document-added', document: stage.jobDocument(document) },
        ],
      }),
    );
    writeFileSync(marker(dead), '');
    archive.close();
    const again = stage.opened(scene);
    expect(existsSync(file)).toBe(true);
    expect(stage.markers(scene)).toEqual([]);
    expect(again.verify().ok).toBe(true);
    again.close();
  });

  it('leaves nothing when its source fails half way', () => {
    const { scene, archive } = staged();
    const failing = {
      length: 500_000,
      read(offset: number, length: number) {
        if (offset > 200_000) throw new Error('pulled out');
        return randomBytes(length);
      },
    };
    expect(() => archive.stage('j1', failing)).toThrow('pulled out');
    expect(() =>
      archive.stage('j1', stage.bytesSource(randomBytes(9)), () => {
        throw new Error('cancelled');
      }),
    ).toThrow('cancelled');
    const files = readdirSync(join(scene.home, 'documents'), {
      recursive: true,
      withFileTypes: true,
    });
    expect(files.filter((one) => one.isFile())).toHaveLength(1);
    expect(stage.markers(scene)).toHaveLength(1);
    archive.close();
  });
});
