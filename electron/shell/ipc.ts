/** One channel for calls, one for events, one sender check. */
import { ipcMain } from 'electron';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { fail } from '../../shared/result.ts';
import type { App } from '../app.ts';
import type { DeskWindows } from './desk-windows.ts';
import type { ScreenWindows } from './screen-windows.ts';
import { isTrustedFrame } from './policy.ts';

function isOurs(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return frame !== null && isTrustedFrame({ url: frame.url, isMainFrame: frame.parent === null });
}

export function answerCalls(app: App, windows: DeskWindows, screens: ScreenWindows): void {
  ipcMain.handle('rpc', async (event, method: unknown, input: unknown) => {
    const client = windows.clientOf(event.sender.id) ?? screens.clientOf(event.sender.id);
    if (!isOurs(event) || client === null || typeof method !== 'string')
      return fail('rpc.forbidden', 'This page may not call.');
    return app.router.call(client, method, input);
  });
  ipcMain.on('restart', (event) => {
    if (!isOurs(event)) return;
    windows.restart(event.sender.id);
    screens.restart(event.sender.id);
  });
}
