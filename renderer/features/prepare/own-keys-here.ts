/** With what an advanced signer could sign on this machine. Pure. */
import type { SettingsView } from '../../../shared/rpc/views.ts';

export type OwnKeysHere = 'both' | 'cards' | 'key-files' | 'none';

export function ownKeysHere({ cards }: Pick<SettingsView, 'cards'>): OwnKeysHere {
  const readers = cards.use && cards.supported;
  if (readers) return cards.keyFiles ? 'both' : 'cards';
  return cards.keyFiles ? 'key-files' : 'none';
}
