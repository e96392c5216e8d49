/**
 * Kiosks that are machines of their own: each is paired once, by a code that is good once and a look at
 * both screens, and known from then on by a cookie of which only the hash is kept here.
 */
import { createHash, createHmac } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { PairingView } from '../../shared/rpc/views-screen.ts';
import type { Caller } from '../rpc/router.ts';
import { visitor } from '../rpc/sessions.ts';
import { eightDigits } from './eight-digits.ts';
import type { createHandOver } from './hand-over.ts';
import type { Collected, ScreenDoor } from './screen-network.ts';
import type { Screen } from './screen.ts';
import type { Screens } from './screens.ts';
import { settingsOf, type PairedScreen } from './settings-store.ts';

/** How long a code may be typed in, and a kiosk wait for its answer, in milliseconds of uptime. */
const codeTime = 10 * 60_000;

interface Opening {
  readonly code: string;
  readonly name: string;
  readonly by: string;
  readonly until: number;
  asking: {
    readonly id: string;
    readonly secret: string;
    readonly compare: string;
    state: Collected;
  } | null;
}

export type Pairing = ReturnType<typeof createPairing>;

export function createPairing(
  screen: Screen,
  screens: Screens,
  handOver: Pick<ReturnType<typeof createHandOver>, 'handBack'>,
  ports: { readonly changed: () => void; readonly keyPin: () => string },
) {
  const { door, sessions, random, uptime, clock, tried } = screen;
  const { changed } = ports;
  const hex = (bytes: number) => Buffer.from(random.bytes(bytes)).toString('hex');
  /** By the hash of its cookie. */
  const clients = new Map<string, { readonly id: string; readonly client: string }>();
  let opening: Opening | null = null;

  function current(): Opening | null {
    if (opening !== null && uptime() > opening.until) opening = null;
    return opening;
  }

  function welcome({ id, name, by, cookie }: PairedScreen): void {
    const client = sessions.open();
    clients.set(cookie, { id, client });
    screens.add({ screen: id, kind: 'paired', by }, name, client);
  }

  function dismiss(cookie: string): void {
    const found = clients.get(cookie);
    if (found === undefined) return;
    clients.delete(cookie);
    handOver.handBack(found.client, 'lost');
    // Its page hears of it, asks who it is, and is nobody.
    sessions.set(found.client, visitor);
    sessions.close(found.client);
  }

  function asked(pairing: string): Opening['asking'] {
    const asking = current()?.asking ?? null;
    return asking?.id === pairing && asking.state.type === 'waiting' ? asking : null;
  }

  const self: ScreenDoor = {
    clientOf: (cookie) => (cookie === null ? null : (clients.get(digest(cookie))?.client ?? null)),
    async offer(code) {
      const waiting = current();
      // While nobody pairs there is nothing to guess, and nothing is counted.
      if (waiting === null || waiting.asking !== null)
        return fail('pairing.none', 'No pairing is under way.');
      const right = await tried('pairing-code', 'machine', () =>
        Promise.resolve(
          digest(code) === digest(waiting.code)
            ? ok(null)
            : fail('pairing.wrong', 'The code is wrong.'),
        ),
      );
      if (!right.ok) return right;
      const [id, secret] = [hex(16), hex(32)];
      // Both screens show it: it names this very kiosk, this code and this workstation's key.
      const mac = createHmac('sha256', waiting.code).update(`${id} ${ports.keyPin()}`).digest();
      const compare = String(mac.readUInt32BE() % 10_000).padStart(4, '0');
      waiting.asking = { id, secret: digest(secret), compare, state: { type: 'waiting' } };
      changed();
      return ok({ secret, compare });
    },
    collect(secret) {
      const asking = current()?.asking ?? null;
      if (asking === null || asking.secret !== digest(secret)) return null;
      const { state } = asking;
      if (state.type !== 'waiting') opening = null;
      return state;
    },
  };

  return {
    door: self,
    view(): PairingView | null {
      const now = current();
      if (now === null) return null;
      const asking = now.asking?.state.type === 'waiting' ? now.asking : null;
      return {
        name: now.name,
        asking: asking === null ? null : { pairing: asking.id, compare: asking.compare },
      };
    },

    /** The listener begins: every paired kiosk may come. */
    start(paired: readonly PairedScreen[]): void {
      for (const one of paired) if (!clients.has(one.cookie)) welcome(one);
    },
    /** Nothing listens any more. */
    stop(): void {
      opening = null;
      for (const cookie of [...clients.keys()]) dismiss(cookie);
    },

    pair({ name }: ParsedOf<'screen.pair'>, { standing }: Caller): Result<{ code: string }> {
      if (standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const code = eightDigits(random);
      const until = uptime() + codeTime;
      opening = { code, name: name.trim(), by: standing.user, until, asking: null };
      changed();
      return ok({ code });
    },

    accept({ pairing }: ParsedOf<'screen.accept'>, { standing }: Caller): Result<null> {
      const desk = door.get();
      if (!desk.ok) return desk;
      const [now, asking] = [current(), asked(pairing)];
      if (standing.state !== 'operator' || now === null || asking === null)
        return fail('pairing.none', 'No pairing is under way.');
      const cookie = hex(32);
      const settings = settingsOf(desk.value.archive);
      const at = clock.now().toISOString();
      const one = { id: hex(16), name: now.name, by: standing.user, at, cookie: digest(cookie) };
      settings.change(
        'screens',
        (now) => ({ ...now, paired: [...now.paired, one] }),
        standing.user,
      );
      asking.state = { type: 'accepted', cookie };
      welcome(one);
      changed();
      return ok(null);
    },

    turnDown({ pairing }: ParsedOf<'screen.refuse'>): Result<null> {
      const asking = asked(pairing);
      if (asking === null) return fail('pairing.none', 'No pairing is under way.');
      asking.state = { type: 'refused' };
      changed();
      return ok(null);
    },

    /** At once: whoever is signing there is handed back, and the screen is emptied. */
    unpair({ screen: id }: ParsedOf<'screen.unpair'>, { standing }: Caller): Result<null> {
      const desk = door.get();
      if (!desk.ok) return desk;
      if (standing.state !== 'operator')
        return fail('rpc.forbidden', 'This session may not do that.');
      const settings = settingsOf(desk.value.archive);
      const found = settings.get('screens').paired.find((one) => one.id === id);
      if (found === undefined) return fail('screen.unknown', 'There is no such screen.');
      settings.change(
        'screens',
        (now) => ({ ...now, paired: now.paired.filter((one) => one.id !== id) }),
        standing.user,
      );
      dismiss(found.cookie);
      changed();
      return ok(null);
    },
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
