/** What the drivers answered, as one picture of the readers on this machine. Pure. */
import type { CardsView, CardView, DriverView, ReaderView } from '../../../shared/card.ts';
import type { Failure, Result } from '../../../shared/result.ts';
import type { Certificate } from '../../core/cms/certificate.ts';
import { certificatesOf, type CardCertificate } from './certificates.ts';
import type { FoundModule } from './known-modules.ts';
import type { Slot, Token } from './protocol.ts';

export interface DriverAnswer {
  readonly module: FoundModule;
  readonly slots: Result<readonly Slot[]>;
}

/** A certificate in a reader, with what it takes to sign with it. */
export interface InReader extends CardCertificate {
  readonly module: FoundModule;
  readonly slot: string;
  readonly token: Token;
}

export interface Picture {
  readonly view: CardsView;
  readonly certificates: ReadonlyMap<string, InReader>;
}

export function pictureOf(
  answers: readonly DriverAnswer[],
  anchors: readonly Certificate[],
  now: Date,
): Picture {
  const certificates = new Map<string, InReader>();
  const readers: ReaderView[] = [];
  for (const { module, slots } of answers)
    for (const slot of slots.ok ? slots.value : []) {
      const token = slot.token?.ok === true ? slot.token.value : null;
      const found = token === null ? [] : certificatesOf(token, anchors, now);
      // Two drivers may know one card: the first one keeps it.
      const fresh = found.filter(({ view }) => !certificates.has(view.id));
      if (token !== null)
        for (const each of fresh)
          certificates.set(each.view.id, { ...each, module, slot: slot.id, token });
      if (token !== null && found.length > 0 && fresh.length === 0) continue;
      readers.push({
        id: `${module.path}#${slot.id}`,
        driver: module.name,
        reader: slot.reader,
        card: token === null ? null : cardView(token, fresh),
        problem: slot.token?.ok === false ? slot.token.error.code : null,
      });
    }
  const shown = withoutEchoes(readers);
  const drivers = answers.map(({ module, slots }): DriverView => ({
    ...module,
    problem: slots.ok ? null : slots.error.code,
  }));
  return {
    certificates,
    view: { readers: shown, drivers, problem: problemOf(shown, drivers) },
  };
}

/** A reader that one driver sees a card in stands there once, not again as empty for each other driver. */
function withoutEchoes(readers: readonly ReaderView[]): readonly ReaderView[] {
  const says = ({ card }: ReaderView) => (card === null ? 0 : card.certificates.length > 0 ? 2 : 1);
  return readers.filter((one, index) =>
    readers.every(
      (other, place) =>
        other === one ||
        other.reader !== one.reader ||
        says(other) < says(one) ||
        (says(other) === says(one) && (says(one) > 0 || place > index)),
    ),
  );
}

function cardView(token: Token, certificates: readonly CardCertificate[]): CardView {
  const views = certificates.map(({ view }) => view);
  return {
    label: token.label,
    manufacturer: token.manufacturer,
    pinPad: token.pinPad,
    tries: token.tries,
    certificates: views,
    problem: cardProblem(token, views),
  };
}

function cardProblem(token: Token, certificates: CardView['certificates']): string | null {
  const [best] = certificates;
  if (best === undefined) return 'card.no-certificate';
  if (best.problem !== null)
    return /^card\.certificate-/.test(best.problem) ? best.problem : 'card.no-signing-certificate';
  if (token.loginRequired && !token.pinSet) return 'card.pin-not-set';
  return token.tries === 'none' ? 'card.locked' : null;
}

/** The fault that is nearest to a signature: with a card in a reader nobody needs to hear of drivers. */
function problemOf(readers: readonly ReaderView[], drivers: readonly DriverView[]): string | null {
  const cards = readers.flatMap(({ card }) => (card === null ? [] : [card]));
  if (cards.some(({ problem }) => problem === null)) return null;
  const nearest = cards.find(({ certificates }) => certificates.length > 0) ?? cards[0] ?? null;
  if (nearest !== null) return nearest.problem;
  const broken = drivers.find(({ problem }) => problem !== null)?.problem ?? null;
  if (drivers.length === 0) return 'card.no-driver';
  const unreadable = readers.find(({ problem }) => problem !== null)?.problem ?? null;
  if (unreadable !== null) return unreadable;
  if (broken !== null) return broken;
  return readers.length === 0 ? 'card.no-reader' : 'card.no-card';
}

export function failureOf(code: string): Failure {
  return { code, message: 'The card cannot sign.' };
}
