/**
 * What the locked screen shows before anybody has signed in: the office and who works there. It
 * stands beside the archive in the clear and says nothing of signers or jobs.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { SessionView } from '../../shared/rpc/views.ts';
import { writeWholeFile } from '../adapters/whole-file.ts';
import type { Desk } from './desk.ts';
import { sealOf } from './seal.ts';
import { settingsOf } from './settings-store.ts';

const profileShape = z.object({
  organisation: z
    .object({ name: z.string(), number: z.string(), sector: z.enum(['public', 'private']) })
    .nullable(),
  users: z.array(z.object({ id: z.string(), name: z.string() })),
  language: z.enum(['nb', 'nn', 'en']),
  trialSeal: z.boolean(),
  idleSeconds: z.number(),
  lockMinutes: z.number().default(15),
});

export type Profile = Pick<
  SessionView,
  'organisation' | 'users' | 'language' | 'trialSeal' | 'idleSeconds' | 'lockMinutes'
>;

export const emptyProfile: Profile = {
  organisation: null,
  users: [],
  language: 'nb',
  trialSeal: false,
  idleSeconds: 120,
  lockMinutes: 15,
};

export function profileOf(desk: Pick<Desk, 'archive'>): Profile {
  const settings = settingsOf(desk.archive);
  return {
    organisation: settings.get('organisation'),
    users: desk.archive
      .users()
      .filter((user) => user.active)
      .map(({ id, name }) => ({ id, name })),
    language: settings.get('language'),
    trialSeal: sealOf(desk)?.trial ?? false,
    idleSeconds: settings.get('kiosk').idleSeconds,
    lockMinutes: settings.get('lock').minutes,
  };
}

/** Damaged or missing: the locked screen then asks for the user's name and shows no list. */
export function readProfile(home: string): Profile {
  const path = join(home, 'profile.json');
  if (!existsSync(path)) return emptyProfile;
  try {
    const parsed = profileShape.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : emptyProfile;
  } catch {
    return emptyProfile;
  }
}

export function writeProfile(home: string, profile: Profile): void {
  writeWholeFile(join(home, 'profile.json'), JSON.stringify(profile));
}
