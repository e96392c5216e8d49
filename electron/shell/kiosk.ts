/**
 * Full screen while a signer holds the machine. Electron's kiosk mode is full screen, not a lock: a
 * locked machine is the operating system's work (Assigned Access, a kiosk session).
 */
import type { BrowserWindow } from 'electron';
import { isKioskKey } from './kiosk-keys.ts';

export function holdKiosk(window: BrowserWindow, held: boolean): void {
  window.setKiosk(held);
  window.setAlwaysOnTop(held, 'screen-saver');
  window.setClosable(!held);
  window.setMinimizable(!held);
  window.webContents.removeAllListeners('before-input-event');
  if (held)
    window.webContents.on('before-input-event', (event, input) => {
      if (isKioskKey(input)) event.preventDefault();
    });
}
