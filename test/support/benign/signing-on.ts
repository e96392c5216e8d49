/** Signatures, timestamps and validation data that come after a signature. */
import { addFields } from '../../../electron/core/pades/add-fields.ts';
import { timestampDocument } from '../../../electron/core/pades/timestamp-document.ts';
import { signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import { makeCrl } from '../../../electron/adapters/trial-revocation.ts';
import { dict, name, stream } from '../../../electron/core/pdf/objects.ts';
import type { PdfObject } from '../../../electron/core/pdf/objects.ts';
import type { PdfUpdate } from '../../../electron/core/pdf/document.ts';
import { unwrap } from '../../../shared/result.ts';
import {
  answerAboutOnline,
  archived,
  document,
  makeTarget,
  online,
  timestamps,
} from '../attacks/target.ts';
import { appended, authority, opened, ports, signedWith, signingTime } from '../signing.ts';
import { editCatalog } from '../tampering.ts';
import type { BenignRevision, BenignRow } from './revision.ts';

const place = (y: number) => ({ page: 0, x: 300, y, width: 200, height: 60 });
const mark = { lines: ['Kari Nordmann', '24.11.2026'], typed: 'Kari Nordmann' };
const later = (hours: number): Date => new Date(signingTime.getTime() + hours * 3_600_000);

export async function stamped(bytes: Uint8Array): Promise<Uint8Array> {
  const { tail } = unwrap(
    await timestampDocument(opened(bytes), { ...ports, timestamps: timestamps() }),
  );
  return appended(bytes, tail);
}

type StoreEntry = 'Certs' | 'OCSPs' | 'CRLs';

/** The file with this in its store, each as a stream; `vri` repeats it under a signature's name. */
function stored(
  bytes: Uint8Array,
  data: Readonly<Partial<Record<StoreEntry, Uint8Array>>>,
  vri = false,
): Uint8Array {
  return editCatalog(bytes, (update, document) => {
    const before = document.dictEntry(document.catalog, 'DSS')?.entries ?? new Map();
    const entries = Object.entries(data).map(([key, der]): [string, PdfObject] => [
      key,
      update.add([
        ...(document.arrayEntry({ kind: 'dict', entries: before }, key) ?? []),
        kept(update, der),
      ]),
    ]);
    const related = dict(
      Object.fromEntries(entries.map(([key, value]) => [key.slice(0, -1), value])),
    );
    return {
      DSS: update.add(
        dict({
          ...Object.fromEntries(before),
          Type: name('DSS'),
          ...Object.fromEntries(entries),
          ...(vri ? { VRI: dict({ ['0'.repeat(40)]: related }) } : {}),
        }),
      ),
      Extensions: dict({ ESIC: dict({ BaseVersion: name('1.7'), ExtensionLevel: 5 }) }),
    };
  });
}

function kept(update: PdfUpdate, der: Uint8Array): PdfObject {
  return update.add(stream(dict({ Length: der.length }), der));
}

const certificates = { Certs: authority.intermediate.certificate };
const crl = makeCrl(authority.intermediate, { thisUpdate: signingTime, nextUpdate: later(1) });
const once = async (): Promise<Uint8Array> => (await makeTarget('signed')).bytes;
const certified = (level: 1 | 2 | 3): Promise<Uint8Array> =>
  signedWith(document, { certify: level });
const prepared = (): Promise<Uint8Array> =>
  signedWith(document, {
    certify: 2,
    addFields: [
      { name: 'Ola', placement: place(600) },
      { name: 'Kari', placement: place(700) },
    ],
  });

const benign = (
  row: BenignRow,
  name: string,
  make: () => Promise<Uint8Array>,
  beyondPyhanko?: string,
): BenignRevision => ({
  row,
  name,
  make,
  ...(beyondPyhanko === undefined ? {} : { beyondPyhanko }),
});

export const signingOn: readonly BenignRevision[] = [
  benign('signatures', 'another invisible one', async () => signedWith(await once())),
  benign('signatures', 'another visible one in a new field', async () =>
    signedWith(await once(), {
      field: { create: { name: 'Second', placement: place(600) } },
      mark,
    }),
  ),
  benign('signatures', 'one in a prepared field', async () =>
    signedWith(
      await signedWith(document, { addFields: [{ name: 'Ola', placement: place(600) }] }),
      {
        field: { existing: 'Ola' },
        mark,
      },
    ),
  ),
  benign('signatures', 'two in prepared fields after a certification with P=2', async () => {
    const kari = await signedWith(await prepared(), { field: { existing: 'Kari' }, mark });
    return signedWith(kari, { field: { existing: 'Ola' }, mark });
  }),
  benign('signatures', 'an invisible one after a certification with P=2', async () =>
    signedWith(await certified(2)),
  ),
  benign('signatures', 'one after a certification with P=3', async () =>
    signedWith(await certified(3)),
  ),
  benign('signatures', 'one in an empty field that was added before it', async () => {
    const bytes = await once();
    const tail = unwrap(addFields(opened(bytes), [{ name: 'Ola', placement: place(600) }], ports));
    return signedWith(appended(bytes, tail), { field: { existing: 'Ola' }, mark });
  }),
  benign('signatures', 'an empty field alone', async () => {
    const bytes = await once();
    const fields = [{ name: 'Ola', placement: place(600) }];
    return appended(bytes, unwrap(addFields(opened(bytes), fields, ports)));
  }),
  benign('signatures', 'nine more', async () => {
    let bytes = await once();
    for (let i = 0; i < 9; i++) bytes = await signedWith(bytes);
    return bytes;
  }),
  benign('timestamps', 'one', async () => stamped(await once())),
  benign('timestamps', 'one after a certification that allows nothing', async () =>
    stamped(await certified(1)),
  ),
  benign('timestamps', 'two, and a signature between', async () =>
    stamped(await signedWith(await stamped(await once()))),
  ),
  benign('validation-data', 'certificates', async () => stored(await once(), certificates)),
  benign('validation-data', 'certificates after a certification that allows nothing', async () =>
    stored(await certified(1), certificates),
  ),
  benign('validation-data', 'a list', async () => stored(await once(), { CRLs: crl })),
  benign('validation-data', 'an answer, by which the signer is judged', async () =>
    stored(await signedWith(document, {}, signingKeyOf(online)), { OCSPs: answerAboutOnline() }),
  ),
  benign('validation-data', 'certificates and a list, repeated in VRI', async () =>
    stored(await once(), { ...certificates, CRLs: crl }, true),
  ),
  benign('validation-data', 'more of it in a later revision', async () =>
    stored(stored(await once(), certificates), { CRLs: crl }),
  ),
  benign('validation-data', 'between two timestamps', async () =>
    stamped(stored(await stamped(await once()), certificates)),
  ),
  benign('validation-data', 'the whole of B-LTA', async () => (await makeTarget('archived')).bytes),
  benign('validation-data', 'the whole of B-LTA after a certification with P=1', async () =>
    archived(await signedWith(document, { certify: 1 }, signingKeyOf(online))),
  ),
  benign('validation-data', 'the whole of B-LTA, and a signature after it', async () =>
    signedWith((await makeTarget('archived')).bytes),
  ),
];
