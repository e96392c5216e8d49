/** A key file that stands for the office: its seal, or its enterprise certificate. In the worker. */
import { fail, type Result } from '../../shared/result.ts';
import { checkKeyValidity, openKeyFile, type FileKey } from '../eid/key-file.ts';
import { sha256Hex, type Desk } from './desk.ts';
import type { HeldSealKey } from './held-seal-key.ts';

/**
 * A file that is open to anybody is refused (`seal.unprotected`): the archive and its backups carry it.
 * Fails as `openKeyFile` and `checkKeyValidity` do, too.
 */
export async function openOfficeKey(
  { clock }: Pick<Desk, 'clock'>,
  { bytes, passphrase }: { readonly bytes: Uint8Array; readonly passphrase: string },
): Promise<Result<FileKey>> {
  const opened = await openKeyFile(bytes, passphrase);
  if (!opened.ok) return opened;
  if (passphrase === '')
    return fail('seal.unprotected', 'The key file has no passphrase; anybody could use it.');
  const valid = checkKeyValidity(opened.value, clock.now());
  return valid.ok ? opened : valid;
}

/** As it is held in memory while it is unlocked. */
export function heldOf(key: FileKey): HeldSealKey {
  return { certificate: sha256Hex(key.certificate), pkcs8: key.pkcs8() };
}
