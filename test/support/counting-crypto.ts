/** `Crypto` that counts how many bytes went into its hashes. */
import type { Crypto, Hash } from '../../electron/core/ports.ts';

export interface CountingCrypto {
  readonly crypto: Crypto;
  /** Bytes fed to all hashes, forks counted from where they fork. */
  hashed(): number;
}

export function countingCrypto(crypto: Crypto): CountingCrypto {
  let bytes = 0;
  const counted = (hash: Hash): Hash => {
    const self: Hash = {
      update(more) {
        bytes += more.length;
        hash.update(more);
        return self;
      },
      copy: () => counted(hash.copy()),
      digest: () => hash.digest(),
    };
    return self;
  };
  return {
    crypto: {
      ...crypto,
      hash(algorithm) {
        const hash = crypto.hash(algorithm);
        return hash === null ? null : counted(hash);
      },
    },
    hashed: () => bytes,
  };
}
