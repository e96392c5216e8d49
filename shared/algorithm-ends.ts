/** Until when algorithms are relied on, as ISO instants: the first moment at which they no longer are. */

export interface AlgorithmEnds {
  /** By the core's name of the hash. What is not named here has no known end. */
  readonly hashes: Readonly<Record<string, string>>;
  /** RSA keys of fewer bits than `below`; the ends of all that fit hold. */
  readonly rsa: readonly { readonly below: number; readonly until: string }[];
}

/** ETSI TS 119 312 V1.5.1: SHA-224 and RSA below 3000 bits are legacy, and end with the year 2028. */
export const algorithmEnds: AlgorithmEnds = {
  hashes: { sha224: '2029-01-01T00:00:00.000Z' },
  rsa: [{ below: 3000, until: '2029-01-01T00:00:00.000Z' }],
};
