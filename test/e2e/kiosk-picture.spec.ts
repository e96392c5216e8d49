/** Signing by a picture of the name: turned on by the office, brought at the counter, shown where it will stand. */
import { deflateSync, crc32 } from 'node:zlib';
import { button, handOver, openJob, openSettings } from './support/clerk.ts';
import { expect, test } from './support/host.ts';
import { look, picture } from './support/look.ts';
import { seedDesk, seedJob } from './support/seed.ts';
import { confirm, readToTheEnd, sayWho, signNow } from './support/signer.ts';

/** A photograph of a wave in ink on grey paper, as PNG (ISO/IEC 15948). */
function photograph(width: number, height: number): Buffer {
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y += 1) {
    const row = Buffer.alloc(1 + width * 3, 0xc0);
    row[0] = 0;
    for (let x = 0; x < width; x += 1) {
      const wave = height / 2 + Math.sin(x / 18) * height * 0.22 * (1 - x / (2 * width));
      const far = Math.abs(y - wave);
      if (x > 30 && x < width - 30 && far < 4) row.set([0x20, 0x30, 0x60], 1 + x * 3);
    }
    rows.push(row);
  }
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const whole = Buffer.alloc(body.length + 8);
    whole.writeUInt32BE(data.length, 0);
    body.copy(whole, 4);
    whole.writeUInt32BE(crc32(body), body.length + 4);
    return whole;
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('a picture of the name is the mark where the office takes one', async ({ desk }) => {
  const { page } = desk;
  await seedDesk(desk);
  const title = 'Leieavtale, rom 12';
  const { job } = await seedJob(desk, title, ['Kari Nordmann']);
  await openSettings(page, 'Publikumsskjerm');
  const part = page.locator('form', { has: page.getByText('Ta imot et bilde av signaturen') });
  await part.getByLabel('Ta imot et bilde av signaturen').check();
  await button(part, 'Lagre').click();
  await expect.poll(async () => (await desk.call('settings.get', {})).imageMarks).toBe(true);
  await openJob(page, 'Venter', title);
  await handOver(page, 'Kari Nordmann');
  await sayWho(desk.page, 'Kari Nordmann');
  await readToTheEnd(desk.page);
  await confirm(desk.page);
  const kiosk = desk.page;
  await picture(kiosk, 'kiosk-picture-offered');
  await button(kiosk, 'Bruk et bilde').click();
  await expect(button(kiosk, 'Signer')).toHaveAttribute('aria-disabled', 'true');
  const give = async (name: string, buffer: Buffer) => {
    const choosing = kiosk.waitForEvent('filechooser');
    await button(kiosk, /^Velg (eller ta et|et annet) bilde$/).click();
    await (await choosing).setFiles({ name, mimeType: 'image/png', buffer });
  };
  await give('ikke-et-bilde.png', Buffer.from('ikke et bilde'));
  await expect(kiosk.getByRole('alert')).toBeVisible();
  await give('navn.png', photograph(600, 240));
  await expect(kiosk.getByRole('img', { name: 'Bildet av signaturen din' })).toBeVisible();
  await expect(kiosk.getByRole('alert')).toHaveCount(0);
  await expect(kiosk.locator('.k-mark image').first()).toBeAttached();
  await look(kiosk, 'kiosk-picture', { also: ['tablet', 'lying', 'phone'] });
  await signNow(kiosk);
  await button(kiosk, 'Ferdig').click();
  await expect(button(desk.page, 'Ansatt')).toBeVisible();
  await desk.call('session.resume', { pin: '4821' });
  const { events } = await desk.call('job.get', { job });
  const signed = events.find(({ event }) => event.type === 'signed')?.event;
  expect(signed).toMatchObject({ type: 'signed', mark: 'image' });
});
