/** What the stand-in gives back: the sealed PDF with its front page, and each signer's XML. */
import { createHash } from 'node:crypto';
import { PDFDocument, StandardFonts, rgb } from 'pdf-lib';
import type { PDFPage } from 'pdf-lib';
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { nodeRandom } from '../../../electron/adapters/node-random.ts';
import { signingKeyOf } from '../../../electron/adapters/trial-pki.ts';
import type { TrialAuthority } from '../../../electron/adapters/trial-pki.ts';
import { nameOids } from '../../../electron/core/cms/name.ts';
import { memorySource } from '../../../electron/core/pdf/objects.ts';
import { openPdf } from '../../../electron/core/pdf/open.ts';
import { sign } from '../../../electron/core/pades/sign.ts';
import { unwrap } from '../../../shared/result.ts';
import { xmlElement, xmlLeaf } from '../../../shared/xml/write-xml.ts';
import type { StandInJob, StandInSigner } from './jobs.ts';

const A4: [number, number] = [595.28, 841.89];
const grey = rgb(0.37, 0.4, 0.37);

export function createResults(authority: TrialAuthority, same: boolean) {
  const seal = signingKeyOf(
    authority.issue(
      [
        { oid: nameOids.country, value: 'NO' },
        { oid: nameOids.organisation, value: 'POSTEN BRING AS' },
        { oid: nameOids.commonName, value: 'Posten signering (prøve)' },
      ],
      'rsa-2048',
    ),
  );
  let one: Promise<Buffer> | null = null;

  async function sealed(plain: Uint8Array, time: Date): Promise<Buffer> {
    const request = {
      ...{ field: null, mark: null, time, zoneOffset: 60, name: 'Posten Bring AS' },
      ...{ certify: 1 as const, digest: 'sha256' as const },
    };
    const ports = { crypto: nodeCrypto, random: nodeRandom, fonts: { files: [] } };
    const opened = unwrap(openPdf(memorySource(plain)));
    const { tail } = unwrap(await sign(opened, request, seal, ports));
    return Buffer.concat([plain, tail]);
  }

  return {
    /** Every page on A4 behind a front page that names who signed; sealed. */
    async pades(job: StandInJob): Promise<Buffer> {
      if (!same) return sealed(await drawn(job), new Date());
      one ??= drawn({ ...job, title: 'Avtale', documents: [] }).then((plain) =>
        sealed(plain, new Date()),
      );
      return one;
    },
    /** As the service's XML is shaped; its own signature is left out. */
    xades(job: StandInJob, signer: StandInSigner): string {
      const documents = job.documents.map(({ title, bytes }) =>
        xmlElement(
          'DocumentDescription',
          {},
          xmlLeaf('DocumentTitle', title),
          xmlLeaf('DocumentDigest', createHash('sha256').update(bytes).digest('base64')),
        ),
      );
      const description = xmlElement(
        'Description',
        {},
        xmlElement('SignerDescription', {}, xmlLeaf('SignerDisplayName', 'Testesen, Test')),
        ...documents,
        xmlElement('SignatureDescription', {}, xmlLeaf('SigningTime', signer.since.toISOString())),
      );
      const root = { xmlns: 'https://id.signicat.com/definitions/xsd/LtvSdo-1.0', Id: 'root' };
      return String(xmlElement('LtvSdo', root, description));
    },
  };
}

async function drawn(job: StandInJob): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const front = document.addPage(A4);
  const signed = job.signers.filter(({ status }) => status === 'SIGNED');
  const lines = [
    'Dette dokumentet er signert digitalt av følgende undertegnere:',
    ...signed.map(
      ({ since }) =>
        `  •  TESTESEN, TEST, signert ${since.toISOString().slice(0, 10)} med prøve-e-ID`,
    ),
    '',
    ...job.documents.map(({ title }) => `Dokument: ${title}`),
    '',
    'Dokumentet er forseglet av en prøvetjeneste i stedet for Posten signering.',
  ];
  front.drawText(latin(job.title), { x: 56, y: 740, size: 22, font });
  lines.forEach((line, index) =>
    front.drawText(latin(line), { x: 56, y: 696 - index * 20, size: 11, font, color: grey }),
  );
  for (const { bytes } of job.documents) {
    for (const page of await document.embedPages(await pagesOf(bytes))) {
      const scale = Math.min(A4[0] / page.width, (A4[1] - 40) / page.height);
      const sheet = document.addPage(A4);
      sheet.drawPage(page, { x: 0, y: 40, xScale: scale, yScale: scale });
      sheet.drawText('Forseglet av prøvetjenesten', { x: 420, y: 16, size: 8, font, color: grey });
    }
  }
  return document.save({ useObjectStreams: false });
}

/** None of what is no readable PDF: the stand-in takes it, as the tests' smallest files are. */
async function pagesOf(bytes: Uint8Array): Promise<PDFPage[]> {
  try {
    return (await PDFDocument.load(bytes, { updateMetadata: false })).getPages();
  } catch {
    return [];
  }
}

/** The standard fonts have no other letters. */
function latin(text: string): string {
  return text.replace(/[^\u0020-\u00ff•]/g, '?');
}
