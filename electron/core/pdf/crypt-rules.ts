/** The encryption dictionary (ISO 32000-2, tables 20, 21 and 25), checked for shape. */
import { Refusal } from '../../../shared/result.ts';
import type { KeyInput } from './crypt-keys.ts';
import { damaged } from './cursor.ts';
import type { Resolve } from './filters.ts';
import type { PdfDict, PdfObject } from './objects.ts';
import { isArray, isDict, isName, isString, numberOf } from './objects.ts';

export type CryptMethod = 'none' | 'RC4' | 'AESV2' | 'AESV3';

export interface CryptRules {
  readonly input: KeyInput;
  readonly streams: CryptMethod;
  readonly strings: CryptMethod;
  readonly attachments: CryptMethod;
  /** Crypt filters by name, for streams that name their own. */
  readonly filters: ReadonlyMap<string, CryptMethod>;
}

/**
 * Reads how a file is encrypted.
 * @throws Refusal `pdf.encryption-unsupported` for another handler than the standard one or an
 * unknown version, `pdf.damaged` where entries are missing.
 */
export function readRules(dictionary: PdfDict, trailer: PdfDict, resolve: Resolve): CryptRules {
  const get = (key: string) => resolve(dictionary.entries.get(key));
  const filter = get('Filter');
  if (!isName(filter, 'Standard'))
    throw unsupported(isName(filter) ? filter.value : 'no security handler');
  const version = numberOf(get('V')) ?? 0;
  const revision = numberOf(get('R')) ?? 0;
  if (![1, 2, 4, 5].includes(version) || ![2, 3, 4, 5, 6].includes(revision))
    throw unsupported(`version ${version}, revision ${revision}`);
  const bytesOf = (key: string): Uint8Array => {
    const value = get(key);
    return isString(value) ? value.bytes : new Uint8Array(0);
  };
  const owner = bytesOf('O');
  const user = bytesOf('U');
  const wanted = revision >= 5 ? 48 : 32;
  if (owner.length < wanted || user.length < (revision >= 5 ? 48 : 16))
    throw damaged('The encryption dictionary is incomplete.');
  // Table 21: all three are required, and readers that check them do not open the file without.
  if (
    revision >= 5 &&
    (bytesOf('OE').length < 32 || bytesOf('UE').length < 32 || bytesOf('Perms').length < 16)
  )
    throw damaged('The encryption dictionary is incomplete.');
  const idList = resolve(trailer.entries.get('ID'));
  const id = isArray(idList) ? resolve(idList[0]) : null;
  const encryptMetadata = version >= 4 ? get('EncryptMetadata') !== false : true;
  const input: KeyInput = {
    revision,
    owner,
    user,
    ownerKey: bytesOf('OE'),
    userKey: bytesOf('UE'),
    permissions: (numberOf(get('P')) ?? 0) | 0,
    id: isString(id) ? id.bytes : new Uint8Array(0),
    encryptMetadata,
    keyLengths: keyLengths(version, numberOf(get('Length'))),
  };
  if (version < 4)
    return { input, streams: 'RC4', strings: 'RC4', attachments: 'RC4', filters: new Map() };
  return { input, ...cryptFilters(get, resolve) };
}

function unsupported(what: string): Refusal {
  return new Refusal(
    'pdf.encryption-unsupported',
    'The file is encrypted in a way that is not supported.',
    { what: what.slice(0, 60) },
  );
}

/** Key lengths in bytes to try: what the version says first, then what writers have meant. */
function keyLengths(version: number, length: number | null): number[] {
  const list: number[] = [];
  const add = (bytes: number) => {
    if (Number.isInteger(bytes) && bytes >= 5 && bytes <= 16 && !list.includes(bytes))
      list.push(bytes);
  };
  if (version === 1) add(5);
  if (version === 4) add(16);
  if (length !== null) {
    add(length / 8);
    // Some writers give /Length in bytes.
    add(length);
  }
  add(5);
  add(16);
  return list;
}

function cryptFilters(
  get: (key: string) => PdfObject,
  resolve: Resolve,
): Omit<CryptRules, 'input'> {
  const filters = new Map<string, CryptMethod>();
  const list = get('CF');
  if (isDict(list))
    for (const [key, value] of list.entries) {
      const one = resolve(value);
      const method = isDict(one) ? resolve(one.entries.get('CFM')) : null;
      filters.set(key, methodOf(isName(method) ? method.value : 'None'));
    }
  // 7.6.6.2: the name Identity is reserved and cannot be redefined.
  filters.set('Identity', 'none');
  const use = (key: string, missing: CryptMethod): CryptMethod => {
    const value = get(key);
    if (!isName(value)) return missing;
    const method = filters.get(value.value);
    if (method === undefined)
      throw damaged('The encryption dictionary names a filter it does not have.');
    return method;
  };
  const streams = use('StmF', 'none');
  return { streams, strings: use('StrF', 'none'), attachments: use('EFF', streams), filters };
}

function methodOf(value: string): CryptMethod {
  switch (value) {
    case 'V2':
      return 'RC4';
    case 'AESV2':
    case 'AESV3':
      return value;
    case 'None':
    case 'Identity':
      return 'none';
    default:
      throw unsupported(`crypt filter ${value}`);
  }
}
