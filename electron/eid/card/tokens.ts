/** What is in a driver's readers. In the card process: every call here may hang. */
import type { Handle, PKCS11, TokenInfo } from 'pkcs11js';
import { ok, type Result } from '../../../shared/result.ts';
import { cka, ckf, cko, ckr } from './cryptoki.ts';
import { faultOf } from './faults.ts';
import type { Slot, Token, TokenCertificate, TriesLeft } from './protocol.ts';

/** Certificates of a token are read once: a real card takes seconds for it. */
export type TokenMemory = Map<string, { readonly whose: string; readonly token: Token }>;

export function readSlots(driver: PKCS11, memory: TokenMemory): readonly Slot[] {
  return driver.C_GetSlotList(false).map((slot): Slot => {
    const id = slot.toString('hex');
    const { slotDescription, flags } = driver.C_GetSlotInfo(slot);
    const reader = plain(slotDescription);
    if ((flags & ckf.tokenPresent) === 0) {
      memory.delete(id);
      return { id, reader, token: null };
    }
    return { id, reader, token: readToken(driver, slot, memory) };
  });
}

function readToken(driver: PKCS11, slot: Handle, memory: TokenMemory): Result<Token> | null {
  try {
    const info = driver.C_GetTokenInfo(slot);
    // Software tokens offer an empty one to be filled: no card at all to whoever signs.
    if ((info.flags & ckf.tokenInitialized) === 0) return null;
    const whose = `${info.serialNumber} ${info.label}`;
    const known = memory.get(slot.toString('hex'));
    const token =
      known?.whose === whose
        ? { ...known.token, ...flagsOf(info) }
        : { ...describe(info), ...flagsOf(info), ...contentsOf(driver, slot) };
    memory.set(slot.toString('hex'), { whose, token });
    return ok(token);
  } catch (error) {
    memory.delete(slot.toString('hex'));
    const { code } = error as { readonly code?: number };
    // Taken out between two questions.
    return code === ckr.tokenNotPresent || code === ckr.deviceRemoved ? null : faultOf(error);
  }
}

function describe({ label, serialNumber, manufacturerID }: TokenInfo) {
  return {
    label: plain(label),
    serial: plain(serialNumber),
    manufacturer: plain(manufacturerID),
  };
}

export function flagsOf({ flags }: TokenInfo) {
  const has = (flag: number) => (flags & flag) !== 0;
  return {
    loginRequired: has(ckf.loginRequired),
    pinSet: has(ckf.userPinInitialized),
    pinPad: has(ckf.protectedAuthenticationPath),
    tries: triesOf(has),
  };
}

function triesOf(has: (flag: number) => boolean): TriesLeft {
  if (has(ckf.userPinLocked)) return 'none';
  if (has(ckf.userPinFinalTry)) return 'last';
  return has(ckf.userPinCountLow) ? 'low' : 'enough';
}

function contentsOf(driver: PKCS11, slot: Handle) {
  const session = driver.C_OpenSession(slot, ckf.serialSession);
  try {
    const always = new Map(
      find(driver, session, [{ type: cka.class, value: cko.privateKey }]).map((key) => [
        attribute(driver, session, key, cka.id).toString('hex'),
        isSet(driver, session, key, cka.alwaysAuthenticate),
      ]),
    );
    const certificates = find(driver, session, [
      { type: cka.class, value: cko.certificate },
      // X.509.
      { type: cka.certificateType, value: 0 },
    ]).map((object): TokenCertificate => {
      const id = attribute(driver, session, object, cka.id).toString('hex');
      return {
        der: new Uint8Array(attribute(driver, session, object, cka.value)),
        label: attribute(driver, session, object, cka.label).toString('utf8'),
        id,
        alwaysAuthenticate: always.get(id) ?? null,
      };
    });
    return { certificates, mechanisms: driver.C_GetMechanismList(slot) };
  } finally {
    driver.C_CloseSession(session);
  }
}

/** Every object that fits the template. */
export function find(
  driver: PKCS11,
  session: Handle,
  template: Parameters<PKCS11['C_FindObjectsInit']>[1] & object,
): readonly Handle[] {
  driver.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    // A token that never ends its list must not fill the memory.
    while (found.length < 1000) {
      const next = driver.C_FindObjects(session, 20);
      if (next.length === 0) break;
      found.push(...next);
    }
    return found;
  } finally {
    driver.C_FindObjectsFinal(session);
  }
}

/** Empty where the object has no such attribute. */
export function attribute(driver: PKCS11, session: Handle, object: Handle, type: number): Buffer {
  try {
    const [found] = driver.C_GetAttributeValue(session, object, [{ type }]);
    return Buffer.isBuffer(found?.value) ? found.value : Buffer.alloc(0);
  } catch (error) {
    if ((error as { readonly code?: number }).code === ckr.attributeTypeInvalid)
      return Buffer.alloc(0);
    throw error;
  }
}

export function isSet(driver: PKCS11, session: Handle, object: Handle, type: number): boolean {
  return attribute(driver, session, object, type).some((byte) => byte !== 0);
}

/** Who is in which reader, as one text: when it is another one, something came or went. */
export function lookOf(driver: PKCS11): string {
  return driver
    .C_GetSlotList(false)
    .map((slot) => {
      const { flags } = driver.C_GetSlotInfo(slot);
      if ((flags & ckf.tokenPresent) === 0) return `${slot.toString('hex')} -`;
      try {
        const info = driver.C_GetTokenInfo(slot);
        return `${slot.toString('hex')} ${info.serialNumber} ${info.label} ${info.flags}`;
      } catch {
        return `${slot.toString('hex')} ?`;
      }
    })
    .join('\n');
}

/** Cryptoki pads with blanks, some drivers with zeros. */
function plain(text: string): string {
  return text.replace(/[\0 ]+$/, '');
}
