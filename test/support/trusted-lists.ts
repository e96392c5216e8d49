/** Trusted lists of our own making, signed as the real ones are: enveloped XAdES, exclusive c14n. */
import { createHash } from 'node:crypto';
import { signBytes } from '../../electron/adapters/node-signing-key.ts';
import type { TrialCertificate } from '../../electron/adapters/trial-pki.ts';
import {
  canonicalDocument,
  canonicalElement,
  canonicalisations,
} from '../../electron/core/xades/c14n.ts';
import { unwrap } from '../../shared/result.ts';
import { readXml } from '../../shared/xml/read-xml.ts';
import { allElements } from '../../shared/xml/tree.ts';

const etsi = 'http://uri.etsi.org/TrstSvc';
const exclusive = {
  type: 'exclusive',
  comments: false,
  inclusivePrefixes: [] as string[],
} as const;

export interface ListedState {
  /** `CA/QC`, `TSA/QTST`, ... */
  readonly type: string;
  readonly status: string;
  readonly from: string;
  /** `ForeSignatures`, ... */
  readonly purposes?: readonly string[];
  /** XML of Qualifications, or of any other extension. */
  readonly extensions?: string;
}

export interface ListRequest {
  readonly version?: number;
  readonly territory?: string;
  readonly nextUpdate?: string;
  readonly services: readonly {
    readonly certificate: Uint8Array;
    /** Newest first. */
    readonly states: readonly ListedState[];
  }[];
  /** Makes it a list of lists. */
  readonly pointers?: readonly {
    readonly territory: string;
    readonly signers: readonly Uint8Array[];
  }[];
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

function stateXml({ type, status, from, purposes = [], extensions = '' }: ListedState): string {
  const all = [
    ...purposes.map(
      (purpose) =>
        `<Extension Critical="true"><AdditionalServiceInformation><URI xml:lang="en">${etsi}/TrustedList/SvcInfoExt/${purpose}</URI></AdditionalServiceInformation></Extension>`,
    ),
    ...(extensions === '' ? [] : [`<Extension Critical="true">${extensions}</Extension>`]),
  ];
  return `<ServiceTypeIdentifier>${etsi}/Svctype/${type}</ServiceTypeIdentifier><ServiceName><Name xml:lang="en">Issuing</Name></ServiceName>IDENTITY<ServiceStatus>${etsi}/TrustedList/Svcstatus/${status}</ServiceStatus><StatusStartingTime>${from}</StatusStartingTime><ServiceInformationExtensions>${all.join('')}</ServiceInformationExtensions>`;
}

function identity(certificates: readonly Uint8Array[]): string {
  return certificates
    .map(
      (der) =>
        `<ServiceDigitalIdentity><DigitalId><X509Certificate>${base64(der)}</X509Certificate></DigitalId></ServiceDigitalIdentity>`,
    )
    .join('');
}

function body(request: ListRequest): string {
  const { version = 6, territory = 'NO', nextUpdate = '2046-01-01T00:00:00Z', pointers } = request;
  const services = request.services
    .map(({ certificate, states: [now, ...earlier] }) => {
      const as = (state: ListedState): string =>
        stateXml(state).replace('IDENTITY', identity([certificate]));
      const history = earlier
        .map((state) => `<ServiceHistoryInstance>${as(state)}</ServiceHistoryInstance>`)
        .join('');
      return `<TSPService><ServiceInformation>${now === undefined ? '' : as(now)}</ServiceInformation><ServiceHistory>${history}</ServiceHistory></TSPService>`;
    })
    .join('');
  const others = (pointers ?? [])
    .map(
      (each) =>
        `<OtherTSLPointer><ServiceDigitalIdentities>${identity(each.signers)}</ServiceDigitalIdentities><TSLLocation>https://example.org/${each.territory}.xml</TSLLocation><AdditionalInformation><OtherInformation><SchemeTerritory>${each.territory}</SchemeTerritory></OtherInformation></AdditionalInformation></OtherTSLPointer>`,
    )
    .join('');
  const kind = pointers === undefined ? 'EUgeneric' : 'EUlistofthelists';
  return `<SchemeInformation><TSLVersionIdentifier>${version}</TSLVersionIdentifier><TSLSequenceNumber>7</TSLSequenceNumber><TSLType>${etsi}/TrustedList/TSLType/${kind}</TSLType><SchemeOperatorName><Name xml:lang="en">Trial operator</Name></SchemeOperatorName><SchemeTerritory>${territory}</SchemeTerritory><PointersToOtherTSL>${others}</PointersToOtherTSL><ListIssueDateTime>2020-01-01T00:00:00Z</ListIssueDateTime><NextUpdate><dateTime>${nextUpdate}</dateTime></NextUpdate></SchemeInformation><TrustServiceProviderList><TrustServiceProvider><TSPInformation><TSPName><Name xml:lang="en">Trial provider</Name></TSPName></TSPInformation><TSPServices>${services}</TSPServices></TrustServiceProvider></TrustServiceProviderList>`;
}

/** The list, signed by `signer`, whose key has to be RSA. */
export function makeTrustedList(request: ListRequest, signer: TrialCertificate): Uint8Array {
  const content = body(request);
  const whole = (inside: string): Uint8Array =>
    Buffer.from(
      `<?xml version="1.0" encoding="UTF-8"?>\n<TrustServiceStatusList xmlns="http://uri.etsi.org/02231/v2#" TSLTag="http://uri.etsi.org/19612/TSLTag" Id="L">${content}${inside}</TrustServiceStatusList>`,
    );
  const listDigest = sha256(canonicalDocument(unwrap(readXml(whole(''))), exclusive));
  const c14n = canonicalisations.exclusive;
  const method = '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>';
  const signed = (propertiesDigest: string, value: string): Uint8Array =>
    whole(
      `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="S"><ds:SignedInfo><ds:CanonicalizationMethod Algorithm="${c14n}"/><ds:SignatureMethod Algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"/><ds:Reference URI=""><ds:Transforms><ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/><ds:Transform Algorithm="${c14n}"/></ds:Transforms>${method}<ds:DigestValue>${listDigest}</ds:DigestValue></ds:Reference><ds:Reference Type="http://uri.etsi.org/01903#SignedProperties" URI="#P"><ds:Transforms><ds:Transform Algorithm="${c14n}"/></ds:Transforms>${method}<ds:DigestValue>${propertiesDigest}</ds:DigestValue></ds:Reference></ds:SignedInfo><ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data><ds:X509Certificate>${base64(signer.certificate)}</ds:X509Certificate></ds:X509Data></ds:KeyInfo><ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" Target="#S"><xades:SignedProperties Id="P"><xades:SignedSignatureProperties><xades:SigningTime>2020-01-01T00:00:00Z</xades:SigningTime><xades:SigningCertificateV2><xades:Cert><xades:CertDigest>${method}<ds:DigestValue>${sha256(signer.certificate)}</ds:DigestValue></xades:CertDigest></xades:Cert></xades:SigningCertificateV2></xades:SignedSignatureProperties></xades:SignedProperties></xades:QualifyingProperties></ds:Object></ds:Signature>`,
    );
  const canonical = (xml: Uint8Array, name: string): Uint8Array => {
    for (const element of allElements(unwrap(readXml(xml)).root))
      if (element.local === name) return canonicalElement(element, exclusive);
    throw new Error(`no ${name}`);
  };
  const propertiesDigest = sha256(canonical(signed('AA==', 'AA=='), 'SignedProperties'));
  const info = canonical(signed(propertiesDigest, 'AA=='), 'SignedInfo');
  const scheme = { type: 'rsa-pkcs1', hash: 'sha256' } as const;
  return signed(propertiesDigest, base64(signBytes(signer.key.privateKey, scheme, info)));
}
