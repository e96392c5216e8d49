/** Where the service is, whose certificate it shows, and which authorities may vouch for it. */

export interface Environment {
  readonly name: 'production' | 'test' | 'own';
  /** Without a slash at the end. */
  readonly root: string;
  /** Organisation number in the server's certificate: Posten Bring AS. */
  readonly serverOrganisation: string;
  /**
   * SHA-256 fingerprints (beginnings, upper-case hex) of authorities that may be trusted here; null lets the
   * caller's own list stand, for a service of one's own.
   */
  readonly authorities: readonly string[] | null;
}

const POSTEN = '984661185';

export const production: Environment = {
  name: 'production',
  root: 'https://api.signering.posten.no/api',
  serverOrganisation: POSTEN,
  authorities: [
    // Buypass Class 3 Root CA G2 ST and CA G2 ST Business
    'F8C16C6B4FD45CB0',
    '45E05831CDDAC1F2',
    // Buypass Class 3 Root CA G2 HT and CA G2 HT Business
    'AB936DFD7F171D3A',
    '0EF5CEDCE44265B1',
    // Commfides Root CA - G3 and Legal Person - G3
    '5AD1A2B5DAE0CE7D',
    '318AA99DFBE3D5CF',
    // Buypass Class 3 Root CA and CA 3 (SEID 1)
    'EDF7EBBCA27A2A38',
    'C49C350E5A8205E0',
  ],
};

export const test: Environment = {
  name: 'test',
  root: 'https://api.difitest.signering.posten.no/api',
  serverOrganisation: POSTEN,
  authorities: [
    // Buypass Class 3 Test4, G2 ST and G2 HT
    '760637A0F7DA3A38',
    '2F36956BEB4DE490',
    '52A09CF14587D7A5',
    '2C9E0EC146F148ED',
    // Commfides - G3 - TEST
    '97EA39029D946583',
    '94BB0E8701B61794',
    // Buypass Class 3 Test4 Root CA and CA 3 (SEID 1)
    '2A847582',
    'B761ABD7',
  ],
};
