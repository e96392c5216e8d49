import { afterAll, describe, expect, it } from 'vitest';
import {
  addPassphraseSlot,
  addStoreSlot,
  createSlots,
  passphraseHolders,
  removePassphraseSlot,
  replaceRecoverySlot,
  unlockWithPassphrase,
  unlockWithRecoveryCode,
  unlockWithStore,
} from '../../electron/archive/keys.ts';
import { openArchive } from '../../electron/archive/open-archive.ts';
import { makeRecoveryCode } from '../../electron/archive/recovery-code.ts';
import { unwrap } from '../../shared/result.ts';
import { cleanUp, created, newScene, random } from './scene.ts';

afterAll(cleanUp);

const cheap = { memory: 64, passes: 1, lanes: 1 };
const kari = { user: 'u1', name: 'Kari Nordmann' };

async function lockedScene() {
  const scene = newScene();
  const code = makeRecoveryCode(random);
  unwrap(createSlots(scene.home, scene.key, random));
  unwrap(await addPassphraseSlot(scene.home, scene.key, kari, 'blå øy', random, cheap));
  unwrap(replaceRecoverySlot(scene.home, scene.key, code, random));
  created(scene).close();
  return { ...scene, code };
}

describe('slots', () => {
  it('give the key for the passphrase, by id and by name, in either Unicode form', async () => {
    const { home, key } = await lockedScene();
    expect(unwrap(await unlockWithPassphrase(home, 'u1', 'blå øy'))).toEqual(key);
    expect(unwrap(await unlockWithPassphrase(home, 'kari nordmann ', 'bla\u030a øy'))).toEqual(key);
    expect(passphraseHolders(home)).toEqual({ ok: true, value: [kari] });
  });

  it('refuse a wrong passphrase and an unknown user by different codes', async () => {
    const { home } = await lockedScene();
    expect(await unlockWithPassphrase(home, 'u1', 'Blå øy')).toMatchObject({
      error: { code: 'archive.wrong-passphrase' },
    });
    expect(await unlockWithPassphrase(home, 'u2', 'blå øy')).toMatchObject({
      error: { code: 'archive.no-such-user' },
    });
  });

  it('give the key for the recovery code as somebody types it, and only for the newest', async () => {
    const { home, key, code } = await lockedScene();
    const typed = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o');
    expect(unwrap(unlockWithRecoveryCode(home, typed))).toEqual(key);
    unwrap(replaceRecoverySlot(home, key, makeRecoveryCode(random), random));
    expect(unlockWithRecoveryCode(home, code)).toMatchObject({
      error: { code: 'archive.wrong-recovery-code' },
    });
    const slip = code.startsWith('A') ? `B${code.slice(1)}` : `A${code.slice(1)}`;
    expect(unlockWithRecoveryCode(home, slip)).toMatchObject({
      error: { code: 'archive.mistyped-recovery-code' },
    });
  });

  it('let the store of this machine in, and no other', async () => {
    const { home, key } = await lockedScene();
    const flip = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 0x5a);
    unwrap(addStoreSlot(home, key, { name: 'pc-1', wrap: flip, unwrap: flip }));
    expect(unwrap(unlockWithStore(home, { name: 'pc-1', unwrap: flip }))).toEqual(key);
    expect(unlockWithStore(home, { name: 'pc-2', unwrap: flip })).toMatchObject({
      error: { code: 'archive.no-store-slot' },
    });
  });

  it('change a passphrase without the old one working on, and keep the last way in', async () => {
    const { home, key } = await lockedScene();
    unwrap(await addPassphraseSlot(home, key, kari, 'ny frase', random, cheap));
    expect((await unlockWithPassphrase(home, 'u1', 'blå øy')).ok).toBe(false);
    expect(unwrap(await unlockWithPassphrase(home, 'u1', 'ny frase'))).toEqual(key);
    unwrap(removePassphraseSlot(home, 'u1'));
    expect(passphraseHolders(home)).toEqual({ ok: true, value: [] });

    const alone = newScene();
    unwrap(createSlots(alone.home, alone.key, random));
    unwrap(await addPassphraseSlot(alone.home, alone.key, kari, 'x', random, cheap));
    expect(removePassphraseSlot(alone.home, 'u1')).toMatchObject({
      error: { code: 'archive.last-slot' },
    });
  });

  it('of one archive do not open with the key of another', async () => {
    const { home } = await lockedScene();
    const other = newScene();
    expect(await addPassphraseSlot(home, other.key, kari, 'x', random, cheap)).toMatchObject({
      error: { code: 'archive.wrong-key' },
    });
    expect(openArchive({ ...other, home })).toMatchObject({ error: { code: 'archive.wrong-key' } });
  });
});
