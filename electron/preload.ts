/** The bridge: three calls and an address. It knows no method names and never changes. */
import { contextBridge, ipcRenderer } from 'electron';
import type { IpcRendererEvent } from 'electron';

contextBridge.exposeInMainWorld('host', {
  call: (method: string, input: unknown) => ipcRenderer.invoke('rpc', method, input),
  listen(listener: (event: unknown) => void) {
    const forward = (_: IpcRendererEvent, event: unknown) => listener(event);
    ipcRenderer.on('event', forward);
    return () => ipcRenderer.off('event', forward);
  },
  documentUrl: (document: string, revision: number) =>
    `/document/${encodeURIComponent(document)}/${revision}`,
  restart: () => ipcRenderer.send('restart'),
});
