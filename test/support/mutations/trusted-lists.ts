/** The reader of trusted lists: a list that opens says what its operator signed, element for element. */
import { nodeCrypto } from '../../../electron/adapters/node-crypto.ts';
import { openTrustedList } from '../../../electron/core/trusted-lists/open-list.ts';
import { DSIG } from '../../../electron/core/xades/namespaces.ts';
import { canonicalElement } from '../../../electron/core/xades/c14n.ts';
import { unwrap } from '../../../shared/result.ts';
import { readXml } from '../../../shared/xml/read-xml.ts';
import { childElements } from '../../../shared/xml/tree.ts';
import { authority, signingTime } from '../signing.ts';
import { makeTrustedList } from '../trusted-lists.ts';
import { same, type Subject } from './subject.ts';

const plain = { type: 'exclusive', comments: false, inclusivePrefixes: [] } as const;

/** What the signature is over: everything in the list but the signature itself. */
function contentOf(list: Uint8Array): Uint8Array {
  const { root } = unwrap(readXml(list));
  const parts = childElements(root).filter(({ namespace }) => namespace !== DSIG);
  return Buffer.concat(parts.map((each) => canonicalElement(each, plain)));
}

export const trustedListReaders: readonly Subject[] = [
  {
    name: 'trusted list',
    share: 2_000,
    samples: async () => [
      makeTrustedList(
        {
          services: [
            {
              certificate: authority.intermediate.certificate,
              states: [
                { type: 'CA/QC', status: 'granted', from: '2020-01-01T00:00:00Z' },
                { type: 'CA/QC', status: 'withdrawn', from: '2019-01-01T00:00:00Z' },
              ],
            },
          ],
        },
        authority.issue('List operator', 'rsa-2048'),
      ),
    ],
    judge: async (mutant, sample) => {
      const opened = await openTrustedList(mutant, { crypto: nodeCrypto, now: signingTime });
      if (!opened.ok) return 'refused';
      return same(contentOf(mutant), contentOf(sample)) ? 'same' : 'wrong';
    },
  },
];
