import { defineConfig } from '@playwright/test';

/** What only Electron can prove. The recipe in .github/workflows runs it on the three systems. */
export default defineConfig({
  testDir: '../desktop',
  outputDir: '../../test-results/desktop',
  timeout: 120_000,
  retries: 0,
  workers: 1,
  reporter: 'list',
});
