/** Every row carries an authenticator, every table its tally, and timestamps over the log's head stand here. */

const archive = `
-- 'mac' authenticates a row (row-macs.ts). Rows of the schema before this one get theirs when it is opened.
ALTER TABLE document ADD COLUMN mac BLOB;
ALTER TABLE revision ADD COLUMN mac BLOB;
ALTER TABLE document_text ADD COLUMN mac BLOB;
ALTER TABLE outbox ADD COLUMN mac BLOB;
ALTER TABLE setting ADD COLUMN mac BLOB;
ALTER TABLE user ADD COLUMN mac BLOB;
ALTER TABLE lease ADD COLUMN mac BLOB;

-- How many rows a table has, and the exclusive or of their authenticators: a row that is gone is missed.
CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  sum BLOB NOT NULL CHECK (length(sum) = 32),
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What somebody outside has said of the log as it stood at 'seq': a timestamp, a countersignature.
CREATE TABLE anchor (
  n INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('timestamp', 'witness')),
  seq INTEGER NOT NULL REFERENCES job_event (seq),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  token BLOB NOT NULL,
  authority TEXT NOT NULL,
  at TEXT NOT NULL,
  mac BLOB NOT NULL
) STRICT;
CREATE INDEX anchor_by_seq ON anchor (seq);
CREATE TRIGGER anchor_update BEFORE UPDATE ON anchor
  BEGIN SELECT RAISE(ABORT, 'anchors are only appended'); END;
CREATE TRIGGER anchor_delete BEFORE DELETE ON anchor
  BEGIN SELECT RAISE(ABORT, 'anchors are only appended'); END;

-- A row may get its authenticator once; nothing else of it ever changes.
DROP TRIGGER document_update;
CREATE TRIGGER document_update BEFORE UPDATE ON document
  WHEN OLD.mac IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.job IS NOT OLD.job
    OR NEW.seq IS NOT OLD.seq
  BEGIN SELECT RAISE(ABORT, 'documents are only appended'); END;
DROP TRIGGER revision_update;
CREATE TRIGGER revision_update BEFORE UPDATE ON revision
  WHEN OLD.mac IS NOT NULL OR NEW.document IS NOT OLD.document OR NEW.number IS NOT OLD.number
    OR NEW.start IS NOT OLD.start OR NEW.length IS NOT OLD.length
    OR NEW.sha256 IS NOT OLD.sha256 OR NEW.seq IS NOT OLD.seq OR NEW.tail IS NOT OLD.tail
  BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;
`;

const keyring = `
ALTER TABLE job_key ADD COLUMN mac BLOB;
ALTER TABLE destroyed ADD COLUMN mac BLOB;
CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  sum BLOB NOT NULL CHECK (length(sum) = 32),
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;
DROP TRIGGER job_key_update;
CREATE TRIGGER job_key_update BEFORE UPDATE ON job_key
  WHEN OLD.mac IS NOT NULL OR NEW.job IS NOT OLD.job OR NEW.key IS NOT OLD.key
  BEGIN SELECT RAISE(ABORT, 'a key never changes'); END;
`;

export const migration002 = { number: 2, archive, keyring } as const;
