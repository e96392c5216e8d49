/** Whoever has nothing but the exported folder can tell whether the log is the one that was kept. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkEvidence, hashOf } from '../support/check-evidence.ts';
import {
  aSigner,
  makeDraft,
  setUp,
  signAtKiosk,
  startAuthority,
  startDesk,
  until,
  type TestAuthority,
  type TestDesk,
} from '../support/desk.ts';

const nationalId = '01818000010';
type Evidence = Parameters<typeof checkEvidence>[0];

let desk: TestDesk;
let authority: TestAuthority;
let text = '';
let pdf = '';
const folder = mkdtempSync(join(tmpdir(), 'skranke-evidence-'));

beforeAll(async () => {
  authority = await startAuthority();
  desk = startDesk();
  const clerk = desk.visit();
  await setUp(clerk);
  await clerk.call('settings.timestamps', { authorities: [{ url: authority.timestamps.url }] });
  const made = await makeDraft(clerk, [
    aSigner('Kari Nordmann', 0, { nationalId }),
    aSigner('Ola Nordmann', 1),
  ]);
  await clerk.call('job.open', { job: made.job });
  for (const { id } of made.signers) {
    // Another job's events stand between this one's.
    await clerk.call('job.create', { spec: { title: 'Noe annet' } });
    await signAtKiosk(clerk, made.job, id);
  }
  await until(async () => (await clerk.call('job.get', { job: made.job })).job.state === 'sealed');
  await clerk.call('export.save', { jobs: [made.job], folder });
  const [name = ''] = readdirSync(folder).filter((each) => !each.endsWith('.json'));
  text = readFileSync(join(folder, name, 'evidence.json'), 'utf8');
  pdf = readFileSync(join(folder, name, 'document-1.pdf'), 'latin1');
});
afterAll(async () => {
  await desk.close();
  await authority.timestamps.close();
  rmSync(folder, { recursive: true, force: true });
});

const evidence = () => JSON.parse(text) as Evidence & { readonly events: Writable[] };
type Writable = {
  -readonly [K in keyof Evidence['events'][number]]: Evidence['events'][number][K];
};

describe('an exported log', () => {
  it('is recomputed from the export alone', () => {
    const { events } = evidence();
    const types = events.map(({ event }) => event.type);
    expect(types.filter((type) => type === 'signed')).toHaveLength(2);
    expect(types.at(-1)).toBe('sealed');
    expect(checkEvidence(evidence())).toEqual([]);
    // Not because nothing lies between.
    expect(events.some(({ seq }, index) => seq > (events[index - 1]?.seq ?? 0) + 1)).toBe(true);
  });

  it('is bound to the signed PDF, which holds the hash of evidence that names the log', () => {
    for (const { event } of evidence().events)
      if (event.type === 'signed')
        expect(pdf.toLowerCase()).toContain(String(event['evidenceHash']));
  });

  it('shows no national identity number and no way to try one out', () => {
    expect(text).not.toContain(nationalId);
    expect(text).toContain('018180*****');
    const masked = evidence().events.filter(({ hidden }) => hidden !== '00'.repeat(32));
    expect(masked.map(({ event }) => event.type)).toEqual(['edited']);
    expect(text).not.toMatch(/"whole"/);
  });

  it.each<[string, (events: Writable[]) => void, RegExp]>([
    [
      'a changed word',
      (events) => void (events[1] = changed(events[1])),
      /event 2: it is not what/,
    ],
    ['a changed time', (events) => void (at(events, 2).at = '2020-01-01T00:00:00.000Z'), /event 3/],
    ['another person', (events) => void (at(events, 3).actor = 'system'), /event 4/],
    ['an event left out', (events) => void events.splice(4, 1), /event 5: an event is missing/],
    [
      'two events exchanged',
      (events) => void events.splice(2, 2, at(events, 3), at(events, 2)),
      /event 3/,
    ],
    [
      'the first events left out',
      (events) => void events.splice(0, 2),
      /event 1: an event is missing/,
    ],
  ])('does not bear %s', (_what, change, expected) => {
    const tampered = evidence();
    change(tampered.events);
    expect(checkEvidence(tampered).join('\n')).toMatch(expected);
  });

  it('does not bear a log written anew from somewhere on, hashes and all', () => {
    const tampered = evidence();
    // Everything before the first signature is another story, told by somebody who can compute hashes.
    const forged = rehashed(tampered, 1);
    expect(checkEvidence(forged)).toEqual([
      expect.stringMatching(/what was signed speaks of another log/),
      expect.stringMatching(/what was signed speaks of another log/),
    ]);
  });
});

function at(events: Writable[], index: number): Writable {
  const event = events[index];
  if (event === undefined) throw new Error(`no event ${index}`);
  return event;
}

function changed(event: Writable | undefined): Writable {
  if (event === undefined) throw new Error('no event');
  return { ...event, event: { ...event.event, addedLater: true } };
}

/** As a forger would: with the checker's own complaint as the guide to the right hash. */
function rehashed(evidence: Evidence & { events: Writable[] }, from: number) {
  const forged = { ...evidence, events: evidence.events.map((each) => ({ ...each })) };
  at(forged.events, from).at = '2020-01-01T00:00:00.000Z';
  forged.events.forEach((each, index) => {
    if (index < from) return;
    each.hash = hashOf(forged, index);
    const next = forged.events[index + 1];
    if (next?.seq === each.seq + 1) next.prev = each.hash;
  });
  return forged;
}
