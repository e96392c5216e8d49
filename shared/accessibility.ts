/**
 * How far Skranke meets WCAG 2.2 level A and AA, and clause 5.1 of EN 301 549 where the kiosk is closed.
 * The screen, the downloads and the register say what stands here; `test/shared/accessibility.test.ts` keeps
 * it true: what is supported names the check that proves it, what is not names its reason.
 */

/** When somebody last went through every line below. */
export const assessed = '2026-11-27';

export const standard = { wcag: 'WCAG 2.2', level: 'AA', en: 'EN 301 549 V3.2.1' } as const;

/** A file of checks, and the name, or the fixed part of the name, of one in it. */
export type Proof = readonly [file: string, title: string];

export type Standing =
  | { readonly status: 'supported'; readonly proof: Proof }
  | { readonly status: 'partly' | 'not' | 'inapplicable'; readonly reason: string };
export type Status = Standing['status'];

export interface Criterion {
  readonly number: string;
  readonly level: 'A' | 'AA';
  readonly desk: Standing;
  readonly kiosk: Standing;
}

export interface Clause {
  /** Of EN 301 549; `key` names its words. */
  readonly number: string;
  readonly key: string;
  readonly kiosk: Standing;
}

const checks = {
  keyboard: ['test/e2e/keyboard.spec.ts', 'the main job by keyboard alone'],
  reader: ['test/e2e/screen-reader.spec.ts', 'the main job by the screen reader’s tree'],
  errors: ['test/e2e/screen-reader.spec.ts', 'an error is tied to its field, and said'],
  deskEnlarged: ['test/e2e/zoom.spec.ts', 'the desk, enlarged'],
  kioskEnlarged: ['test/e2e/zoom.spec.ts', 'the kiosk, enlarged'],
  sections: ['test/e2e/desk-screens.spec.ts', 'the archive and every section of the settings'],
  english: ['test/e2e/desk-screens.spec.ts', 'English, 200 % zoom, and back to the locked screen'],
  preparing: ['test/e2e/screens.spec.ts', 'preparing a job'],
  counter: ['test/e2e/screens.spec.ts', 'the counter'],
  tongues: ['test/e2e/session.spec.ts', 'English: the desk in the clerk’s language'],
  palette: ['test/e2e/follow-up.spec.ts', 'everything at the desk is reached by keys'],
  leaving: ['test/e2e/endings.spec.ts', 'stopping without signing leaves the job waiting'],
  idle: ['test/e2e/endings.spec.ts', 'nobody there: a warning, then the screen is wiped'],
  words: ['test/renderer/house-words.test.ts', 'name one thing by one word (%s)'],
  failures: ['test/renderer/i18n.test.ts', 'says what happened, what it means and what to do (%s)'],
  still: ['test/renderer/senses.test.ts', 'move nothing without end but the sign of waiting'],
  released: ['test/renderer/senses.test.ts', 'act at the kiosk when a button is let go'],
  letters: ['test/renderer/senses.test.ts', 'grow their letters at the kiosk to 32 and 40 px'],
  upright: ['test/renderer/senses.test.ts', 'turn with the screen, whichever way it is held'],
} as const satisfies Readonly<Record<string, Proof>>;

const yes = (check: keyof typeof checks): Standing => ({
  status: 'supported',
  proof: checks[check],
});
const partly = (reason: string): Standing => ({ status: 'partly', reason });
const no = (reason: string): Standing => ({ status: 'not', reason });
const none = (reason: string): Standing => ({ status: 'inapplicable', reason });
const a = (number: string, desk: Standing, kiosk: Standing): Criterion => ({
  ...{ number, level: 'A', desk, kiosk },
});
const aa = (number: string, desk: Standing, kiosk: Standing): Criterion => ({
  ...{ number, level: 'AA', desk, kiosk },
});

export const criteria: readonly Criterion[] = [
  a('1.1.1', partly('papers'), partly('papers')),
  a('1.2.1', none('noMedia'), none('noMedia')),
  a('1.2.2', none('noMedia'), none('noMedia')),
  a('1.2.3', none('noMedia'), none('noMedia')),
  aa('1.2.4', none('noMedia'), none('noMedia')),
  aa('1.2.5', none('noMedia'), none('noMedia')),
  a('1.3.1', partly('papers'), partly('papers')),
  a('1.3.2', partly('papers'), partly('papers')),
  a('1.3.3', partly('unproven'), partly('unproven')),
  aa('1.3.4', yes('upright'), yes('counter')),
  aa('1.3.5', partly('someFields'), partly('publicScreen')),
  a('1.4.1', yes('reader'), yes('reader')),
  a('1.4.2', none('noMedia'), none('askedFor')),
  aa('1.4.3', yes('sections'), yes('counter')),
  aa('1.4.4', yes('deskEnlarged'), yes('kioskEnlarged')),
  aa('1.4.5', partly('papers'), partly('papers')),
  aa('1.4.10', yes('deskEnlarged'), yes('kioskEnlarged')),
  aa('1.4.11', partly('unmeasured'), partly('unmeasured')),
  aa('1.4.12', yes('deskEnlarged'), yes('kioskEnlarged')),
  aa('1.4.13', partly('unproven'), none('noHover')),
  a('2.1.1', yes('keyboard'), yes('keyboard')),
  a('2.1.2', yes('keyboard'), yes('keyboard')),
  a('2.1.4', partly('questionMark'), none('noShortcuts')),
  a('2.2.1', partly('lock'), yes('idle')),
  a('2.2.2', yes('still'), yes('still')),
  a('2.3.1', yes('still'), yes('still')),
  a('2.4.1', yes('reader'), yes('reader')),
  a('2.4.2', yes('reader'), yes('reader')),
  a('2.4.3', yes('keyboard'), yes('keyboard')),
  a('2.4.4', yes('reader'), none('noLinks')),
  aa('2.4.5', yes('palette'), none('oneWay')),
  aa('2.4.6', yes('reader'), yes('reader')),
  aa('2.4.7', yes('keyboard'), yes('keyboard')),
  aa('2.4.11', partly('underneath'), partly('underneath')),
  a('2.5.1', none('noGestures'), yes('counter')),
  a('2.5.2', partly('pressedDown'), yes('released')),
  a('2.5.3', partly('unproven'), partly('unproven')),
  a('2.5.4', none('noMotion'), none('noMotion')),
  aa('2.5.7', partly('dragged'), yes('counter')),
  aa('2.5.8', yes('sections'), yes('counter')),
  a('3.1.1', yes('english'), yes('tongues')),
  aa('3.1.2', partly('dates'), partly('papers')),
  a('3.2.1', yes('keyboard'), yes('keyboard')),
  a('3.2.2', yes('keyboard'), yes('keyboard')),
  aa('3.2.3', yes('english'), yes('reader')),
  aa('3.2.4', yes('words'), yes('words')),
  a('3.2.6', partly('unproven'), partly('unproven')),
  a('3.3.1', yes('errors'), yes('counter')),
  a('3.3.2', yes('reader'), yes('reader')),
  aa('3.3.3', yes('failures'), yes('failures')),
  aa('3.3.4', yes('preparing'), yes('leaving')),
  a('3.3.7', partly('unproven'), partly('writtenName')),
  aa('3.3.8', partly('codes'), partly('others')),
  a('4.1.2', yes('reader'), yes('reader')),
  aa('4.1.3', yes('reader'), yes('reader')),
];

/** A kiosk on which nobody can start a screen reader of their own: clause 5.1 of the standard. */
export const clauses: readonly Clause[] = [
  { number: '5.1.2.1', key: 'general', kiosk: partly('blindHelp') },
  { number: '5.1.2.2', key: 'assistive', kiosk: partly('ownAids') },
  { number: '5.1.3.1', key: 'withoutVision', kiosk: no('blind') },
  { number: '5.1.3.2', key: 'speech', kiosk: no('blind') },
  { number: '5.1.3.3', key: 'correlation', kiosk: partly('pagesOnly') },
  { number: '5.1.3.4', key: 'speechControl', kiosk: partly('stopsOnly') },
  { number: '5.1.3.5', key: 'interruption', kiosk: partly('stopsOnly') },
  { number: '5.1.3.6', key: 'nonText', kiosk: no('blind') },
  { number: '5.1.3.7', key: 'video', kiosk: none('noMedia') },
  { number: '5.1.3.8', key: 'masked', kiosk: no('blind') },
  { number: '5.1.3.9', key: 'private', kiosk: no('noHeadphones') },
  { number: '5.1.3.10', key: 'otherSound', kiosk: none('noMedia') },
  { number: '5.1.3.11', key: 'privateVolume', kiosk: no('volume') },
  { number: '5.1.3.12', key: 'volume', kiosk: no('volume') },
  { number: '5.1.3.13', key: 'volumeReset', kiosk: no('volume') },
  { number: '5.1.3.14', key: 'spokenLanguage', kiosk: partly('voices') },
  { number: '5.1.3.15', key: 'spokenErrors', kiosk: no('blind') },
  { number: '5.1.3.16', key: 'spokenReceipt', kiosk: no('blind') },
  { number: '5.1.4', key: 'textSize', kiosk: yes('letters') },
  { number: '5.1.5', key: 'soundWithoutHearing', kiosk: yes('counter') },
  { number: '5.1.6.1', key: 'withoutKeys', kiosk: yes('counter') },
  { number: '5.1.6.2', key: 'keyFocus', kiosk: yes('keyboard') },
  { number: '5.1.7', key: 'withoutSpeech', kiosk: yes('counter') },
];

/** What a signer is told at the kiosk: by key of `kiosk.about`, each with the lines above it rests on. */
export const shortVersion: readonly {
  readonly key: string;
  readonly holds: boolean;
  readonly rests: readonly string[];
}[] = [
  { key: 'size', holds: true, rests: ['5.1.4', '1.4.4'] },
  { key: 'colours', holds: true, rests: ['1.4.3'] },
  { key: 'keys', holds: true, rests: ['2.1.1', '5.1.6.2'] },
  { key: 'time', holds: true, rests: ['2.2.1'] },
  { key: 'typed', holds: true, rests: ['2.5.7'] },
  { key: 'blind', holds: false, rests: ['5.1.3.1'] },
  { key: 'aloud', holds: false, rests: ['5.1.3.3', '5.1.3.14'] },
  { key: 'papers', holds: false, rests: ['1.1.1'] },
];

/** Everything that does not hold to the full, once for each reason, with the numbers it touches. */
export function shortcomings(): readonly {
  readonly reason: string;
  readonly numbers: readonly string[];
}[] {
  const found = new Map<string, Set<string>>();
  const note = (number: string, standing: Standing, wanted: Status) => {
    if (standing.status !== wanted || !('reason' in standing)) return;
    const numbers = found.get(standing.reason) ?? new Set();
    found.set(standing.reason, numbers.add(number));
  };
  // What does not hold at all comes first.
  for (const wanted of ['not', 'partly'] as const) {
    for (const { number, kiosk } of clauses) note(number, kiosk, wanted);
    for (const { number, desk, kiosk } of criteria) {
      note(number, desk, wanted);
      note(number, kiosk, wanted);
    }
  }
  return [...found].map(([reason, numbers]) => ({ reason, numbers: [...numbers] }));
}

/** The sentence at the top: only what holds everywhere is compliant. */
export function overall(): 'full' | 'partly' {
  return shortcomings().length === 0 ? 'full' : 'partly';
}
