/** The tables of `views.db`. They are made anew rather than migrated. */

/** Another number here and the file is made anew; so it must be when `algorithm-ends.ts` changes. */
export const viewsSchema = 7;

export const viewsSql = `
CREATE TABLE mark (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  seq INTEGER NOT NULL,
  hash BLOB NOT NULL,
  text INTEGER NOT NULL,
  mac BLOB NOT NULL,
  -- 1 where the views before these were not of this log.
  replaced INTEGER NOT NULL
) STRICT;

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
CREATE INDEX job_row_by_change ON job_row (changed);
CREATE INDEX job_row_by_tab ON job_row (tab, changed);
CREATE INDEX job_row_by_pick_up ON job_row (changed) WHERE pick_up = 1;
CREATE INDEX job_row_by_audience ON job_row (audience, changed);
CREATE INDEX job_row_by_audience_tab ON job_row (audience, tab, changed);
CREATE INDEX job_row_by_state ON job_row (state, deadline, exported, at_kiosk, changed, job);

-- Who sees a job by name, whatever its audience. \`changed\` and \`tab\` are the row's: a list by name
-- must not look up every row.
CREATE TABLE job_person (
  person TEXT NOT NULL,
  n INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  tab TEXT NOT NULL,
  audience TEXT NOT NULL,
  PRIMARY KEY (person, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_person_by_job ON job_person (n);
CREATE INDEX job_person_by_change ON job_person (person, changed, audience);
CREATE INDEX job_person_by_tab ON job_person (person, tab, changed, audience);

-- Counting 100,000 rows for each list would cost more than the list. With a person: what they see by
-- name of an audience; with none: the whole audience.
CREATE TABLE tab_count (
  person TEXT NOT NULL,
  audience TEXT NOT NULL,
  tab TEXT NOT NULL,
  jobs INTEGER NOT NULL,
  PRIMARY KEY (person, audience, tab)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER job_row_in AFTER INSERT ON job_row BEGIN
  INSERT INTO tab_count VALUES ('', NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_row_out AFTER DELETE ON job_row BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = '' AND audience = OLD.audience AND tab = OLD.tab;
  DELETE FROM job_person WHERE n = OLD.n;
END;
CREATE TRIGGER job_row_moved AFTER UPDATE OF tab, audience ON job_row
  WHEN NEW.tab <> OLD.tab OR NEW.audience <> OLD.audience BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = '' AND audience = OLD.audience AND tab = OLD.tab;
  INSERT INTO tab_count VALUES ('', NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_person_in AFTER INSERT ON job_person BEGIN
  INSERT INTO tab_count VALUES (NEW.person, NEW.audience, NEW.tab, 1)
    ON CONFLICT DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER job_person_out AFTER DELETE ON job_person BEGIN
  UPDATE tab_count SET jobs = jobs - 1
    WHERE person = OLD.person AND audience = OLD.audience AND tab = OLD.tab;
END;

-- Words are folded before they come here (search-words.ts). A word is enough: no positions.
CREATE VIRTUAL TABLE search USING fts5 (
  fields, body, tokenize = 'unicode61 remove_diacritics 0', detail = none, prefix = '2 3 4'
);
-- Jobs with much text whose fields have changed: they are indexed again when somebody searches.
CREATE TABLE stale (n INTEGER PRIMARY KEY, fields TEXT NOT NULL) STRICT;
`;
