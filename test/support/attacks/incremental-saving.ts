/** Incremental saving attacks: objects behind the signed part, with or without what makes them a revision. */
import { dict, latin1, name, ref, stream } from '../../../electron/core/pdf/objects.ts';
import { startxrefOf, textOf } from '../pdf-builder.ts';
import { appended } from '../signing.ts';
import { edit, patched, revised } from '../tampering.ts';
import { forbidden } from './attack.ts';
import type { Attack } from './attack.ts';
import { parts } from './target.ts';
import { revisionByHand } from './wrapping.ts';

const text = 'BT /H 40 Tf 60 600 Td (I owe 900) Tj ET';
const content = `${parts.content} 0 obj\n<< /Length ${text.length} >>\nstream\n${text}\nendstream\nendobj`;
const otherPage = `${parts.page} 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>\nendobj`;
const trailer = (bytes: Uint8Array): string =>
  `trailer\n<< /Size 999 /Root 1 0 R /Prev ${startxrefOf(bytes)} >>\n`;

const saving = (name: string, make: (bytes: Uint8Array) => Uint8Array): Attack => ({
  row: 'saving',
  name,
  must: forbidden,
  leavesSignatureWhole: true,
  make: ({ bytes }) => make(bytes),
});

const behind = (name: string, tail: (bytes: Uint8Array) => string): Attack =>
  saving(name, (bytes) => appended(bytes, latin1(tail(bytes))));

export const savings: readonly Attack[] = [
  saving('1: with cross-reference and trailer', (bytes) =>
    revisionByHand(bytes, [[parts.content, content]]),
  ),
  behind(
    '2: a trailer, and no cross-reference',
    (bytes) => `\n${content}\n${trailer(bytes)}%%EOF\n`,
  ),
  behind(
    '2: a trailer, and a startxref that leads back to the old one',
    (bytes) => `\n${content}\n${trailer(bytes)}startxref\n${startxrefOf(bytes)}\n%%EOF\n`,
  ),
  behind('3: objects alone', () => `\n${content}\n`),
  behind('3: objects and an end', () => `\n${otherPage}\n%%EOF\n`),
  behind('3: a startxref that leads to nothing', () => `\n${otherPage}\nstartxref\n12\n%%EOF\n`),
  saving('4: the signature repeated behind the objects', (bytes) => {
    const found =
      /(?<=\n)\d+ 0 obj\s*<<(?:(?!endobj)[^])*?\/ByteRange(?:(?!endobj)[^])*?endobj/.exec(
        textOf(bytes),
      );
    return appended(bytes, latin1(`\n${otherPage}\n${found?.[0] ?? ''}\n${trailer(bytes)}%%EOF\n`));
  }),
  saving('an object that the new cross-reference does not name', (bytes) => {
    const once = revised(bytes, (update) => update.add(dict({ Type: name('Nothing') })));
    const hidden = `${otherPage}\n`;
    const at = startxrefOf(once);
    return patched(
      once,
      (whole) =>
        whole.slice(0, at) +
        hidden +
        whole.slice(at).replace(/startxref\s+\d+/, `startxref\n${at + hidden.length}`),
    );
  }),
  saving('an object in a comment of a later revision', (bytes) => {
    const once = revised(bytes, (update) => update.add(dict({ Type: name('Nothing') })));
    const hidden = `%\n${otherPage.replaceAll('\n', ' ')}\n`;
    const at = startxrefOf(once);
    return patched(
      once,
      (whole) =>
        whole.slice(0, at) +
        hidden +
        whole.slice(at).replace(/startxref\s+\d+/, `startxref\n${at + hidden.length}`),
    );
  }),
  saving('the content stream is replaced in place', (bytes) =>
    revised(bytes, (update) =>
      update.set(ref(parts.content), stream(dict({ Length: text.length }), latin1(text))),
    ),
  ),
  saving('an object is set free', (bytes) => {
    const tail = `\nxref\n0 1\n0000000000 65535 f \n${parts.note} 1\n0000000000 00001 f \n${trailer(bytes)}`;
    return appended(bytes, latin1(`${tail}startxref\n${bytes.length + 1}\n%%EOF\n`));
  }),
  saving('a cross-reference that names an object twice', (bytes) => {
    const twice = revised(bytes, (update, document) => {
      update.set(ref(parts.font), document.resolve(ref(parts.font)));
      edit(update, ref(parts.outlines), { Count: 7 });
    });
    return patched(twice, (whole) => {
      const at = startxrefOf(twice);
      const row = new RegExp(`\\n${parts.font} 1\\n(\\d{10} \\d{5} n ?\\r?\\n)`).exec(
        whole.slice(at),
      );
      if (row?.[0] === undefined) throw new Error('no entry for the font');
      const place = at + row.index + row[0].length;
      return whole.slice(0, place) + row[0].slice(1) + whole.slice(place);
    });
  }),
];
