/**
 * The third host: no program behind the page. Files that are dropped stay in the page's memory and the
 * core runs right here, so that whoever holds an export can check it anywhere, without a network.
 */
import { pageCrypto } from '../../electron/adapters/page-crypto.ts';
import { verifyFile } from '../../electron/core/asice/verify-file.ts';
import { memorySource } from '../../electron/core/pdf/objects.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { PageHost } from '../host/host.ts';
import { rememberDocument } from './dropped.ts';
import { useTrust } from './trust.ts';

interface VerifyInput {
  readonly upload: string;
  readonly name: string;
  readonly password?: string;
}

export function createPageHost(): PageHost {
  const files = new Map<string, { readonly file: Blob; readonly url: string }>();
  let count = 0;

  async function verify({ upload, name, password }: VerifyInput): Promise<Result<unknown>> {
    const held = files.get(upload);
    if (held === undefined) return fail('upload.unknown', 'There is no such file in this page.');
    const bytes = new Uint8Array(await held.file.arrayBuffer());
    rememberDocument(bytes);
    const source = memorySource(bytes);
    const anchors = useTrust.getState().anchors.map(({ der }) => der);
    const options = { file: name, anchors, at: new Date() };
    const given = password === undefined ? options : { ...options, password };
    return verifyFile(source, given, { crypto: pageCrypto });
  }

  return {
    call(method, input) {
      // The contract's shape for an upload: the only thing this page can be asked to check.
      if (method === 'verify.document') return verify(input as VerifyInput);
      if (method === 'task.cancel') return Promise.resolve(ok(null));
      return Promise.resolve(fail('rpc.unknown', 'This page only checks files.'));
    },
    listen: () => () => undefined,
    documentUrl: (document) => files.get(document.replace(/^upload:/, ''))?.url ?? 'about:blank',
    restart() {
      location.reload();
    },
    upload(file) {
      for (const { url } of files.values()) URL.revokeObjectURL(url);
      // One at a time: the one before is no longer on the screen.
      files.clear();
      count += 1;
      const upload = String(count);
      files.set(upload, { file, url: URL.createObjectURL(file) });
      return Promise.resolve(ok({ upload }));
    },
  };
}
