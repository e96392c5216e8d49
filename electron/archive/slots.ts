/** `slots.json`: the archive key, wrapped once for everybody who may open the archive. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Refusal } from '../../shared/result.ts';
import type { Random } from '../core/ports.ts';
import { layoutOf, writeDurably } from './layout.ts';
import { newestSchema } from './migrate.ts';
import { damaged } from './refusals.ts';

/** Argon2id (RFC 9106); memory in KiB. */
export interface PassphraseCost {
  readonly memory: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface PassphraseSlot {
  readonly type: 'passphrase';
  /** Id of the user in the archive. */
  readonly user: string;
  /** What the user is called at the sign-in screen and on the command line. */
  readonly name: string;
  readonly cost: PassphraseCost;
  /** Hex, as all bytes here. */
  readonly salt: string;
  readonly wrapped: string;
}

export type Slot =
  | PassphraseSlot
  | { readonly type: 'recovery'; readonly salt: string; readonly wrapped: string }
  | { readonly type: 'store'; readonly name: string; readonly wrapped: string };

export interface Slots {
  readonly format: 'skranke-slots-1';
  /** The newest schema a program has begun to bring the databases to: readable without the key. */
  readonly schema: number;
  /** Random name of this archive; every slot is bound to it. */
  readonly archive: string;
  /** Tells a wrong key from a damaged database. */
  readonly check: string;
  readonly slots: readonly Slot[];
}

function checkOf(key: Uint8Array, archive: string): Buffer {
  return createHmac('sha256', key).update(`skranke key check ${archive}`).digest();
}

export function isKeyOf(slots: Slots, key: Uint8Array): boolean {
  const check = Buffer.from(slots.check, 'hex');
  return check.length === 32 && timingSafeEqual(check, checkOf(key, slots.archive));
}

export function newSlots(key: Uint8Array, random: Random): Slots {
  const archive = Buffer.from(random.bytes(16)).toString('hex');
  const check = checkOf(key, archive).toString('hex');
  return { format: 'skranke-slots-1', schema: newestSchema, archive, check, slots: [] };
}

/** Refuses with `archive.not-here` where there is none. */
export function readSlots(home: string): Slots {
  const file = layoutOf(home).slots;
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && isAbsent(error.code))
      throw new Refusal('archive.not-here', 'There is no archive in this folder');
    throw error;
  }
  const slots = parse(text);
  if (slots === null) throw damaged('slots.json');
  return slots;
}

function isAbsent(code: unknown): boolean {
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Ours, or nothing: a slot of a kind that a newer program made is kept, not understood. */
function parse(text: string): Slots | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const slots = value as Partial<Slots>;
    const sound =
      slots.format === 'skranke-slots-1' &&
      Number.isSafeInteger(slots.schema) &&
      typeof slots.archive === 'string' &&
      typeof slots.check === 'string' &&
      Array.isArray(slots.slots);
    return sound ? (slots as Slots) : null;
  } catch {
    return null;
  }
}

export function writeSlots(home: string, slots: Slots): void {
  writeDurably(layoutOf(home).slots, Buffer.from(`${JSON.stringify(slots, null, 2)}\n`));
}
