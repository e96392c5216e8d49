/**
 * One sitting with a card: exactly one login for each PIN that somebody typed, never a second try with
 * the same, and the card is logged out whatever happens. In the card process.
 */
import type { Handle, PKCS11 } from 'pkcs11js';
import { fail, ok, type Result } from '../../../shared/result.ts';
import { cka, ckf, cko, cku } from './cryptoki.ts';
import { faultOf, type Fault } from './faults.ts';
import { inCms, mechanismFor } from './mechanisms.ts';
import type { Begun, CardAsk } from './protocol.ts';
import { fingerprint } from './fingerprint.ts';
import { attribute, find, flagsOf, isSet } from './tokens.ts';

export interface Sitting {
  sign(ask: Extract<CardAsk, { type: 'sign' }>): Result<Uint8Array>;
  end(): void;
}

type Begin = Extract<CardAsk, { type: 'begin' }>;

export function beginSitting(
  driver: PKCS11,
  ask: Begin,
): Result<{ readonly begun: Begun; readonly sitting: Sitting }> {
  const slot = Buffer.from(ask.slot, 'hex');
  let session: Handle;
  try {
    // What an earlier sitting may have left behind would let a wrong PIN pass as a right one.
    driver.C_CloseAllSessions(slot);
    session = driver.C_OpenSession(slot, ckf.serialSession);
  } catch (error) {
    return faultOf(error);
  }
  const end = () => {
    quietly(() => driver.C_Logout(session));
    quietly(() => driver.C_CloseSession(session));
  };
  const refused = logIn(driver, slot, session, ask);
  if (refused !== null) {
    end();
    return refused;
  }
  try {
    const key = keyOf(driver, session, ask.certificate);
    if (!key.ok) {
      end();
      return key;
    }
    const mechanisms = driver.C_GetMechanismList(slot);
    const alwaysAuthenticate = isSet(driver, session, key.value, cka.alwaysAuthenticate);
    const { pinPad } = flagsOf(driver.C_GetTokenInfo(slot));
    if (alwaysAuthenticate && !pinPad && ask.pins < ask.signatures) {
      end();
      return fail('card.pin-each-time', 'The card asks for the PIN at every signature.', {
        times: ask.signatures,
      });
    }
    const sitting = signer(driver, { slot, session, key: key.value, mechanisms, end });
    return ok({
      begun: { alwaysAuthenticate },
      sitting: { end, sign: (each) => sitting(each, alwaysAuthenticate) },
    });
  } catch (error) {
    end();
    return faultOf(error);
  }
}

/** Null when it is done, or when the card asks for none. */
function logIn(driver: PKCS11, slot: Handle, session: Handle, ask: Begin): Fault | null {
  try {
    const flags = flagsOf(driver.C_GetTokenInfo(slot));
    if (!flags.loginRequired) return null;
    if (!flags.pinSet) return fail('card.pin-not-set', 'The card has no PIN yet.');
    if (flags.tries === 'none') return fail('card.locked', 'The card is locked.');
    if (flags.tries === 'last' && !ask.lastTry)
      return fail('card.last-try', 'One more wrong PIN locks the card.');
    if (!flags.pinPad && ask.pin === null) return fail('card.pin-needed', 'The card needs a PIN.');
    return enterPin(driver, slot, session, cku.user, flags.pinPad ? null : ask.pin);
  } catch (error) {
    return faultOf(error);
  }
}

function enterPin(
  driver: PKCS11,
  slot: Handle,
  session: Handle,
  who: number,
  pin: string | null,
): Fault | null {
  try {
    // An empty text reaches the driver as NULL_PTR: the reader asks by itself.
    driver.C_Login(session, who, pin ?? '');
    return null;
  } catch (error) {
    const fault = faultOf(error);
    if (fault.error.code !== 'card.wrong-pin') return fault;
    return { ok: false, error: { ...fault.error, detail: { tries: triesAfter(driver, slot) } } };
  }
}

function triesAfter(driver: PKCS11, slot: Handle): string {
  try {
    return flagsOf(driver.C_GetTokenInfo(slot)).tries;
  } catch {
    return 'enough';
  }
}

/** The key of the certificate, by CKA_ID; it must be allowed to sign. */
function keyOf(driver: PKCS11, session: Handle, certificate: string): Result<Handle> {
  const object = find(driver, session, [{ type: cka.class, value: cko.certificate }]).find(
    (each) => fingerprint(attribute(driver, session, each, cka.value)) === certificate,
  );
  if (object === undefined)
    return fail('card.other-card', 'The certificate that was shown is not on this card.');
  const id = attribute(driver, session, object, cka.id);
  const key = find(driver, session, [
    { type: cka.class, value: cko.privateKey },
    { type: cka.id, value: id },
  ]).find((each) => isSet(driver, session, each, cka.sign));
  return key === undefined
    ? fail('card.no-key', 'The card has no key for signing with this certificate.')
    : ok(key);
}

interface Open {
  readonly slot: Handle;
  readonly session: Handle;
  readonly key: Handle;
  readonly mechanisms: readonly number[];
  readonly end: () => void;
}

function signer(driver: PKCS11, { slot, session, key, mechanisms }: Open) {
  return (ask: Extract<CardAsk, { type: 'sign' }>, everyTime: boolean): Result<Uint8Array> => {
    const { scheme, data, pin } = ask;
    const mechanism = mechanismFor(scheme, data, mechanisms);
    if (mechanism === null)
      return fail('card.cannot-sign', 'The card cannot make such a signature.');
    const { input, ...how } = mechanism;
    try {
      driver.C_SignInit(session, how as Parameters<PKCS11['C_SignInit']>[1], key);
      if (everyTime) {
        const refused = enterPin(driver, slot, session, cku.contextSpecific, pin);
        if (refused !== null) return refused;
      }
      const answer = driver.C_Sign(session, Buffer.from(input), Buffer.alloc(1024));
      return ok(inCms(scheme, new Uint8Array(answer)));
    } catch (error) {
      return faultOf(error);
    }
  };
}

function quietly(body: () => void): void {
  try {
    body();
  } catch {
    // The card may be gone, which ends its sessions as well.
  }
}
