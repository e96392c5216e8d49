/**
 * Listens on the office's network for paired kiosks, where an administrator has turned it on, as long as
 * the archive is open. Off by default; then nothing listens outside this machine.
 */
import { networkInterfaces } from 'node:os';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { ScreensView } from '../../shared/rpc/views-screen.ts';
import {
  fingerprintOf,
  isCurrent,
  issueScreenCertificate,
  keyPinOf,
  makeScreenAuthority,
  mayVouchFor,
  pemOf,
  type KeyAndCertificate,
} from '../adapters/screen-certificates.ts';
import type { Desk } from './desk.ts';
import type { Pairing } from './pairing.ts';
import type { ScreenNetwork } from './screen-network.ts';
import type { Screens } from './screens.ts';
import { fromBase64, toBase64 } from './seal.ts';
import { settingsOf, type ScreenSettings, type StoredKey } from './settings-store.ts';

export interface ScreenServicePorts {
  readonly network: ScreenNetwork | null;
  readonly pairing: () => Pairing;
  readonly screens: () => Screens;
  readonly changed: () => void;
  readonly log: (line: string) => void;
}

export type ScreenService = ReturnType<typeof createScreenService>;

type State = ScreensView['state'];

export function createScreenService(ports: ScreenServicePorts) {
  const { network, pairing, screens, changed, log } = ports;
  let desk: Desk | null = null;
  let state: State = 'off';
  let at: string | null = null;
  let pin = '';
  let turn = 0;

  function tell(next: State): void {
    if (state !== next) log(`screens ${next}`);
    state = next;
    changed();
  }

  /** As the settings say now. */
  async function follow(): Promise<void> {
    turn += 1;
    const mine = turn;
    const open = desk;
    const wanted = open === null ? null : settingsOf(open.archive).get('screens');
    if (open === null || network === null || wanted === null || !wanted.on) {
      network?.close();
      at = null;
      pairing().stop();
      return tell('off');
    }
    const where = `${wanted.address}:${wanted.port}`;
    if (state === 'listening' && at === where && isStillHere(wanted.address)) return;
    const kept = keysFor(open, wanted, 'system');
    const listening = await network.listen({
      key: pemOf('PRIVATE KEY', kept.leaf.key),
      certificates:
        pemOf('CERTIFICATE', kept.leaf.certificate) +
        pemOf('CERTIFICATE', kept.authority.certificate),
      ...{ address: wanted.address, port: wanted.port, door: pairing().door },
    });
    if (mine !== turn) return;
    pin = keyPinOf(kept.leaf.certificate);
    if (!listening.ok) {
      at = null;
      return tell(listening.error.code === 'screens.port-taken' ? 'port-taken' : 'address-gone');
    }
    at = where;
    pairing().start(wanted.paired);
    tell('listening');
  }

  return {
    start(opened: Desk): void {
      desk = opened;
      void follow();
    },
    stop(): void {
      desk = null;
      void follow();
    },
    /** A cable that was out is in again; an address that was another one has come back. */
    tend(): void {
      if (desk === null || network === null) return;
      if (state === 'address-gone' || state === 'port-taken') void follow();
      else if (state === 'listening' && !isStillHere(at?.split(':')[0] ?? '')) {
        network.close();
        at = null;
        tell('address-gone');
      }
    },
    keyPin: () => pin,

    view(): Result<ScreensView> {
      if (desk === null) return fail('archive.locked', 'Nobody has signed in.');
      const open = desk;
      const kept = settingsOf(open.archive).get('screens');
      const names = new Map(open.archive.users().map((user) => [user.id, user.name]));
      const known = screens().list({ standing: { state: 'visitor', resume: null } });
      const leaf = kept.leaf === null ? null : fromBase64(kept.leaf.certificate);
      return ok({
        ...{ available: network !== null, on: kept.on, address: kept.address, port: kept.port },
        addresses: addresses(),
        state,
        url: kept.on ? `https://${kept.address}:${String(kept.port)}/` : null,
        keyPin: leaf === null ? null : keyPinOf(leaf),
        fingerprint: leaf === null ? null : fingerprintOf(leaf),
        paired: kept.paired.map(({ id, name, at: pairedAt, by }) => {
          const now = known.find((one) => one.id === id);
          return {
            ...{ id, name, pairedAt, by: names.get(by) ?? '' },
            ...{ here: now?.here === true, heardAt: now?.heardAt ?? null },
          };
        }),
        pairing: pairing().view(),
      });
    },

    async put(
      { on, address, port }: ParsedOf<'settings.putScreens'>,
      actor: string,
    ): Promise<Result<null>> {
      if (desk === null) return fail('archive.locked', 'Nobody has signed in.');
      if (network === null) return fail('screen.no-host', 'No window can be opened here.');
      if (on && !addresses().some((one) => one.address === address))
        return fail('screens.address-gone', 'This machine does not have that address now.');
      const settings = settingsOf(desk.archive);
      const next = { ...settings.get('screens'), on, address, port };
      if (on) keysFor(desk, next, actor);
      else settings.change('screens', (now) => ({ ...now, on, address, port }), actor);
      await follow();
      return ok(null);
    },

    /** What a kiosk installs so that it need not ask whether to trust this workstation. */
    authorityFile(): Result<{ name: string; bytes: Uint8Array }> {
      if (desk === null) return fail('archive.locked', 'Nobody has signed in.');
      const { authority } = settingsOf(desk.archive).get('screens');
      if (authority === null) return fail('screens.off', 'Nothing listens for screens.');
      const pem = pemOf('CERTIFICATE', fromBase64(authority.certificate));
      return ok({ name: 'skranke-publikumsskjermer.crt', bytes: new TextEncoder().encode(pem) });
    },
  };
}

/** Addresses at which this machine is reached from the office's network. */
function addresses(): ScreensView['addresses'] {
  return Object.entries(networkInterfaces()).flatMap(([name, all = []]) =>
    all
      .filter(({ family, internal }) => family === 'IPv4' && (!internal || name === 'lo'))
      .map(({ address, internal }) => ({ name, address, internal })),
  );
}

function isStillHere(address: string): boolean {
  return addresses().some((one) => one.address === address);
}

/** Makes what is missing, keeps what is good, and stores the settings where anything is new. */
function keysFor(
  { archive, clock }: Desk,
  wanted: ScreenSettings,
  actor: string,
): { authority: KeyAndCertificate; leaf: KeyAndCertificate } {
  const settings = settingsOf(archive);
  const now = clock.now();
  const { address } = wanted;
  const had = wanted.authority === null ? null : opened(wanted.authority);
  const authority =
    had !== null && mayVouchFor(had, address)
      ? had
      : makeScreenAuthority(settings.get('organisation').name, address, now);
  const old = wanted.leaf === null ? null : opened(wanted.leaf);
  const leaf =
    old !== null && authority === had && isCurrent(old.certificate, address, now)
      ? old
      : issueScreenCertificate(authority, old?.key ?? null, address, now);
  const { on, port } = wanted;
  const keys = { authority: stored(authority), leaf: stored(leaf) };
  // A screen that is paired meanwhile stays paired; what is the same as before is not stored again.
  settings.change('screens', (now) => ({ ...now, on, address, port, ...keys }), actor);
  return { authority, leaf };
}

const opened = ({ key, certificate }: StoredKey): KeyAndCertificate => ({
  key: fromBase64(key),
  certificate: fromBase64(certificate),
});
const stored = ({ key, certificate }: KeyAndCertificate): StoredKey => ({
  key: toBase64(key),
  certificate: toBase64(certificate),
});
