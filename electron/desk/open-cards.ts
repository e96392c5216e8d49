/** The cards of this machine as the office has set them up: which drivers, which authorities. */
import { attempt } from '../../shared/result.ts';
import { parseCertificate } from '../core/cms/certificate.ts';
import type { Clock } from '../core/ports.ts';
import { createCards, type CardPorts, type Cards } from '../eid/card/cards.ts';
import { modulesToAsk } from '../eid/card/known-modules.ts';
import { hasCardSupport } from '../eid/card/support.ts';
import type { OpenDesk } from './open-desk.ts';
import { fromBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

export interface OfficeCardPorts extends Pick<CardPorts, 'spawn' | 'limits'> {
  readonly door: Pick<OpenDesk, 'get'>;
  readonly clock: Clock;
  readonly onChanged: () => void;
}

export function createOfficeCards({ door, ...ports }: OfficeCardPorts): Cards {
  const settings = () => {
    const desk = door.get();
    return desk.ok ? settingsOf(desk.value.archive) : null;
  };
  return createCards({
    ...ports,
    supported: hasCardSupport,
    modules() {
      const found = attempt(() => settings()?.get('cards'));
      if (!found.ok || found.value?.use !== true) return [];
      return modulesToAsk(found.value.modules, found.value.known);
    },
    anchors: () =>
      (settings()?.get('anchors') ?? []).flatMap((der) => {
        const parsed = parseCertificate(fromBase64(der));
        return parsed.ok ? [parsed.value] : [];
      }),
  });
}
