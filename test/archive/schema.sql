== archive
CREATE INDEX anchor_by_seq ON anchor (seq);
CREATE INDEX document_of_job ON document (job);
CREATE INDEX document_text_of_job ON document_text (job);
CREATE INDEX outbox_by_topic ON outbox (topic, id);
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
CREATE TABLE book_entry (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('person', 'group')),
  body BLOB NOT NULL,
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  seq INTEGER NOT NULL REFERENCES job_event (seq)
, mac BLOB) STRICT;
CREATE TABLE document_text (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document TEXT NOT NULL UNIQUE,
  job TEXT NOT NULL,
  body BLOB NOT NULL
, mac BLOB) STRICT;
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
CREATE TABLE lease (name TEXT PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL, mac BLOB)
  STRICT, WITHOUT ROWID;
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  topic TEXT NOT NULL,
  job TEXT NOT NULL,
  at TEXT NOT NULL,
  body BLOB NOT NULL
, mac BLOB) STRICT;
CREATE TABLE revision (
  document TEXT NOT NULL REFERENCES document (id),
  number INTEGER NOT NULL CHECK (number >= 0),
  start INTEGER NOT NULL CHECK (start >= 0),
  length INTEGER NOT NULL CHECK (length >= start),
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  seq INTEGER NOT NULL REFERENCES job_event (seq),
  tail BLOB CHECK ((tail IS NULL) = (number = 0)), mac BLOB,
  PRIMARY KEY (document, number)
) STRICT;
CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL, mac BLOB) STRICT, WITHOUT ROWID;
CREATE TABLE sqlite_sequence(name,seq);
CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  sum BLOB NOT NULL CHECK (length(sum) = 32),
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE user (id TEXT PRIMARY KEY, value TEXT NOT NULL, mac BLOB) STRICT, WITHOUT ROWID;
CREATE TRIGGER anchor_delete BEFORE DELETE ON anchor
  BEGIN SELECT RAISE(ABORT, 'anchors are only appended'); END;
CREATE TRIGGER anchor_update BEFORE UPDATE ON anchor
  BEGIN SELECT RAISE(ABORT, 'anchors are only appended'); END;
CREATE TRIGGER document_delete BEFORE DELETE ON document
  BEGIN SELECT RAISE(ABORT, 'documents are only appended'); END;
CREATE TRIGGER document_update BEFORE UPDATE ON document
  WHEN OLD.mac IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.job IS NOT OLD.job
    OR NEW.seq IS NOT OLD.seq
  BEGIN SELECT RAISE(ABORT, 'documents are only appended'); END;
CREATE TRIGGER job_event_delete BEFORE DELETE ON job_event
  BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER job_event_in_line BEFORE INSERT ON job_event
  WHEN NEW.seq IS NOT coalesce((SELECT max(seq) FROM job_event), 0) + 1
    OR NEW.version IS NOT
       coalesce((SELECT max(version) FROM job_event WHERE job = NEW.job), 0) + 1
  BEGIN SELECT RAISE(ABORT, 'event out of line'); END;
CREATE TRIGGER job_event_update BEFORE UPDATE ON job_event
  BEGIN SELECT RAISE(ABORT, 'events are only appended'); END;
CREATE TRIGGER revision_delete BEFORE DELETE ON revision
  BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;
CREATE TRIGGER revision_in_line BEFORE INSERT ON revision
  WHEN NEW.number IS NOT
       coalesce((SELECT max(number) FROM revision WHERE document = NEW.document), -1) + 1
    OR NEW.start IS NOT coalesce((SELECT length FROM revision
       WHERE document = NEW.document ORDER BY number DESC LIMIT 1), 0)
  BEGIN SELECT RAISE(ABORT, 'revision out of line'); END;
CREATE TRIGGER revision_update BEFORE UPDATE ON revision
  WHEN OLD.mac IS NOT NULL OR NEW.document IS NOT OLD.document OR NEW.number IS NOT OLD.number
    OR NEW.start IS NOT OLD.start OR NEW.length IS NOT OLD.length
    OR NEW.sha256 IS NOT OLD.sha256 OR NEW.seq IS NOT OLD.seq OR NEW.tail IS NOT OLD.tail
  BEGIN SELECT RAISE(ABORT, 'revisions are only appended'); END;

== keyring
CREATE TABLE destroyed (job TEXT PRIMARY KEY, at TEXT NOT NULL, mac BLOB) STRICT, WITHOUT ROWID;
CREATE TABLE job_key (job TEXT PRIMARY KEY, key BLOB NOT NULL CHECK (length(key) = 32), mac BLOB)
  STRICT, WITHOUT ROWID;
CREATE TABLE tally (
  name TEXT PRIMARY KEY,
  rows INTEGER NOT NULL,
  sum BLOB NOT NULL CHECK (length(sum) = 32),
  mac BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER job_key_not_again BEFORE INSERT ON job_key
  WHEN EXISTS (SELECT 1 FROM destroyed WHERE job = NEW.job)
  BEGIN SELECT RAISE(ABORT, 'the key of this job was destroyed'); END;
CREATE TRIGGER job_key_update BEFORE UPDATE ON job_key
  WHEN OLD.mac IS NOT NULL OR NEW.job IS NOT OLD.job OR NEW.key IS NOT OLD.key
  BEGIN SELECT RAISE(ABORT, 'a key never changes'); END;

== views
CREATE INDEX job_person_by_change ON job_person (person, changed, audience);
CREATE INDEX job_person_by_job ON job_person (n);
CREATE INDEX job_person_by_tab ON job_person (person, tab, changed, audience);
CREATE INDEX job_row_by_audience ON job_row (audience, changed);
CREATE INDEX job_row_by_audience_tab ON job_row (audience, tab, changed);
CREATE INDEX job_row_by_change ON job_row (changed);
CREATE INDEX job_row_by_pick_up ON job_row (changed) WHERE pick_up = 1;
CREATE INDEX job_row_by_state ON job_row (state, deadline, exported, at_kiosk, changed, job);
CREATE INDEX job_row_by_tab ON job_row (tab, changed);
CREATE TABLE job_person (
  person TEXT NOT NULL,
  n INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  tab TEXT NOT NULL,
  audience TEXT NOT NULL,
  PRIMARY KEY (person, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE job_row (
  n INTEGER PRIMARY KEY,
  job TEXT NOT NULL UNIQUE,
  changed INTEGER NOT NULL,
  tab TEXT NOT NULL,
  state TEXT NOT NULL,
  deadline TEXT,
  exported INTEGER NOT NULL,
  at_kiosk INTEGER NOT NULL,
  -- Somebody may begin alone with a code.
  pick_up INTEGER NOT NULL,
  -- Who sees it, in one word (visibility.ts).
  audience TEXT NOT NULL,
  row TEXT NOT NULL
) STRICT;
CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  text INTEGER NOT NULL,
  mac BLOB NOT NULL,
  -- 1 where the views before these were not of this log.
  replaced INTEGER NOT NULL
) STRICT;
CREATE VIRTUAL TABLE search USING fts5 (
  fields, body, tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3 4'
);
CREATE TABLE stale (n INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
CREATE TABLE tab_count (
  person TEXT NOT NULL,
  audience TEXT NOT NULL,
  tab TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  PRIMARY KEY (person, audience, tab)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER job_person_in AFTER INSERT ON job_person BEGIN
  INSERT INTO tab_count VALUES (NEW.person, NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_person_out AFTER DELETE ON job_person BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = OLD.person AND audience = OLD.audience AND tab = OLD.tab;
END;
CREATE TRIGGER job_row_in AFTER INSERT ON job_row BEGIN
  INSERT INTO tab_count VALUES ('', NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_row_moved AFTER UPDATE OF tab, audience ON job_row
  WHEN NEW.tab <> OLD.tab OR NEW.audience <> OLD.audience BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = '' AND audience = OLD.audience AND tab = OLD.tab;
  INSERT INTO tab_count VALUES ('', NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_row_out AFTER DELETE ON job_row BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = '' AND audience = OLD.audience AND tab = OLD.tab;
  DELETE FROM job_person WHERE n = OLD.n;
END;
