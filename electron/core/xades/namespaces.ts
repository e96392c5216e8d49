/** Namespaces and addresses of XML signatures, as they are written in files. */

export const DSIG = 'http://www.w3.org/2000/09/xmldsig#';
/** XAdES 1.3.2 (ETSI TS 101 903; EN 319 132-1 kept it). */
export const XADES = 'http://uri.etsi.org/01903/v1.3.2#';
/** Additions of XAdES 1.4.1: archive timestamps and validation data for timestamps. */
export const XADES_141 = 'http://uri.etsi.org/01903/v1.4.1#';
/** ETSI TS 102 918 and EN 319 162-1. */
export const ASIC = 'http://uri.etsi.org/02918/v1.2.1#';
/** The same as the remote service's profile spells it. */
export const ASIC_OF_THE_SERVICE = 'http://uri.etsi.org/2918/v1.2.1#';
/** `Type` of the reference to the signed properties. */
export const SIGNED_PROPERTIES = 'http://uri.etsi.org/01903#SignedProperties';
