/** The office's logo and colour: what is taken, what is refused, and who is shown it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { setUp, startDesk, type Client, type TestDesk } from '../support/desk.ts';

let desk: TestDesk;
let admin: Client;
beforeAll(async () => {
  desk = startDesk();
  admin = desk.visit();
  await setUp(admin);
});
afterAll(() => desk.close());

/** Signature and IHDR alone. */
function png(width: number, height: number, length = 64): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  return bytes;
}

it('is shown to whoever stands at a screen, and kept where only one part is given', async () => {
  expect(await desk.visit().call('office.look', {})).toEqual({ logo: null, colour: null });
  const logo = png(200, 80);
  await admin.call('settings.putLook', { logo, colour: '#14324f' });
  const kept = { logo: Buffer.from(logo).toString('base64'), colour: '#14324f' };
  expect(await desk.visit().call('office.look', {})).toEqual(kept);
  await admin.call('settings.putLook', { colour: null });
  expect(await admin.call('office.look', {})).toEqual({ ...kept, colour: null });
  await admin.call('settings.putLook', { logo: null, colour: null });
  expect(await admin.call('office.look', {})).toEqual({ logo: null, colour: null });
});

it('refuses what nobody could read or what is no picture, and changes nothing', async () => {
  await admin.call('settings.putLook', { logo: png(10, 10), colour: '#14324f' });
  const before = await admin.call('office.look', {});
  const svg = new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
  const cases = [
    [{ colour: '#ffe600' }, 'look.colour'],
    [{ logo: svg, colour: null }, 'look.not-png'],
    [{ logo: new Uint8Array(0), colour: null }, 'look.not-png'],
    [{ logo: png(2001, 10), colour: null }, 'look.too-large'],
    [{ logo: png(0, 10), colour: null }, 'look.too-large'],
    [{ logo: png(10, 10, 513 * 1024), colour: null }, 'look.too-large'],
  ] as const;
  for (const [input, code] of cases)
    expect((await admin.refusal('settings.putLook', input)).code).toBe(code);
  expect((await admin.refusal('settings.putLook', { colour: 'red' })).code).toBe('rpc.invalid');
  expect(await admin.call('office.look', {})).toEqual(before);
});
