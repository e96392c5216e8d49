/** Sends a dropped file's bytes to the host, same-origin in both hosts, with progress. */
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { host } from './host.ts';

export interface Upload {
  /** What `document.import` and `verify.document` take; `documentUrl('upload:' + upload, 0)` shows it. */
  readonly upload: string;
}

interface Options {
  /** Bytes sent so far, and all of them. */
  readonly onProgress?: (sent: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** XMLHttpRequest because fetch still tells nothing of how far an upload has come. */
export function upload(file: Blob, options: Options = {}): Promise<Result<Upload>> {
  if ('upload' in host) return host.upload(file);
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open('PUT', '/upload');
    request.responseType = 'json';
    request.upload.addEventListener('progress', (event) => {
      options.onProgress?.(event.loaded, event.lengthComputable ? event.total : file.size);
    });
    request.addEventListener('load', () => {
      const answer = request.response as {
        readonly upload?: string;
        readonly error?: { code: string; message: string };
      } | null;
      if (request.status < 300 && answer?.upload !== undefined) {
        resolve(ok({ upload: answer.upload }));
      } else if (answer?.error !== undefined) {
        resolve({ ok: false, error: answer.error });
      } else if (request.status === 403) {
        resolve(fail('rpc.forbidden', 'This session may not bring in files'));
      } else {
        resolve(fail('host.upload', `The host refused the file (${String(request.status)})`));
      }
    });
    request.addEventListener('error', () => {
      resolve(fail('host.unreachable', 'The program behind this window does not answer'));
    });
    request.addEventListener('abort', () => {
      resolve(fail('task.cancelled', 'Stopped before the whole file was sent'));
    });
    options.signal?.addEventListener('abort', () => {
      request.abort();
    });
    request.send(file);
  });
}
