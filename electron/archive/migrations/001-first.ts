/** The first schema. Frozen: a released migration is never edited; the next number changes it. */

const archive = `
-- The log. Bodies are encrypted with their job's key; the chain runs over their salted digests, so
-- it stays whole when a job's key is destroyed and can be recomputed from a job's export.
CREATE TABLE job_event (
  seq INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version >= 1),
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  type TEXT NOT NULL,
  body BLOB NOT NULL,
  digest BLOB NOT NULL CHECK (length(digest) = 32),
  prev BLOB NOT NULL CHECK (length(prev) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (job, version)
) STRICT;

CREATE TABLE document (
  id TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES job_event (seq)
) STRICT;
CREATE INDEX document_of_job ON document (job);

-- Revision 0 is a file and has no tail; every later one is what it appended. sha256 and length are
-- those of the whole file up to and including the revision.
CREATE TABLE revision (
  document TEXT NOT NULL REFERENCES document (id),
  number INTEGER NOT NULL CHECK (number >= 0),
  start INTEGER NOT NULL CHECK (start >= 0),
  length INTEGER NOT NULL CHECK (length >= start),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  seq INTEGER NOT NULL REFERENCES job_event (seq),
  tail BLOB CHECK ((tail IS NULL) = (number = 0)),
  PRIMARY KEY (document, number)
) STRICT;

-- The text of a document for the search, encrypted with its job's key.
CREATE TABLE document_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX document_text_of_job ON document_text (job);

CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  job TEXT NOT NULL,
  at TEXT NOT NULL,
  body BLOB NOT NULL
) STRICT;
CREATE INDEX outbox_by_topic ON outbox (topic, id);

CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE user (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL)
  STRICT, WITHOUT ROWID;

-- Nothing rewrites what is stored.
CREATE TRIGGER job_event_update BEFORE UPDATE ON job_event
  BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER job_event_delete BEFORE DELETE ON job_event
  BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER document_update BEFORE UPDATE ON document
  BEGIN SELECT RAISE(ABORT, 'documents are only appended'); END;
CREATE TRIGGER document_delete BEFORE DELETE ON document
  BEGIN SELECT RAISE(ABORT, 'documents are only appended'); END;
CREATE TRIGGER revision_update BEFORE UPDATE ON revision
  BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;
CREATE TRIGGER revision_delete BEFORE DELETE ON revision
  BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;

-- The log is one unbroken line, and so are the versions of a job and the bytes of a document.
CREATE TRIGGER job_event_in_line BEFORE INSERT ON job_event
  WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM job_event), 0) + 1
    OR NEW.version IS NOT
       coalesce((SELECT max(version) FROM job_event WHERE job = NEW.job), 0) + 1
  BEGIN SELECT RAISE(ABORT, 'event out of line'); END;
CREATE TRIGGER revision_in_line BEFORE INSERT ON revision
  WHEN NEW.number IS NOT
       coalesce((SELECT max(number) FROM revision WHERE document = NEW.document), -1) + 1
    OR NEW.start IS NOT coalesce((SELECT length FROM revision
       WHERE document = NEW.document ORDER BY number DESC LIMIT 1), 0)
  BEGIN SELECT RAISE(ABORT, 'revision out of line'); END;
`;

const keyring = `
-- One random key per job. A destroyed key leaves its job's name, so that a missing one is noticed.
CREATE TABLE job_key (job TEXT PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 32))
  STRICT, WITHOUT ROWID;
CREATE TABLE destroyed (job TEXT PRIMARY KEY, at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TRIGGER job_key_update BEFORE UPDATE ON job_key
  BEGIN SELECT RAISE(ABORT, 'a key never changes'); END;
CREATE TRIGGER job_key_not_again BEFORE INSERT ON job_key
  WHEN EXISTS (SELECT 1 FROM destroyed WHERE job = NEW.job)
  BEGIN SELECT RAISE(ABORT, 'the key of this job was destroyed'); END;
`;

export const migration001 = { number: 1, archive, keyring } as const;
