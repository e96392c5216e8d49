/** Reads a trusted list (ETSI TS 119 612, 5). What is missing where it must be is refused by name. */
import { Refusal } from '../../../shared/result.ts';
import { childElement, childElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { decodeBase64 } from '../xades/base64.ts';
import { parseDateTime } from '../xades/date-time.ts';
import { QUALIFICATIONS, readQualifications } from './criteria.ts';
import { TSL, TSL_ADDITIONAL, lastPart, nameIn, typeName } from './names.ts';
import type { ListPointer, ServiceState, TrustService, TrustedList } from './trusted-list.ts';

/** Throws `trusted-list.malformed` and `trusted-list.version`. */
export function readTrustedList(root: XmlElement): TrustedList {
  if (root.namespace !== TSL || root.local !== 'TrustServiceStatusList')
    throw malformed('it is something else');
  const scheme = part(root, 'SchemeInformation');
  const version = numberIn(scheme, 'TSLVersionIdentifier');
  if (version !== 5 && version !== 6)
    throw new Refusal('trusted-list.version', 'The trusted list is of a version unknown here.', {
      version,
    });
  const next = childElement(part(scheme, 'NextUpdate'), TSL, 'dateTime');
  const pointers = childElement(scheme, TSL, 'PointersToOtherTSL');
  const providers = childElement(root, TSL, 'TrustServiceProviderList');
  return {
    version,
    sequence: numberIn(scheme, 'TSLSequenceNumber'),
    territory: textIn(scheme, 'SchemeTerritory').toUpperCase(),
    operator: nameIn(childElement(scheme, TSL, 'SchemeOperatorName')),
    isListOfLists: isListOfLists(textIn(scheme, 'TSLType')),
    issued: timeOf(part(scheme, 'ListIssueDateTime')),
    nextUpdate: next === null ? null : timeOf(next),
    pointers: pointers === null ? [] : childElements(pointers, TSL, 'OtherTSLPointer').map(pointer),
    services: providers === null ? [] : childElements(providers).flatMap(servicesOf),
  };
}

function malformed(what: string): Refusal {
  return new Refusal('trusted-list.malformed', `The trusted list cannot be read: ${what}.`);
}

function part(parent: XmlElement, local: string): XmlElement {
  const found = childElement(parent, TSL, local);
  if (found === null) throw malformed(`${local} is missing`);
  return found;
}

function textIn(parent: XmlElement, local: string): string {
  return textOf(part(parent, local)).trim();
}

function numberIn(parent: XmlElement, local: string): number {
  const text = textIn(parent, local);
  if (!/^\d{1,9}$/.test(text)) throw malformed(local);
  return Number(text);
}

function timeOf(element: XmlElement): Date {
  const time = parseDateTime(textOf(element).trim());
  if (time === null) throw malformed(element.local);
  return time;
}

/** TS 119 612, 5.3.3: the European list of lists, and lists of lists of other communities. */
function isListOfLists(type: string): boolean {
  return /listofthelists$/i.test(type.trim());
}

function pointer(element: XmlElement): ListPointer {
  const identities = childElement(element, TSL, 'ServiceDigitalIdentities');
  const more = childElement(element, TSL, 'AdditionalInformation');
  const others =
    more === null
      ? []
      : childElements(more, TSL, 'OtherInformation').flatMap((each) => childElements(each));
  const other = (local: string): string => {
    const found = others.find(
      (each) =>
        each.local === local && (each.namespace === TSL || each.namespace === TSL_ADDITIONAL),
    );
    return found === undefined ? '' : textOf(found).trim();
  };
  return {
    location: textIn(element, 'TSLLocation'),
    territory: other('SchemeTerritory').toUpperCase(),
    signers:
      identities === null
        ? []
        : childElements(identities, TSL, 'ServiceDigitalIdentity').flatMap(certificatesIn),
    isListOfLists: isListOfLists(other('TSLType')),
  };
}

function certificatesIn(identity: XmlElement): readonly Uint8Array[] {
  return childElements(identity, TSL, 'DigitalId').flatMap((id) =>
    childElements(id, TSL, 'X509Certificate').flatMap((certificate) => {
      const der = decodeBase64(textOf(certificate));
      if (der === null) throw malformed('a certificate');
      return [der];
    }),
  );
}

function servicesOf(provider: XmlElement): readonly TrustService[] {
  const information = part(provider, 'TSPInformation');
  const services = part(provider, 'TSPServices');
  return childElements(services, TSL, 'TSPService').map((service) => {
    const now = part(service, 'ServiceInformation');
    const history = childElement(service, TSL, 'ServiceHistory');
    const earlier =
      history === null ? [] : childElements(history, TSL, 'ServiceHistoryInstance').map(stateOf);
    const states = [stateOf(now), ...earlier];
    return {
      provider: nameIn(childElement(information, TSL, 'TSPName')),
      name: nameIn(childElement(now, TSL, 'ServiceName')),
      certificates: certificatesIn(part(now, 'ServiceDigitalIdentity')),
      states: [...states].sort((a, b) => b.from.getTime() - a.from.getTime()),
    };
  });
}

function stateOf(information: XmlElement): ServiceState {
  const extensions = childElement(information, TSL, 'ServiceInformationExtensions');
  const all = extensions === null ? [] : childElements(extensions, TSL, 'Extension');
  const inside = all.flatMap((extension) => childElements(extension));
  return {
    type: typeName(textIn(information, 'ServiceTypeIdentifier')),
    status: lastPart(textIn(information, 'ServiceStatus')),
    from: timeOf(part(information, 'StatusStartingTime')),
    purposes: inside
      .filter(
        ({ namespace, local }) => namespace === TSL && local === 'AdditionalServiceInformation',
      )
      .map((each) => lastPart(textIn(each, 'URI'))),
    qualifications: inside
      .filter(({ namespace, local }) => namespace === QUALIFICATIONS && local === 'Qualifications')
      .flatMap(readQualifications),
    unknownCritical: all.some(
      (extension) => isCritical(extension) && !childElements(extension).every(isUnderstood),
    ),
  };
}

function isCritical(extension: XmlElement): boolean {
  return extension.attributes.some(
    ({ local, value }) => local === 'Critical' && ['true', '1'].includes(value),
  );
}

/** TS 119 612, 5.5.9: what the reader knows; a date after which certificates are kept is only told. */
function isUnderstood({ namespace, local }: XmlElement): boolean {
  return (
    (namespace === QUALIFICATIONS && local === 'Qualifications') ||
    (namespace === TSL &&
      ['AdditionalServiceInformation', 'ExpiredCertsRevocationInfo'].includes(local))
  );
}
