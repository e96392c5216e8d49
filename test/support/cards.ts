/** The cards of a test: real processes, real tokens, short limits where a driver is to hang. */
import { forkCardProcess } from '../../electron/adapters/fork-card-process.ts';
import { systemClock } from '../../electron/adapters/system-clock.ts';
import { parseCertificate } from '../../electron/core/cms/certificate.ts';
import { createCards, type CardPorts, type Cards } from '../../electron/eid/card/cards.ts';
import { hasCardSupport } from '../../electron/eid/card/support.ts';
import { unwrap } from '../../shared/result.ts';
import { cardAuthority } from './soft-tokens.ts';

export function cardsOn(paths: readonly string[], more: Partial<CardPorts> = {}): Cards {
  return createCards({
    spawn: forkCardProcess,
    clock: systemClock,
    supported: hasCardSupport,
    modules: () => paths.map((path) => ({ name: path.split('/').at(-1) ?? path, path })),
    anchors: () => [
      unwrap(parseCertificate(cardAuthority.root.certificate)),
      unwrap(parseCertificate(cardAuthority.intermediate.certificate)),
    ],
    ...more,
  });
}

/** The event loop is free: ticks come while `body` waits. */
export async function ticksDuring<T>(body: () => Promise<T>): Promise<{ value: T; ticks: number }> {
  let ticks = 0;
  const timer = setInterval(() => (ticks += 1), 10);
  try {
    return { value: await body(), ticks };
  } finally {
    clearInterval(timer);
  }
}
