/** Names of entries in a container: what may be written to a disk without reaching outside a folder. */

/** Why the name is refused, or null. A name that ends in a slash is a folder. */
export function nameProblem(name: string): string | null {
  if (name === '' || name.length > 512) return 'a name that is empty or too long';
  if (/[\u0000-\u001f\u007f]/.test(name)) return 'a control character in a name';
  if (/[\\:*?"<>|]/.test(name)) return 'a character in a name that a folder cannot hold';
  const parts = name.replace(/\/$/, '').split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..'))
    return 'a name that reaches outside the container';
  if (
    parts.some((part) => /[. ]$/.test(part) || /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(part))
  )
    return 'a name that some systems take for another';
  return null;
}

/** Names that are one on some file system are one here: case and composed characters do not tell apart. */
export function sameNameKey(name: string): string {
  return name.replace(/\/$/, '').normalize('NFKC').toLowerCase();
}
