/** The address book of the office: people and groups. */

const archive = `
-- Each entry is encrypted with a key of its own out of the keyring: once it is removed, and the key with
-- it, no older backup says any more who it was.
CREATE TABLE book_entry (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'group')),
  body BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`;

const keyring = '';

export const migration003 = { number: 3, archive, keyring } as const;
