/** The passphrase of the key file brings the seal back after a start without a secret store. */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { ParsedOf } from '../../shared/rpc/contract.ts';
import type { Screen } from './screen.ts';
import { sealKeyState } from './seal.ts';

export function createSealUnlock({ door, run, tried }: Screen) {
  return {
    /** The same for the certificate that we show the remote signing service. */
    unlockPosten: (input: ParsedOf<'posten.unlock'>) =>
      tried('seal-passphrase', 'anybody', () => run('posten.unlock', input, { lane: 'counter' })),

    async unlockSeal(input: ParsedOf<'seal.unlock'>): Promise<Result<null>> {
      const desk = door.get();
      if (!desk.ok) return desk;
      switch (sealKeyState(desk.value)) {
        case 'ready':
          return ok(null);
        case 'none':
          return fail('seal.missing', 'The organisation has no seal.');
        case 'missing':
          return fail('seal.key-missing', 'The key file has to be given again.');
        case 'locked':
      }
      // One key file: whoever tries, they are the same tries.
      const opened = await tried('seal-passphrase', 'anybody', () =>
        run('seal.unlock', input, { lane: 'counter' }),
      );
      if (!opened.ok) return opened;
      door.holdSealKey(opened.value);
      return ok(null);
    },
  };
}
