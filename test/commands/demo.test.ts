/** `skranke demo`, and what it leaves, held against the tools of others. */
import { readFileSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pdfsig, qpdfComplaints } from '../support/other-readers.ts';
import { ask, codeOf, newScene, only } from './scene.ts';

const scene = newScene();
afterAll(() => scene.close());

it('does the whole main job and leaves a file that everybody calls valid', async () => {
  const out = scene.path('demo');
  const run = await ask(['demo', '--out', out]);
  expect(run.code).toBe(0);
  const result = only(run) as {
    pdf: string;
    evidence: string;
    indication: string;
    checks: readonly { tool: string; good: boolean | null }[];
  };
  expect(result.indication).toBe('TOTAL-PASSED');
  expect(result.checks.filter(({ good }) => good !== true)).toEqual([]);
  const pdf = new Uint8Array(readFileSync(result.pdf));
  expect(qpdfComplaints(pdf)).toBeNull();
  expect(pdfsig(pdf).filter(({ valid }) => valid)).toHaveLength(3);
  expect(JSON.parse(readFileSync(result.evidence, 'utf8'))).toBeTypeOf('object');
  const verified = await ask(['verify', result.pdf, '--trust', join(out, 'root.pem')]);
  expect([verified.code, only(verified)['indication']]).toEqual([0, 'TOTAL-PASSED']);
});

it('writes into no folder that has something in it', async () => {
  mkdirSync(scene.path('full'));
  writeFileSync(scene.path('full/mine.txt'), 'mine');
  const run = await ask(['demo', '--out', scene.path('full')]);
  expect([run.code, codeOf(only(run))]).toEqual([2, 'demo.not-empty']);
  expect(scene.list('full')).toEqual(['mine.txt']);
});
