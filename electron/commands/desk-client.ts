/** The desk for one command: the same router as the windows, with a client of this process. */
import { createReadStream, existsSync } from 'node:fs';
import { basename } from 'node:path';
import { Refusal, unwrap } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { InputOf, MethodName, OutputOf } from '../../shared/rpc/contract.ts';
import { createApp } from '../app.ts';
import type { App, AppPorts } from '../app.ts';
import { dataFolder } from '../adapters/data-folder.ts';
import { readSecret } from './console.ts';

export interface DeskClient {
  readonly app: App;
  readonly client: string;
  /** The value; a refusal is thrown for the command's own `attempt`. */
  call<M extends MethodName>(method: M, input: InputOf<M>): Promise<OutputOf<M>>;
  /** Brings a file in as the windows do; answers what `document.import` takes. */
  upload(path: string): Promise<{ readonly upload: string; readonly name: string }>;
  close(): Promise<void>;
}

/** Flags of every command that speaks to the archive. */
export const deskFlags = {
  home: { type: 'string' },
  user: { type: 'string' },
  'user-passphrase-file': { type: 'string' },
  'seal-passphrase-file': { type: 'string' },
} as const;

export interface DeskFlags {
  readonly home?: string | undefined;
  readonly user?: string | undefined;
  readonly 'user-passphrase-file'?: string | undefined;
  readonly 'seal-passphrase-file'?: string | undefined;
}

export function createDeskClient(ports: Partial<AppPorts> & { readonly home: string }): DeskClient {
  const app = createApp({ host: 'web', background: false, log: logBugs, ...ports });
  const client = app.sessions.open();
  return {
    app,
    client,
    async call(method, input) {
      type Answer = Result<OutputOf<typeof method>>;
      return unwrap((await app.router.call(client, method, input)) as Answer);
    },
    async upload(path) {
      if (!existsSync(path))
        throw new Refusal('file.not-found', 'There is no such file.', { path });
      const { upload } = unwrap(await app.uploads.receive(client, createReadStream(path)));
      return { upload, name: basename(path) };
    },
    close: () => app.close(),
  };
}

/** Of a call's line only what somebody who reports a bug must quote. */
function logBugs(line: string): void {
  if (line.includes(' internal ')) process.stderr.write(`${line}\n`);
}

/** A desk with somebody signed in: --user (by name or id) with a passphrase from file or environment. */
export async function signedInDesk(
  flags: DeskFlags,
  ports: Pick<AppPorts, 'background'> = {},
): Promise<DeskClient> {
  const desk = createDeskClient({ home: flags.home ?? dataFolder(), ...ports });
  try {
    const state = await desk.call('session.state', {});
    if (state.state === 'setup')
      throw new Refusal('archive.not-here', 'There is no archive in this data folder.');
    const [only] = state.users;
    const user =
      flags.user === undefined
        ? state.users.length === 1
          ? only
          : undefined
        : state.users.find(({ id, name }) => id === flags.user || name === flags.user);
    if (user === undefined)
      throw new Refusal('session.no-such-user', 'Say who acts with --user NAME.');
    const file = flags['user-passphrase-file'];
    const passphrase = file === undefined ? process.env['SKRANKE_PASSPHRASE'] : readSecret(file);
    if (passphrase === undefined)
      throw new Refusal(
        'session.no-passphrase',
        'Give the passphrase in SKRANKE_PASSPHRASE or with --user-passphrase-file.',
      );
    await desk.call('session.signIn', { user: user.id, passphrase });
    await unlockSeal(desk, flags['seal-passphrase-file']);
    return desk;
  } catch (error) {
    await desk.close();
    throw error;
  }
}

/** A real seal is locked at every start; whoever may unlock it gives the key file's passphrase along. */
async function unlockSeal(desk: DeskClient, file: string | undefined): Promise<void> {
  const passphrase = file === undefined ? process.env['SKRANKE_SEAL_PASSPHRASE'] : readSecret(file);
  if (passphrase === undefined || passphrase === '') return;
  const { user } = await desk.call('session.state', {});
  if (user?.roles.some((role) => role === 'admin' || role === 'handler') !== true) return;
  if ((await desk.call('seal.state', {})).key === 'locked')
    await desk.call('seal.unlock', { passphrase });
}
