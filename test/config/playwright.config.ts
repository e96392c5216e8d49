import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { defineConfig } from '@playwright/test';

/** Debian's Chromium; elsewhere `CHROMIUM` names one, or Playwright's own is used. */
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: '../e2e',
  outputDir: '../../test-results',
  timeout: 240_000,
  expect: { timeout: 10_000 },
  // Flaky is failing: a journey that needs a second try is a defect.
  retries: 0,
  // Each journey has a program and a data folder of its own. More at a time are sooner done, but a browser,
  // a program and another maker's program on one processor show what no person would meet.
  workers: availableParallelism(),
  reporter: 'list',
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'nb-NO',
    timezoneId: 'Europe/Oslo',
    actionTimeout: 15_000,
    launchOptions: {
      // Without a locale of UTF-8 a browser cannot open a file that is called “låst.pdf”.
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
      ...(existsSync(chromium) ? { executablePath: chromium } : {}),
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
});
