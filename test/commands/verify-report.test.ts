/** `skranke verify --report`: the verdict as a PDF that people can read, about one file. */
import { createHash } from 'node:crypto';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qpdfComplaints } from '../support/other-readers.ts';
import { plainPdf } from '../support/plain-pdf.ts';
import { ask, codeOf, newScene, only, sample, startAuthority } from './scene.ts';

const scene = newScene();
const trust = ['--trust', scene.keys.root];
const file = (name: string): string => scene.path(name);

beforeAll(async () => {
  const time = await startAuthority(scene);
  const signed = await ask([
    ...['sign', sample, '-o', file('good.pdf'), ...scene.key()],
    ...['--level', 'B-T', '--tsa', time.url],
  ]);
  await time.close();
  if (signed.code !== 0) throw new Error(signed.stderr);
  scene.put('unsigned.pdf', plainPdf());
});
afterAll(() => scene.close());

function textOf(name: string): string {
  const run = spawnSync('pdftotext', [file(name), '-'], { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout.replace(/\s+/g, ' ');
}

describe('the report', () => {
  it('says the verdict, each signature’s facts, and which file it is about', async () => {
    const answer = await ask(['verify', file('good.pdf'), ...trust, '--report', file('out.pdf')]);
    expect([answer.code, answer.stderr]).toEqual([0, '']);
    const text = textOf('out.pdf');
    const sha256 = createHash('sha256').update(scene.read('good.pdf')).digest('hex');
    for (const words of [
      'Kontrollrapport',
      'Alle signaturene er gyldige.',
      'Personer (1): Gyldig',
      'TOTAL-PASSED',
      'Kari Nordmann p-256',
      'Et tidsstempel beviser at signaturen fantes',
    ])
      expect(text).toContain(words);
    // A long word may be broken over two lines.
    expect(text.replaceAll(' ', '')).toContain(sha256);
    expect(qpdfComplaints(scene.read('out.pdf'))).toBeNull();
    expect(Buffer.from(scene.read('out.pdf')).toString('latin1')).toContain(
      '<pdfaid:part>2</pdfaid:part>',
    );
  });

  it('is written for a bad verdict, too, and in other languages', async () => {
    const answer = await ask([
      ...['verify', file('good.pdf'), '--offline'],
      ...['--report', file('english.pdf'), '--language', 'en'],
    ]);
    expect(answer.code).toBe(1);
    const text = textOf('english.pdf');
    expect(text).toContain('neither proven nor disproven');
    expect(text).toContain('INDETERMINATE / NO_CERTIFICATE_CHAIN_FOUND');
    expect(text).toContain('Without a network');
    const unsigned = ['verify', file('unsigned.pdf'), '--report', file('nynorsk.pdf')];
    expect((await ask([...unsigned, '--language', 'nn'])).code).toBe(1);
    expect(textOf('nynorsk.pdf')).toContain('Dokumentet har ingen signatur.');
  });

  it('names changes and oddities in its own language, never in the core’s', async () => {
    const again = ['sign', file('good.pdf'), '-o', file('twice.pdf'), ...scene.key()];
    expect((await ask(again)).code).toBe(0);
    scene.put('odd.pdf', Buffer.concat([scene.read('twice.pdf'), Buffer.from('\nlater\n')]));
    for (const [language, added, behind] of [
      ['nb', 'En signatur ble lagt til', 'Det står noe etter slutten av filen.'],
      ['nn', 'Ein signatur vart lagd til', 'Det står noko etter slutten av fila.'],
      ['en', 'A signature was added', 'Something stands after the end of the file.'],
    ] as const) {
      const out = `odd-${language}.pdf`;
      await ask(['verify', file('odd.pdf'), '--report', file(out), '--language', language]);
      const text = textOf(out);
      expect(text).toContain(added);
      expect(text).toContain(behind);
      if (language !== 'en') expect(text).not.toMatch(/ was added|stand after|Something/);
    }
  });

  it('never replaces what it is about, and is about one file', async () => {
    for (const args of [
      [file('good.pdf'), '--report', file('good.pdf')],
      [file('good.pdf'), file('unsigned.pdf'), '--report', file('two.pdf')],
      [file('good.pdf'), '--report', file('three.pdf'), '--language', 'fr'],
    ]) {
      const answer = await ask(['verify', ...args]);
      expect(answer.code).toBe(2);
      expect(['file.same', 'cli.usage']).toContain(codeOf(only(answer)));
    }
    expect(scene.list()).not.toContain('two.pdf');
  });
});
