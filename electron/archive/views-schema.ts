/** The tables of `views.db`. They are made anew rather than migrated. */

/** Another number here and the file is made anew. */
export const viewsSchema = 1;

export const viewsSql = `
CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  text INTEGER NOT NULL
) STRICT;
INSERT INTO mark VALUES (1, 0, zeroblob(32), 0);

CREATE TABLE job_row (
  n INTEGER PRIMARY KEY,
  job TEXT NOT NULL UNIQUE,
  changed INTEGER NOT NULL,
  tab TEXT NOT NULL,
  state TEXT NOT NULL,
  deadline TEXT,
  exported INTEGER NOT NULL,
  at_kiosk INTEGER NOT NULL,
  row TEXT NOT NULL
) STRICT;
CREATE INDEX job_row_by_change ON job_row (changed);
CREATE INDEX job_row_by_tab ON job_row (tab, changed);
CREATE INDEX job_row_by_state ON job_row (state, deadline, exported, at_kiosk, changed, job);

-- Counting 100,000 rows for each list would cost more than the list.
CREATE TABLE tab_count (tab TEXT PRIMARY KEY, jobs INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO tab_count VALUES ('draft', 0), ('waiting', 0), ('stopped', 0), ('signed', 0), ('renewal', 0);
CREATE TRIGGER job_row_in AFTER INSERT ON job_row
  BEGIN UPDATE tab_count SET jobs = jobs + 1 WHERE tab = NEW.tab; END;
CREATE TRIGGER job_row_out AFTER DELETE ON job_row
  BEGIN UPDATE tab_count SET jobs = jobs - 1 WHERE tab = OLD.tab; END;
CREATE TRIGGER job_row_moved AFTER UPDATE OF tab ON job_row WHEN NEW.tab <> OLD.tab BEGIN
  UPDATE tab_count SET jobs = jobs - 1 WHERE tab = OLD.tab;
  UPDATE tab_count SET jobs = jobs + 1 WHERE tab = NEW.tab;
END;

-- Words are folded before they come here (search-words.ts). A word is enough: no positions.
CREATE VIRTUAL TABLE search USING fts5 (
  fields, body, tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3 4'
);
-- Jobs with much text whose fields have changed: they are indexed again when somebody searches.
CREATE TABLE stale (n INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
`;
