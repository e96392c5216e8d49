/** Addresses and languages of trusted lists (ETSI TS 119 612, 5). */
import { childElements, textOf } from '../../../shared/xml/tree.ts';
import type { XmlElement } from '../../../shared/xml/tree.ts';
import { XML_NAMESPACE } from '../../../shared/xml/element.ts';

export const TSL = 'http://uri.etsi.org/02231/v2#';
export const TSL_ADDITIONAL = 'http://uri.etsi.org/02231/v2/additionaltypes#';

/** `http://.../Svcstatus/granted` is `granted`. */
export function lastPart(address: string): string {
  const text = address.trim();
  return text.slice(text.lastIndexOf('/') + 1);
}

/** A service type after `/Svctype/`: `CA/QC`. */
export function typeName(address: string): string {
  const text = address.trim();
  const at = text.indexOf('/Svctype/');
  return at === -1 ? text : text.slice(at + '/Svctype/'.length);
}

/** The English one of several names, else the first. */
export function nameIn(parent: XmlElement | null): string {
  const names = parent === null ? [] : childElements(parent, TSL, 'Name');
  const english = names.find(({ attributes }) =>
    attributes.some(
      ({ namespace, local, value }) =>
        namespace === XML_NAMESPACE && local === 'lang' && value.toLowerCase() === 'en',
    ),
  );
  const chosen = english ?? names[0];
  return chosen === undefined ? '' : textOf(chosen).trim().replace(/\s+/g, ' ');
}
