import { createPageHost } from './page-host.ts';

// renderer/host looks here first, as it does for Electron's preload.
Object.defineProperty(window, 'host', { value: createPageHost() });
