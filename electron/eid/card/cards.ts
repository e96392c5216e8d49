/**
 * The smart cards and tokens of this machine. Each driver runs in a process of its own; here is only
 * what they answered and who is signing with which card.
 */
import type { CardsView } from '../../../shared/card.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';
import type { Certificate } from '../../core/cms/certificate.ts';
import type { Clock, SignatureScheme } from '../../core/ports.ts';
import { hung, noSupport } from './faults.ts';
import type { FoundModule } from './known-modules.ts';
import { createModuleProcess, type ModuleProcess } from './module-process.ts';
import type { Begun, Slot, SpawnCardProcess } from './protocol.ts';
import { failureOf, pictureOf, type InReader, type Picture } from './readers-view.ts';

export interface CardPorts {
  readonly spawn: SpawnCardProcess;
  readonly clock: Clock;
  /** Whether the binding to drivers is here. */
  readonly supported: () => boolean;
  readonly modules: () => readonly FoundModule[];
  /** Certificates of authorities that help to build chains. */
  readonly anchors: () => readonly Certificate[];
  readonly limits?: Partial<CardLimits>;
  /** Something came into a reader or left it. */
  readonly onChanged?: () => void;
}

/** Milliseconds. */
export interface CardLimits {
  readonly read: number;
  readonly login: number;
  readonly sign: number;
  /** Somebody types a PIN on the reader. */
  readonly pinPad: number;
  /** After it hung a driver is left alone for so long. */
  readonly rest: number;
  /** How often the readers are looked at while somebody waits for a card. */
  readonly watch: number;
  /** A driver that nobody has asked for so long gives its card free. */
  readonly idle: number;
}

const usual: CardLimits = {
  ...{ read: 8000, login: 20_000, sign: 30_000, pinPad: 90_000 },
  ...{ rest: 20_000, watch: 800, idle: 180_000 },
};

export interface CardUse {
  readonly certificate: string;
  /** As typed, each for one use; none where the reader has its own keys. */
  readonly pins: readonly string[];
  readonly lastTry: boolean;
  readonly signatures: number;
}

export interface CardSitting {
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  readonly schemes: readonly SignatureScheme[];
  sign(data: Uint8Array, scheme: SignatureScheme): Promise<Result<Uint8Array>>;
  end(): Promise<void>;
}

export interface Cards {
  supported(): boolean;
  /** What is in the readers now; with `watch`, `onChanged` is called for a while when that changes. */
  list(options?: { readonly watch?: boolean }): Promise<CardsView>;
  /** A certificate in one of the readers; reads them where it is not among those last seen. */
  find(certificate: string): Promise<Result<InReader>>;
  begin(use: CardUse): Promise<Result<CardSitting>>;
  close(): void;
}

export function createCards(ports: CardPorts): Cards {
  const limits = { ...usual, ...ports.limits };
  const processes = new Map<string, ModuleProcess>();
  const last = new Map<string, Result<readonly Slot[]>>();
  const reading = new Map<string, Promise<Result<readonly Slot[]>>>();
  const resting = new Map<string, number>();
  const busy = new Set<string>();
  let picture: Picture | null = null;
  let idle: NodeJS.Timeout | null = null;

  function processOf({ path }: FoundModule): ModuleProcess {
    const known = processes.get(path);
    if (known !== undefined) return known;
    const fresh = createModuleProcess(path, ports.spawn, () => ports.onChanged?.());
    processes.set(path, fresh);
    return fresh;
  }

  function read(module: FoundModule, watch: boolean): Promise<Result<readonly Slot[]>> {
    const { path } = module;
    // A reader in the middle of a signature is not asked: it could not answer.
    if (busy.has(path)) return Promise.resolve(last.get(path) ?? ok([]));
    if (performance.now() < (resting.get(path) ?? 0)) return Promise.resolve(hung);
    const running = reading.get(path);
    if (running !== undefined) return running;
    const begun = processOf(module)
      .ask<readonly Slot[]>({ type: 'read' }, limits.read)
      .then((slots) => {
        reading.delete(path);
        last.set(path, slots);
        restAfter(path, slots);
        if (watch && slots.ok)
          void processOf(module).ask({ type: 'watch', milliseconds: limits.watch }, limits.read);
        return slots;
      });
    reading.set(path, begun);
    return begun;
  }

  function restAfter(path: string, { ok: good, ...rest }: Result<unknown>): void {
    const code = good ? null : (rest as { error: { code: string } }).error.code;
    if (code === 'card.module-hung' || code === 'card.module-crashed')
      resting.set(path, performance.now() + limits.rest);
    else resting.delete(path);
  }

  function giveFreeLater(): void {
    if (idle !== null) clearTimeout(idle);
    idle = setTimeout(() => {
      for (const [path, each] of processes) if (!busy.has(path)) each.stop();
    }, limits.idle);
    idle.unref();
  }

  async function look(watch: boolean): Promise<Picture> {
    giveFreeLater();
    const answers = await Promise.all(
      ports.modules().map(async (module) => ({ module, slots: await read(module, watch) })),
    );
    picture = pictureOf(answers, ports.anchors(), ports.clock.now());
    return picture;
  }

  const self: Cards = {
    supported: ports.supported,
    async list({ watch = false } = {}) {
      if (!ports.supported()) return { readers: [], drivers: [], problem: noSupport.error.code };
      return (await look(watch)).view;
    },
    async find(certificate) {
      if (!ports.supported()) return noSupport;
      const known = (await look(false)).certificates.get(certificate);
      if (known !== undefined) return ok(known);
      const problem = picture?.view.problem ?? null;
      return problem === null
        ? fail('card.other-card', 'The certificate that was shown is not on this card.')
        : { ok: false, error: failureOf(problem) };
    },
    async begin(use) {
      const found = await self.find(use.certificate);
      if (!found.ok) return found;
      const { module, slot, token, view } = found.value;
      if (view.problem !== null) return { ok: false, error: failureOf(view.problem) };
      if (busy.has(module.path)) return fail('card.busy', 'Somebody is signing with this reader.');
      busy.add(module.path);
      const process = processOf(module);
      const pins = [...use.pins];
      const begun = await process.ask<Begun>(
        {
          type: 'begin',
          ...{ slot, certificate: use.certificate, pin: pins[0] ?? null },
          ...{ lastTry: use.lastTry, signatures: use.signatures, pins: pins.length },
        },
        token.pinPad ? limits.pinPad : limits.login,
      );
      if (!begun.ok) {
        busy.delete(module.path);
        restAfter(module.path, begun);
        return begun;
      }
      const everyTime = begun.value.alwaysAuthenticate;
      if (!everyTime) pins.length = 0;
      return ok(sittingOf(process, found.value, pins, everyTime));
    },
    close() {
      if (idle !== null) clearTimeout(idle);
      for (const each of processes.values()) each.stop();
      processes.clear();
    },
  };

  function sittingOf(
    process: ModuleProcess,
    card: InReader,
    pins: string[],
    everyTime: boolean,
  ): CardSitting {
    const { path } = card.module;
    // A key that asks every time takes a while on the reader's own keys.
    const limit = everyTime && card.token.pinPad ? limits.pinPad : limits.sign;
    let broken: Result<never> | null = null;
    return {
      certificate: card.certificate.der,
      chain: card.chain,
      schemes: card.schemes,
      async sign(data, scheme) {
        if (broken !== null) return broken;
        const pin = everyTime && !card.token.pinPad ? (pins.shift() ?? null) : null;
        if (everyTime && !card.token.pinPad && pin === null)
          return fail('card.pin-needed', 'The card needs a PIN.');
        const signed = await process.ask<Uint8Array>({ type: 'sign', scheme, data, pin }, limit);
        if (!signed.ok) {
          // Not once more: the card would count it.
          broken = signed;
          restAfter(path, signed);
        }
        return signed;
      },
      async end() {
        pins.length = 0;
        if (broken === null || !/module-/.test(broken.ok ? '' : broken.error.code))
          await process.ask({ type: 'end' }, limits.read);
        busy.delete(path);
      },
    };
  }
  return self;
}
