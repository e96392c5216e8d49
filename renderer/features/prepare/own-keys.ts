/** The same as `own-keys-here.ts` says, of the settings as they are now. */
import { useCall } from '../../host/client.ts';
import { ownKeysHere, type OwnKeysHere } from './own-keys-here.ts';

/** `both` until it is known: nothing is forbidden or hinted at before. */
export function useOwnKeys(): OwnKeysHere {
  const { value } = useCall('settings.get', {}, (event) => event.type === 'settings.changed');
  return value === null ? 'both' : ownKeysHere(value);
}
