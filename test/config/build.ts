/** `npm run build`: the renderer's bundle. Everything else runs from its TypeScript as it stands. */
import { join } from 'node:path';
import { build } from 'vite';

await build({ configFile: join(import.meta.dirname, 'vite.config.ts'), logLevel: 'warn' });
