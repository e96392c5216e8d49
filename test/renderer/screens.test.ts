/** The list of screens knows every screen there is: what is not in it is looked at by nobody. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { screens, settingsSections } from '../e2e/support/screens.ts';
import { root } from '../support/cli.ts';
import type { Over, Step } from '../../renderer/features/kiosk/store.ts';
import type { Screen } from '../e2e/support/screens.ts';

const source = (path: string) => readFileSync(join(root, 'renderer', path), 'utf8');
const components = globSync('{app,features}/**/*.tsx', { cwd: join(root, 'renderer') });

/** A screen by its name, by what it opens over another, or by what it calls the window. */
const named = /-(page|dialog|section|step|screen|part|view|card|notice)\.tsx$/;
const opens = /<(Dialog|AskDialog|Overlay|OwnFrame|Frame|WindowTitle)\b/;

const kioskScreens: Readonly<Record<Step | Over, Screen>> = {
  ...{ who: 'kiosk-1-who', read: 'kiosk-2-read', fill: 'fields-kiosk-text' },
  ...{ confirm: 'kiosk-3-confirm', sign: 'kiosk-4-sign-drawn', done: 'kiosk-5-done' },
  ...{ stop: 'kiosk-2-stop', decline: 'kiosk-3-decline', where: 'kiosk-2-where' },
  ...{ language: 'kiosk-language', 'other-way': 'kiosk-2-other-way', accessibility: 'kiosk-about' },
};

describe('the list of screens', () => {
  const listed = new Set(Object.values(screens).flat());

  it('names every page, dialog, step, section and part of the program', () => {
    const isScreen = (path: string) => named.test(path) || opens.test(source(path));
    const found = components.filter(isScreen).map((path) => path.replace(/\.tsx$/, ''));
    expect(found.length).toBeGreaterThan(100);
    expect(found.filter((path) => !listed.has(path))).toEqual([]);
  });

  it('names no component that is not there, and each once', () => {
    const there = new Set(components.map((path) => path.replace(/\.tsx$/, '')));
    expect([...listed].filter((path) => !there.has(path))).toEqual([]);
    expect(Object.values(screens).flat()).toHaveLength(listed.size);
  });

  it('has the sections of the settings in the order of their menu', () => {
    const [registry = ''] =
      /const sections = \[[^]*?\] as const;/.exec(source('features/settings/settings.tsx')) ?? [];
    expect([...registry.matchAll(/id: '([a-z]+)'/g)].map(([, id]) => id)).toEqual(settingsSections);
  });

  it('has what the kiosk’s own list of steps, and of what lies over them, demands', () => {
    // That none is left out of these is the compiler’s to say.
    for (const screen of Object.values(kioskScreens)) expect(screens).toHaveProperty(screen);
  });
});
