/** What a signed container holds, told apart by name (ETSI TS 102 918, 5 and 6; EN 319 162-1, 4). */
import { Refusal } from '../../../shared/result.ts';
import { strictUtf8 } from '../../../shared/xml/utf8.ts';
import type { ZipEntry } from './read-zip.ts';

export const mimetypes = {
  simple: 'application/vnd.etsi.asic-s+zip',
  extended: 'application/vnd.etsi.asic-e+zip',
} as const;

export interface Container {
  /** Null where no entry says so: the file's name or the remote service's profile decided. */
  readonly type: keyof typeof mimetypes | null;
  /** What is there to be signed. */
  readonly files: readonly ZipEntry[];
  readonly xades: readonly ZipEntry[];
  readonly cades: readonly ZipEntry[];
  readonly manifests: readonly ZipEntry[];
  readonly timestamps: readonly ZipEntry[];
  /** What lies among the signatures without being known there; such a container is never green. */
  readonly strays: readonly string[];
}

const known = {
  xades: /^META-INF\/[^/]*signatures[^/]*\.xml$/i,
  cades: /^META-INF\/[^/]*signature[^/]*\.p7s$/i,
  manifests: /^META-INF\/[^/]*ASiC(Archive)?Manifest[^/]*\.xml$/i,
  timestamps: /^META-INF\/[^/]*timestamp[^/]*\.tst$/i,
} as const;
/** Lists that describe the container; they prove nothing and are not relied on. */
const described = /^META-INF\/(manifest|container|metadata)\.(xml|rdf)$/;

/** Throws `asice.malformed` where the type entry is not as it must be. */
export function sortContainer(entries: readonly ZipEntry[]): Container {
  const index = entries.findIndex(({ name }) => name === 'mimetype');
  const own = entries.filter(({ name }) => name !== 'mimetype');
  const inside = own.filter(({ name }) => /^META-INF\//i.test(name));
  const matching = (form: RegExp): readonly ZipEntry[] =>
    inside.filter(({ name }) => form.test(name));
  const sorted = {
    xades: matching(known.xades),
    cades: matching(known.cades),
    manifests: matching(known.manifests),
    timestamps: matching(known.timestamps),
  };
  const expected = new Set(Object.values(sorted).flat());
  return {
    ...sorted,
    type: index === -1 ? null : typeOf(entries[index], index),
    files: own.filter((entry) => !inside.includes(entry)),
    strays: inside
      .filter((entry) => !expected.has(entry) && !described.test(entry.name))
      .map(({ name }) => name),
  };
}

/** EN 319 162-1, A.1: the first entry, stored, without extra field, so that the type stands at octet 38. */
function typeOf(entry: ZipEntry | undefined, index: number): keyof typeof mimetypes {
  const text = entry === undefined ? null : strictUtf8(entry.bytes);
  const found = (['simple', 'extended'] as const).find((type) => mimetypes[type] === text);
  if (index !== 0 || entry?.method !== 'stored' || entry.extra !== 0 || found === undefined)
    throw new Refusal('asice.malformed', 'The container does not say rightly what it is.');
  return found;
}

/** The entry a reference names: percent-escapes undone, nothing else guessed. */
export function entryFor(files: readonly ZipEntry[], uri: string): ZipEntry | null {
  return (
    files.find(({ name }) => name === uri) ??
    files.find(({ name }) => name === unescaped(uri)) ??
    null
  );
}

function unescaped(uri: string): string | null {
  const bytes: number[] = [];
  for (let i = 0; i < uri.length; i++) {
    const code = uri.charCodeAt(i);
    const escape = /^%([0-9a-fA-F]{2})/.exec(uri.slice(i, i + 3))?.[1];
    if (code > 0x7f) return null;
    bytes.push(escape === undefined ? code : parseInt(escape, 16));
    if (escape !== undefined) i += 2;
  }
  return strictUtf8(Uint8Array.from(bytes));
}
