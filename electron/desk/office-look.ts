/** The office's logo and colour, on its kiosks and receipts. Pixels only: a drawing could carry a script. */
import { attempt, fail, ok, type Result } from '../../shared/result.ts';
import { isReadable, type OfficeLook } from '../../shared/office-look.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import { readMarkImage } from '../core/pdf/appearance-image.ts';
import type { PaperLook } from '../paper/proof-pages.ts';
import type { Desk } from './desk.ts';
import { fromBase64, toBase64 } from './seal.ts';
import { settingsOf } from './settings-store.ts';

const longest = 512 * 1024;
/** Pixels on a side: enough for a screen, too few to fill a tablet's memory. */
const widest = 2000;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

export function officeLook(desk: Pick<Desk, 'archive'>): OfficeLook {
  return settingsOf(desk.archive).get('look');
}

/** The same for what is printed. */
export function paperLook(desk: Pick<Desk, 'archive'>): PaperLook {
  const { logo, colour } = officeLook(desk);
  // A picture that no reader of ours can open is left to screens.
  const read = logo === null ? null : attempt(() => readMarkImage(fromBase64(logo)));
  const part = (at: number) => parseInt((colour ?? '').slice(at, at + 2), 16);
  return {
    logo: read?.ok === true ? read.value : null,
    colour: colour === null ? null : [part(1), part(3), part(5)],
  };
}

export function putLook(
  desk: Desk,
  { logo, colour }: ParsedOf<'settings.putLook'>,
  actor: string,
): Result<null> {
  if (colour !== null && !isReadable(colour))
    return fail('look.colour', 'Light words cannot be read on that colour.');
  if (logo !== undefined && logo !== null) {
    const problem = problemOf(logo);
    if (problem !== null) return problem;
  }
  const settings = settingsOf(desk.archive);
  const before = settings.get('look');
  // Absent: as it was.
  const kept = logo === undefined ? before.logo : logo === null ? null : toBase64(logo);
  settings.put('look', { logo: kept, colour }, actor);
  return ok(null);
}

/** PNG (ISO/IEC 15948, 5.2 and 11.2.2): the signature, then IHDR with the size. */
function problemOf(bytes: Uint8Array): Result<never> | null {
  if (bytes.length > longest) return fail('look.too-large', 'The picture is too large.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isPng =
    bytes.length > 33 &&
    signature.every((byte, at) => bytes[at] === byte) &&
    view.getUint32(12) === 0x49484452;
  if (!isPng) return fail('look.not-png', 'The picture is no PNG.');
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  return width === 0 || height === 0 || width > widest || height > widest
    ? fail('look.too-large', 'The picture is too large.')
    : null;
}
