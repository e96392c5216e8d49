/** The web host as a process of its own: to be ended, to be a second one, to be somebody else's. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './cli.ts';

export interface HostProcess {
  readonly url: string;
  readonly pid: number;
  /** All it said on both streams so far. */
  said(): string;
  /** Ends it; answers its exit code, null for a signal. */
  end(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface HostProcessOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Who runs it, where the tests run as root. */
  readonly uid?: number;
}

/** `args` after `node`: by default the host on `home`. */
export function startHostProcess(
  args: readonly string[],
  { env = {}, uid }: HostProcessOptions = {},
): Promise<HostProcess> {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let said = '';
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve));
  return new Promise((resolve, reject) => {
    const hear = (part: Buffer) => {
      said += part.toString();
      const url = /http:\/\/\S+token=[0-9a-f]{64}/.exec(said)?.[0];
      if (url === undefined) return;
      resolve({
        url,
        pid: child.pid ?? 0,
        said: () => said,
        end(signal = 'SIGTERM') {
          child.kill(signal);
          return ended;
        },
      });
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', reject);
    void ended.then((code) => reject(new Error(`ended with ${String(code)}: ${said}`)));
  });
}

export function hostOn(home: string): readonly string[] {
  return [join(root, 'electron/web/serve.ts'), '--home', home];
}
