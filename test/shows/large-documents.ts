/** Large documents while preparing: 1,000 pages and 300 MB, from the import to the table of pages. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { startWebHost } from '../../electron/web/host.ts';
import { encode, decode } from '../../shared/rpc/codec.ts';
import { unwrap, type Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import { writeBigPdf } from '../support/big-pdf.ts';
import { plainPdf } from '../support/plain-pdf.ts';

const passphrase = 'en lang nok passfrase';

export async function showLargeDocuments(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'skranke-large-documents-'));
  const many = join(folder, 'tusen.pdf');
  const words = (number: number) => `BT /H 40 Tf 60 600 Td (Side ${number}) Tj ET`;
  // Of any size, turned and cropped.
  const pages = Array.from({ length: 1000 }, (_, index) => ({
    content: words(index + 1),
    rotate: [0, 90, 180, 270][index % 4] ?? 0,
    media: index % 7 === 0 ? [0, 0, 2384, 1684] : [0, 0, 595, 842],
    ...(index % 5 === 0 ? { crop: [20, 40, 500, 800] } : {}),
  }));
  writeFileSync(many, plainPdf({ pages }));
  const big = join(folder, 'stor.pdf');
  writeBigPdf(big, 300 * 1024 * 1024);
  const host = await startWebHost({
    ...{ home: join(folder, 'home'), log: () => undefined, zone: 'Europe/Oslo' },
  });
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    await page.goto(host.address());
    await page.waitForURL((url) => url.search === '');
    await call(page, 'session.setUp', {
      ...{ organisation: 'Fjellvik kommune', organisationNumber: '974760673', sector: 'public' },
      ...{ name: 'Marit Aas', passphrase, pin: '2468', trialSeal: true, language: 'nb' },
    });
    const thousand = await showOne(page, '1,000 pages', many);
    const large = await showOne(page, '300 MB', big);
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(`peak of the host with its threads: ${peak.toFixed(0)} MB resident`);
    return thousand && large;
  } finally {
    await browser.close();
    await host.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function call<M extends MethodName>(
  page: Page,
  method: M,
  input: InputOf<M>,
): Promise<OutputOf<M>> {
  const text = await page.evaluate(
    async ([name, body]) => {
      const headers = { 'content-type': 'application/json' };
      return (await fetch(`/rpc/${name}`, { method: 'POST', headers, body })).text();
    },
    [method, encode(input)] as const,
  );
  return unwrap(decode(text) as Result<OutputOf<M>>);
}

async function upload(page: Page, path: string): Promise<string> {
  await page.evaluate(() => {
    const input = document.createElement('input');
    Object.assign(input, { type: 'file', id: 'measured', hidden: true });
    document.body.append(input);
  });
  await page.locator('#measured').setInputFiles(path);
  return page.evaluate(async () => {
    const input = document.querySelector<HTMLInputElement>('#measured');
    const body = input?.files?.[0] ?? null;
    const response = await fetch('/upload', { method: 'PUT', body });
    input?.remove();
    return ((await response.json()) as { upload: string }).upload;
  });
}

/** Of one document: the host's thread under import and arrangement, and the window with its pages. */
async function showOne(page: Page, name: string, path: string): Promise<boolean> {
  const { job } = await call(page, 'job.create', { spec: { title: name } });
  const sent = await upload(page, path);
  const loop = monitorEventLoopDelay({ resolution: 1 });
  loop.enable();
  let start = performance.now();
  const { document } = await call(page, 'document.import', { job, upload: sent, name: 'x.pdf' });
  const imported = performance.now() - start;
  const count = document.findings.pageCount;
  const { job: draft } = await call(page, 'job.get', { job });
  start = performance.now();
  const turned = Array.from({ length: count }, (_, at) => ({
    ...{
      document: document.id,
      page: count - 1 - at,
      turn: at === 0 ? (90 as const) : (0 as const),
    },
  }));
  const whole = await call(page, 'document.arrange', {
    ...{ job, version: draft.version, documents: [{ title: name, pages: turned }] },
  });
  const arranged = performance.now() - start;
  start = performance.now();
  const id = whole.documents[0]?.id ?? '';
  const half = Array.from({ length: Math.ceil(count / 2) }, (_, at) => ({
    ...{ document: id, page: 2 * at, turn: 0 as const },
  }));
  await call(page, 'document.arrange', {
    ...{ job, version: whole.version, documents: [{ title: name, pages: half }] },
  });
  const halved = performance.now() - start;
  loop.disable();
  const p99 = loop.percentile(99) / 1e6;
  console.log(
    `${name}: import ${seconds(imported)}, all pages the other way round ${seconds(arranged)}, every second page ${seconds(halved)}; host's thread meanwhile p99 ${p99.toFixed(1)} ms, longest ${(loop.max / 1e6).toFixed(0)} ms (p99 at most 50)`,
  );
  return (await showWindow(page, name)) && p99 <= 50;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** The window: first page, the table of pages, and how long it ever stands still while it is scrolled. */
async function showWindow(page: Page, name: string): Promise<boolean> {
  await page.reload();
  await page.getByRole('link', { name: 'Oppdrag' }).click();
  await page.getByRole('tab', { name: /^Utkast/ }).click();
  await page.getByRole('listbox').or(page.getByRole('list')).getByText(name).first().click();
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ entryTypes: ['longtask'] });
  });
  let start = performance.now();
  await page.getByRole('button', { name: 'Fortsett klargjøringen', exact: true }).click();
  await page.locator('.prep-stage .pdf-page canvas').waitFor();
  const first = performance.now() - start;
  await page.getByRole('button', { name: /Dokumenter$/ }).click();
  start = performance.now();
  await page.getByRole('button', { name: 'Ordne sider', exact: true }).click();
  await page.locator('.table-tile [data-drawn=true]').first().waitFor();
  const opened = performance.now() - start;
  await page.evaluate(() => ((window as unknown as { tasks: number[] }).tasks.length = 0));
  const tiles = await page.locator('.table-tile').count();
  await page.locator('.table-tile').first().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Control+a');
  await page.keyboard.press('r');
  await page.mouse.move(600, 500);
  for (let turn = 0; turn < 30; turn++) {
    await page.mouse.wheel(0, turn % 2 === 0 ? -4000 : 2500);
    await page.waitForTimeout(60);
  }
  const tasks = await page.evaluate(() => (window as unknown as { tasks: number[] }).tasks);
  const longest = Math.max(0, ...tasks);
  console.log(
    `${name}: first page ${first.toFixed(0)} ms after the click, table of pages with its first picture ${opened.toFixed(0)} ms, ${tiles} tiles in the page; all turned and scrolled: ${tasks.length} long tasks, longest ${longest.toFixed(0)} ms`,
  );
  await page.getByRole('button', { name: 'Tilbake', exact: true }).click();
  await page.getByRole('button', { name: 'Forkast', exact: true }).click();
  await page.getByRole('button', { name: 'Lukk', exact: true }).click();
  return tiles < 120;
}
