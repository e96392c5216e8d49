/** Real PKCS #11 tokens in a folder of their own: SoftHSM2, and a driver around it that misbehaves. */
import { execFileSync, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  makeCertificate,
  makeKeyPair,
  makeTrialAuthority,
  type TrialCertificate,
  type TrialKeyType,
} from '../../electron/adapters/trial-pki.ts';
import { buildNative } from '../config/build-native.ts';

const root = join(import.meta.dirname, '../..');
export const softHsm = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so',
].find((path) => existsSync(path)) as string;

export interface TokenSpec {
  readonly label: string;
  readonly pin: string;
  /** Certificates without an id: no key can be told to be theirs. */
  readonly noIds?: boolean;
  readonly contents: readonly {
    /** Base64 of PKCS#8 and of DER; what belongs together stands together. */
    readonly key?: string;
    readonly certificate?: string;
    readonly alwaysAuthenticate?: boolean;
    /** Seen before the PIN. */
    readonly open?: boolean;
  }[];
}

export const cardAuthority = makeTrialAuthority({ name: 'Prøvekort', now: new Date() });

export interface PersonRequest {
  readonly name?: string;
  readonly key?: TrialKeyType;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly usage?: Parameters<typeof makeCertificate>[0]['keyUsage'];
}

const day = 86_400_000;

/** A person's certificate as a card carries it. */
export function personCertificate(request: PersonRequest = {}): TrialCertificate {
  const { name = 'KARI NORDMANN', key = 'rsa-2048' } = request;
  return makeCertificate({
    subject: name,
    key: makeKeyPair(key),
    issuer: cardAuthority.intermediate,
    notBefore: request.notBefore ?? new Date(Date.now() - day),
    notAfter: request.notAfter ?? new Date(Date.now() + 300 * day),
    keyUsage: request.usage ?? ['nonRepudiation'],
  });
}

export function contentsOf(
  person: TrialCertificate,
  more: Partial<TokenSpec['contents'][number]> = {},
): TokenSpec['contents'][number] {
  return {
    key: person.key.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    certificate: Buffer.from(person.certificate).toString('base64'),
    ...more,
  };
}

export interface SoftTokens {
  /** The plain driver; SOFTHSM2_CONF of the process that loads it must be `conf`. */
  readonly conf: string;
  /** A driver of its own over these tokens, which does as it is told. */
  shim(name?: string): Shim;
  close(): void;
}

export interface Shim {
  readonly path: string;
  /** The whole of what it does besides passing on; nothing is left of what stood there. */
  control(changes: Readonly<Record<string, string>>): void;
  /** `login`, `login each`, `sign`: what the driver was asked, in order. */
  log(): readonly string[];
  forget(): void;
}

export function makeSoftTokens(tokens: readonly TokenSpec[]): SoftTokens {
  if (!buildNative()) throw new Error('the binding to PKCS#11 could not be built');
  const folder = mkdtempSync(join(tmpdir(), 'skranke-tokens-'));
  const conf = join(folder, 'softhsm2.conf');
  mkdirSync(join(folder, 'tokens'));
  writeFileSync(
    conf,
    `directories.tokendir = ${join(folder, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  );
  const filled = spawnSync(process.execPath, [join(root, 'test/support/fill-token.ts'), softHsm], {
    input: JSON.stringify(tokens),
    env: { ...process.env, SOFTHSM2_CONF: conf },
    encoding: 'utf8',
  });
  if (filled.status !== 0) throw new Error(filled.stderr);
  return {
    conf,
    shim: (name = 'shim') => shimIn(folder, name, conf),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

let compiled: string | null = null;

/** One compilation for a run of tests; each shim is a copy that knows its own files by its path. */
function compiledShim(): string {
  if (compiled !== null) return compiled;
  const path = join(mkdtempSync(join(tmpdir(), 'skranke-shim-')), 'card-shim.so');
  execFileSync('g++', [
    ...['-x', 'c', '-shared', '-fPIC', '-w', `-DREAL="${softHsm}"`],
    ...['-I', join(root, 'node_modules/pkcs11js/includes')],
    ...[join(root, 'test/support/card-shim.c'), '-o', path, '-ldl'],
  ]);
  compiled = path;
  return path;
}

function shimIn(folder: string, name: string, conf: string): Shim {
  const path = join(folder, `${name}.so`);
  copyFileSync(compiledShim(), path);
  const control = (changes: Readonly<Record<string, string>>) =>
    writeFileSync(
      `${path}.control`,
      Object.entries({ conf, ...changes })
        .map(([key, value]) => `${key}=${value}\n`)
        .join(''),
    );
  control({});
  return {
    path,
    control,
    log: () =>
      existsSync(`${path}.log`) ? readFileSync(`${path}.log`, 'utf8').trim().split('\n') : [],
    forget() {
      for (const kept of ['log', 'tries', 'removed']) rmSync(`${path}.${kept}`, { force: true });
      control({});
    },
  };
}
