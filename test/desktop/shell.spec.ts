/** What only Electron can prove; the logic behind it is tested without Electron in test/shell. */
import { expect } from '@playwright/test';
import { contentSecurityPolicy } from '../../shared/csp.ts';
import { electronRuntime, launch, root, test } from './electron.ts';
import { spawnSync } from 'node:child_process';

test('opens one window on our own page', async ({ desktop }) => {
  expect(desktop.page.url()).toBe('app://skranke/');
  await expect(desktop.page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('gives the page a bridge of four calls and nothing of Node', async ({ desktop }) => {
  const seen = await desktop.page.evaluate(() => ({
    host: Object.keys((window as unknown as { host: object }).host).sort(),
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter((name) => name in window),
  }));
  expect(seen.host).toEqual(['call', 'documentUrl', 'listen', 'restart']);
  expect(seen.node).toEqual([]);
});

test('isolates and sandboxes every window', async ({ desktop }) => {
  const preferences = await desktop.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => {
      const contents = window.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      const { sandbox, contextIsolation, nodeIntegration, webviewTag } =
        contents.getLastWebPreferences();
      return { sandbox, contextIsolation, nodeIntegration, webviewTag };
    }),
  );
  expect(preferences.length).toBeGreaterThan(0);
  for (const each of preferences)
    expect(each).toEqual({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
});

test('answers calls through the router, and refuses what a visitor may not', async ({
  desktop,
}) => {
  const answers = await desktop.page.evaluate(async () => {
    const { host } = window as unknown as {
      host: {
        call(method: string, input: unknown): Promise<{ ok: boolean; error?: { code: string } }>;
      };
    };
    return [
      await host.call('session.state', {}),
      await host.call('job.list', { limit: 1 }),
      await host.call('constructor', {}),
    ];
  });
  expect(answers[0]?.ok).toBe(true);
  expect(answers[1]?.error?.code).toBe('rpc.forbidden');
  expect(answers[2]?.error?.code).toBe('rpc.unknown');
});

test('serves the page with the one policy', async ({ desktop }) => {
  const policy = await desktop.page.evaluate(async () =>
    (await fetch('/')).headers.get('content-security-policy'),
  );
  expect(policy).toBe(contentSecurityPolicy);
});

test('answers nothing that is not in the map of files', async ({ desktop }) => {
  const statuses = await desktop.page.evaluate(async () =>
    Promise.all(
      ['/package.json', '/..%2f..%2fpackage.json', '/document/abcdefgh/0'].map(
        async (path) => (await fetch(path)).status,
      ),
    ),
  );
  expect(statuses).toEqual([404, 404, 403]);
});

test('never leaves its page and opens no windows', async ({ desktop }) => {
  const before = await desktop.application.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  await desktop.page.evaluate(() => {
    window.open('https://example.org/');
    location.href = 'https://example.org/';
  });
  await expect.poll(() => desktop.page.url()).toBe('app://skranke/');
  const after = await desktop.application.evaluate(
    ({ BrowserWindow }) => BrowserWindow.getAllWindows().length,
  );
  expect(after).toBeLessThanOrEqual(Math.max(before, 2));
});

test('denies permissions', async ({ desktop }) => {
  const states = await desktop.page.evaluate(async () =>
    Promise.all(
      ['geolocation', 'notifications', 'camera'].map(
        async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
      ),
    ),
  );
  expect(states).toEqual(['denied', 'denied', 'denied']);
});

test('keeps nothing of a window on disk', async ({ desktop }) => {
  const persistent = await desktop.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.session.isPersistent()),
  );
  expect(persistent.every((each) => !each)).toBe(true);
});

test('refuses the Linux backend of the secret store that protects nothing', async ({ desktop }) => {
  test.skip(process.platform !== 'linux', 'only Linux has it');
  const backend = await desktop.application.evaluate(({ safeStorage }) =>
    safeStorage.getSelectedStorageBackend(),
  );
  expect(typeof backend).toBe('string');
});

test('replaces the window when it is asked to start over', async ({ desktop }) => {
  const before = await desktop.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
  );
  await desktop.page.evaluate(() =>
    (window as unknown as { host: { restart(): void } }).host.restart(),
  );
  await expect.poll(() => desktop.page.isClosed()).toBe(true);
  const shown = await desktop.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .filter((window) => window.isVisible())
      .map((window) => window.webContents.getOSProcessId()),
  );
  expect(shown).toHaveLength(1);
  expect(before).not.toEqual(shown);
});

test('comes back after its page has crashed', async ({ desktop }) => {
  await desktop.application.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()
      .find((window) => window.isVisible())
      ?.webContents.forcefullyCrashRenderer(),
  );
  await expect
    .poll(async () =>
      desktop.application.evaluate(
        ({ BrowserWindow }) =>
          BrowserWindow.getAllWindows().filter((window) => window.isVisible()).length,
      ),
    )
    .toBe(1);
});

test('runs once: a second start shows the first', async ({ desktop }) => {
  const second = spawnSync(electronRuntime() ?? '', [root], {
    env: { ...process.env, SKRANKE_HOME: desktop.home },
    timeout: 30_000,
  });
  expect(second.status).toBe(0);
});

test('opens the archive it made when it starts again', async ({ desktop }) => {
  await desktop.page.evaluate(async () => {
    const { host } = window as unknown as {
      host: { call(method: string, input: unknown): Promise<{ ok: boolean }> };
    };
    await host.call('session.setUp', {
      organisation: 'Fjellvik kommune',
      organisationNumber: '974760673',
      sector: 'public',
      name: 'Marit Aas',
      passphrase: 'en lang nok passfrase',
      pin: '2468',
      trialSeal: true,
      language: 'nb',
    });
  });
  await desktop.application.close();
  const again = await launch(desktop.home);
  const state = await again.page.evaluate(async () => {
    const { host } = window as unknown as {
      host: { call(method: string, input: unknown): Promise<{ value: { state: string } }> };
    };
    return (await host.call('session.state', {})).value.state;
  });
  await again.application.close();
  expect(state).toBe('locked');
});
