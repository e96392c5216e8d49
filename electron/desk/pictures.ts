/** Pictures that are neither PNG nor JPEG: LibreOffice draws them on A4, a page of theirs on each. */
import { fail, type Result } from '../../shared/result.ts';
import { arrangePages, type PagePart } from '../adapters/arrange-pages.ts';
import { pictureFormats, type PictureFormat } from '../adapters/file-kind.ts';
import { tiffPages } from '../adapters/tiff-pages.ts';
import { memorySource } from '../core/pdf/objects.ts';
import { openPdf } from '../core/pdf/open.ts';
import type { ByteSource } from '../core/ports.ts';
import type { Act, Desk } from './desk.ts';
import { convertOffice } from './office-files.ts';

/** `file.picture-format` where LibreOffice is not here: another program has to save it as something else. */
export async function convertPicture(
  desk: Desk,
  source: ByteSource,
  format: PictureFormat,
  act: Act,
): Promise<Result<Uint8Array>> {
  const made =
    format === 'tiff' ? await fromTiff(desk, source, act) : await drawn(desk, source, format, act);
  if (made.ok || made.error.code !== 'office.missing') return made;
  const { name } = pictureFormats[format];
  return fail('file.picture-format', 'This picture takes LibreOffice.', { format: name });
}

/** ISO 32000-2, 7.5.7: a stream stands in no other, so the picture's own words can be read. */
const picture = '/Subtype/Image';

/** `image.damaged`: of what it cannot read LibreOffice makes an empty page. */
async function drawn(
  desk: Desk,
  source: ByteSource,
  format: PictureFormat,
  act: Act,
): Promise<Result<Uint8Array>> {
  const made = await convertOffice(desk, source, format, act);
  if (!made.ok || Buffer.from(made.value.buffer).includes(picture)) return made;
  return fail('image.damaged', 'The picture cannot be read.');
}

async function fromTiff(desk: Desk, source: ByteSource, act: Act): Promise<Result<Uint8Array>> {
  const pages = tiffPages(source.read(0, source.length));
  if (!pages.ok) return pages;
  const { count, page } = pages.value;
  const parts: PagePart[] = [];
  for (let index = 0; index < count; index += 1) {
    // Which page it is: how long one takes nobody knows.
    const tell = () => act.progress({ step: 'convert', done: index, total: count });
    const told = { ...act, progress: tell };
    const made = await drawn(desk, memorySource(page(index)), 'tiff', told);
    if (!made.ok || count === 1) return made;
    const opened = openPdf(memorySource(made.value), { repair: 'strict' });
    if (!opened.ok) return opened;
    parts.push({ document: opened.value, page: 0, turn: 0 });
  }
  const id = desk.random.bytes(16);
  return arrangePages(parts, { whole: false, flatten: true, id, tell: () => undefined });
}
