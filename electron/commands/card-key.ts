/** The key of `skranke sign --pkcs11`: one driver, in a process of its own, for the length of the run. */
import { resolve } from 'node:path';
import { unwrap } from '../../shared/result.ts';
import { forkCardProcess } from '../adapters/fork-card-process.ts';
import { systemClock } from '../adapters/system-clock.ts';
import type { SigningKey, Timestamps } from '../core/ports.ts';
import { createCards } from '../eid/card/cards.ts';
import { hasCardSupport } from '../eid/card/support.ts';
import { chooseCertificate } from './choose-certificate.ts';

export interface CardKey {
  readonly key: SigningKey;
  readonly name: string;
  close(): Promise<void>;
}

export interface CardRequest {
  readonly module: string;
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  /** Null where the reader has keys of its own. */
  readonly pin: string | null;
  readonly lastTry: boolean;
  readonly signatures: number;
  readonly timestamps: Timestamps | undefined;
}

export async function openCardKey(request: CardRequest): Promise<CardKey> {
  const path = resolve(request.module);
  const cards = createCards({
    ...{ spawn: forkCardProcess, clock: systemClock, supported: hasCardSupport },
    modules: () => [{ name: path, path }],
    anchors: () => [],
  });
  try {
    const chosen = chooseCertificate(await cards.list(), request.token, request.certificate);
    // An authority that is out of reach costs no PIN, and how large its token is is known from here on:
    // a card is asked once for each file.
    if (request.timestamps !== undefined)
      unwrap(await request.timestamps.stamp({ algorithm: 'sha256', digest: new Uint8Array(32) }));
    const sitting = unwrap(
      await cards.begin({
        certificate: chosen.certificate,
        pins: request.pin === null ? [] : Array<string>(request.signatures).fill(request.pin),
        lastTry: request.lastTry,
        signatures: request.signatures,
      }),
    );
    const { certificate, chain, schemes } = sitting;
    return {
      name: chosen.name,
      key: { certificate, chain, schemes, sign: (data, scheme) => sitting.sign(data, scheme) },
      async close() {
        await sitting.end();
        cards.close();
      },
    };
  } catch (error) {
    cards.close();
    throw error;
  }
}
