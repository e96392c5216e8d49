/** A picture of a document as a PDF: one A4 page, upright or lying as the picture is, with a margin. */
import { PDFDocument } from 'pdf-lib';
import { fail, ok, type Result } from '../../shared/result.ts';

/** A4 in points, and a margin of 10 mm. */
const a4 = { short: 595.28, long: 841.89 };
const margin = 28.35;

export async function imageToPdf(
  bytes: Uint8Array,
  type: 'image/png' | 'image/jpeg',
): Promise<Result<Uint8Array>> {
  const document = await PDFDocument.create();
  let image;
  try {
    image = await (type === 'image/png' ? document.embedPng(bytes) : document.embedJpg(bytes));
  } catch {
    // pdf-lib tells of a damaged picture with plain errors.
    return fail('image.damaged', 'The picture cannot be read.');
  }
  const lying = image.width > image.height;
  const page = document.addPage(lying ? [a4.long, a4.short] : [a4.short, a4.long]);
  const room = { width: page.getWidth() - 2 * margin, height: page.getHeight() - 2 * margin };
  // 96 dots to the inch unless that is larger than the page.
  const scale = Math.min(0.75, room.width / image.width, room.height / image.height);
  const width = image.width * scale;
  const height = image.height * scale;
  page.drawImage(image, {
    x: (page.getWidth() - width) / 2,
    y: page.getHeight() - margin - height,
    width,
    height,
  });
  return ok(await document.save({ useObjectStreams: false }));
}
