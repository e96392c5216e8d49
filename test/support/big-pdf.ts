/** Writes sound PDFs of any size to disk: pages whose streams are noise, so that nothing compresses. */
import { randomFillSync } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

const streamSize = 1024 * 1024;

/** About `bytes` long (never less); a page per stream of 1 MiB. */
export function writeBigPdf(path: string, bytes: number): void {
  const descriptor = openSync(path, 'w');
  const offsets: number[] = [0];
  let position = 0;
  const put = (data: Uint8Array | string): void => {
    const chunk = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    writeSync(descriptor, chunk);
    position += chunk.length;
  };
  const begin = (number: number): void => {
    offsets[number] = position;
    put(`${number} 0 obj\n`);
  };
  put('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n');
  const count = Math.max(1, Math.ceil(bytes / streamSize));
  const noise = Buffer.alloc(streamSize);
  randomFillSync(noise);
  for (let index = 0; index < count; index++) {
    // A new first line for each stream: no two are alike, and none costs a full fill.
    noise.writeUInt32BE(index, 0);
    const length = Math.min(streamSize, Math.max(1024, bytes - position));
    begin(3 + 2 * index);
    // An image that no page draws on screen at full size, named by the page's resources.
    put(
      `<</Type/XObject/Subtype/Image/Width ${length}/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length ${length}>>\nstream\n`,
    );
    put(noise.subarray(0, length));
    put('\nendstream\nendobj\n');
    begin(4 + 2 * index);
    put(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</I ${3 + 2 * index} 0 R>>>>>>\nendobj\n`,
    );
  }
  begin(1);
  put('<</Type/Catalog/Pages 2 0 R>>\nendobj\n');
  begin(2);
  const kids = Array.from({ length: count }, (_, index) => `${4 + 2 * index} 0 R`).join(' ');
  put(`<</Type/Pages/Count ${count}/Kids[${kids}]>>\nendobj\n`);
  const xref = position;
  const size = 3 + 2 * count;
  put(`xref\n0 ${size}\n0000000000 65535 f \n`);
  for (let number = 1; number < size; number++)
    put(`${String(offsets[number]).padStart(10, '0')} 00000 n \n`);
  put(`trailer\n<</Size ${size}/Root 1 0 R>>\nstartxref\n${xref}\n%%EOF\n`);
  closeSync(descriptor);
}
