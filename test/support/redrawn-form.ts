/** A form that asks its viewers to draw it, with a field of every kind: values, and no appearances. */
import { firstFreeObject, plainPdf } from './plain-pdf.ts';

const first = firstFreeObject(1);
const widget = (y: number, rest: string, width = 200) =>
  `<< /Type /Annot /Subtype /Widget /P 4 0 R /F 4 /Rect [300 ${y} ${300 + width} ${y + 20}] ${rest} >>`;
const stateless = '/DA (/Helv 0 Tf 0 g)';

const fields = [
  widget(760, `/FT /Tx /T (Kommune) /V (Vestby kommune) ${stateless}`),
  widget(730, `/FT /Tx /T (Tomt) ${stateless}`),
  widget(
    700,
    `/FT /Ch /Ff 131072 /T (Sted) /Opt [[(a) (Radhuset)] [(b) (Biblioteket)]] /V (b) ${stateless}`,
  ),
  widget(670, '/FT /Btn /T (Enig) /V /Ja', 20),
  widget(640, '/FT /Btn /T (Uenig)', 20),
];
const form = first + fields.length + 3;
const mark = form + 1;
const radio = first + fields.length;
const option = (state: string, y: number) =>
  widget(y, `/Parent ${radio} 0 R /AP << /N << /${state} ${mark} 0 R /Off ${mark} 0 R >> >>`, 20);

/** Of each field, in the order of the form. */
export const redrawnFields = ['Kommune', 'Tomt', 'Sted', 'Enig', 'Uenig', 'Valg'] as const;

export function redrawnForm(): Uint8Array {
  const refs = [...fields.keys()].map((at) => `${first + at} 0 R`).join(' ');
  return plainPdf({
    catalog: `/AcroForm ${form} 0 R`,
    pages: [{ entries: `/Annots [${refs} ${radio + 1} 0 R ${radio + 2} 0 R]` }],
    objects: [
      ...fields,
      `<< /FT /Btn /Ff 32768 /T (Valg) /V /To /Kids [${radio + 1} 0 R ${radio + 2} 0 R] >>`,
      option('En', 610),
      option('To', 580),
      `<< /Fields [${refs} ${radio} 0 R] /NeedAppearances true /DR << /Font << /Helv 3 0 R >> >> >>`,
      '<< /Type /XObject /Subtype /Form /BBox [0 0 20 20] /Length 0 >>\nstream\n\nendstream',
    ],
  });
}
