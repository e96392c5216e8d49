import { describe, expect, it } from 'vitest';
import { confirmationFor } from '../../electron/desk/confirmation.ts';
import { markLines, timeLine, zoneOffset } from '../../electron/desk/mark-lines.ts';
import { emptySpec } from '../../shared/job/job.ts';
import { aSigner } from '../support/desk.ts';

const winter = new Date('2026-11-24T09:41:30Z');
const summer = new Date('2026-07-01T21:05:00Z');

describe('the lines beside a mark', () => {
  it('tell the time as the language writes it, with the zone', () => {
    expect(timeLine(winter, 'Europe/Oslo', 'nb')).toBe(
      '24. november 2026 kl. 10.41 (CET/UTC+01:00)',
    );
    expect(timeLine(winter, 'Europe/Oslo', 'nn')).toBe(
      '24. november 2026 kl. 10.41 (CET/UTC+01:00)',
    );
    expect(timeLine(summer, 'Europe/Oslo', 'nb')).toBe('1. juli 2026 kl. 23.05 (CEST/UTC+02:00)');
    expect(timeLine(winter, 'Europe/Oslo', 'en')).toBe('24 November 2026 at 10:41 (CET/UTC+01:00)');
    expect(timeLine(winter, 'UTC', 'en')).toBe('24 November 2026 at 09:41 (UTC+00:00)');
    expect(timeLine(winter, 'Asia/Kolkata', 'en')).toContain('at 15:11 (UTC+05:30)');
    expect(timeLine(winter, 'America/St_Johns', 'nb')).toContain('kl. 06.11 (UTC-03:30)');
    // Midnight is the first hour of a day, not the 24th of the one before.
    expect(timeLine(new Date('2026-11-23T23:05:00Z'), 'Europe/Oslo', 'nb')).toContain('kl. 00.05');
  });

  it('give the offset that stands in the signature', () => {
    expect(zoneOffset(winter, 'Europe/Oslo')).toBe(60);
    expect(zoneOffset(summer, 'Europe/Oslo')).toBe(120);
    expect(zoneOffset(winter, 'UTC')).toBe(0);
    expect(zoneOffset(winter, 'America/St_Johns')).toBe(-210);
  });

  it('name the signer as the job wants it, and for whom', () => {
    const kari = aSigner('Kari Bø', 0, {
      ...{ role: 'guardian', onBehalfOf: 'OTHER', forWhom: 'Lise Bø', title: 'Leietaker' },
      nationalId: '01018012345',
    });
    const lines = (identifierInDocument: typeof emptySpec.identifierInDocument) =>
      markLines({ spec: { ...emptySpec, identifierInDocument } }, kari, winter, 'Europe/Oslo');
    expect(lines('NAME')).toEqual([
      'Kari Bø',
      '24. november 2026 kl. 10.41 (CET/UTC+01:00)',
      'Leietaker, Verge for Lise Bø',
    ]);
    expect(lines('BIRTH_DATE_AND_NAME')[0]).toBe('Kari Bø, 010180');
    expect(lines('NATIONAL_ID_AND_NAME')[0]).toBe('Kari Bø, 010180 12345');
    const plain = markLines({ spec: emptySpec }, aSigner('A', 0, { title: '' }), winter, 'UTC');
    expect(plain).toHaveLength(2);
  });
});

describe('the sentence to confirm', () => {
  it('has a version and a hash of exactly the words that are shown, in three languages', () => {
    const texts = (['nb', 'nn', 'en'] as const).map((language) =>
      confirmationFor(aSigner('Kari $& Bø', 0, { language })),
    );
    expect(new Set(texts.map(({ sha256 }) => sha256)).size).toBe(3);
    expect(texts.map(({ version }) => version)).toEqual(['nb-1', 'nn-1', 'en-1']);
    for (const { text } of texts) {
      expect(text).toContain('Kari $& Bø');
      expect(text).not.toMatch(/[{}]/);
    }
    const forLise = confirmationFor(aSigner('Kari', 0, { onBehalfOf: 'OTHER', forWhom: 'Lise' }));
    expect(forLise.text).toContain('på vegne av Lise');
  });
});
