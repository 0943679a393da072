-- A campaign's rows are those of a list that it points to: a million of them are put in its place, or taken away, by
-- pointing to another list. A new list is filled bit by bit before anybody points to it, so that no writer waits.
CREATE TABLE lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Who is filling it; nobody points to it till then.
    holder TEXT
);
INSERT INTO lists (id) SELECT DISTINCT campaign_id FROM numbers;
ALTER TABLE campaigns ADD COLUMN list INTEGER REFERENCES lists (id);
UPDATE campaigns SET list = id WHERE id IN (SELECT id FROM lists);
CREATE INDEX campaigns_of_list ON campaigns (list) WHERE list IS NOT NULL;

CREATE TABLE numbers_0005 (
    list_id INTEGER NOT NULL REFERENCES lists (id),
    position INTEGER NOT NULL,
    typed TEXT NOT NULL,
    phone TEXT,
    phrase TEXT NOT NULL DEFAULT '',
    lang TEXT NOT NULL DEFAULT '',
    problem TEXT,
    problem_params TEXT,
    duplicate_of INTEGER,
    -- The defaults are what most rows of a long list are. '' is of what can't be called.
    kind TEXT NOT NULL DEFAULT 'mobile',
    valid INTEGER NOT NULL DEFAULT 1,
    -- Where it stood in the file; kept of rows that one looks up there.
    line INTEGER,
    PRIMARY KEY (list_id, position),
    CHECK (phone IS NOT NULL OR problem IS NOT NULL),
    CHECK (problem IS NULL OR duplicate_of IS NULL)
) WITHOUT ROWID;
-- Kinds of rows from before they were kept are told by their first digits.
INSERT INTO numbers_0005 (list_id, position, typed, phone, phrase, lang, problem, problem_params, duplicate_of, kind)
SELECT campaign_id, position, typed, phone, phrase, lang, problem, problem_params, duplicate_of,
    CASE WHEN phone IS NULL THEN '' WHEN phone LIKE '00%' THEN 'abroad' WHEN phone LIKE '905%' THEN 'mobile'
        WHEN phone LIKE '90800%' THEN 'toll_free' WHEN phone LIKE '902%' OR phone LIKE '903%' OR phone LIKE '904%'
        THEN 'landline' ELSE 'other' END
FROM numbers ORDER BY campaign_id, position;
DROP TABLE numbers;
ALTER TABLE numbers_0005 RENAME TO numbers;
-- With all that finding duplicates asks for: SQLite would otherwise read the whole list for each row.
CREATE INDEX numbers_by_phone ON numbers (list_id, phone, problem, position);
CREATE INDEX numbers_bad ON numbers (list_id, position) WHERE problem IS NOT NULL;
CREATE INDEX numbers_duplicate ON numbers (list_id, position) WHERE duplicate_of IS NOT NULL;
CREATE INDEX numbers_not_valid ON numbers (list_id, position) WHERE valid = 0 AND problem IS NULL;
-- Of mobile ones, which most are, the list itself is as good an index.
CREATE INDEX numbers_by_kind ON numbers (list_id, kind, position) WHERE kind <> 'mobile' AND problem IS NULL;

-- How many rows of a list are alike in all that is counted; '' for none. Kept up with them.
CREATE TABLE number_counts (
    list_id INTEGER NOT NULL REFERENCES lists (id),
    problem TEXT NOT NULL,
    kind TEXT NOT NULL,
    valid INTEGER NOT NULL,
    phrased INTEGER NOT NULL,
    duplicate INTEGER NOT NULL,
    many INTEGER NOT NULL,
    PRIMARY KEY (list_id, problem, kind, valid, phrased, duplicate)
) WITHOUT ROWID;
INSERT INTO number_counts (list_id, problem, kind, valid, phrased, duplicate, many)
SELECT list_id, coalesce(problem, ''), kind, valid, CASE WHEN phrase <> '' THEN 1 ELSE 0 END,
    CASE WHEN duplicate_of IS NOT NULL THEN 1 ELSE 0 END, count(*)
FROM numbers GROUP BY 1, 2, 3, 4, 5, 6;

-- What was done to a campaign's list, to be taken back in turn. `list` and `next_position` are those from before.
CREATE TABLE list_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    what TEXT NOT NULL CHECK (what IN ('add', 'import', 'edit', 'drop', 'clear', 'bring_back')),
    at TEXT NOT NULL,
    many INTEGER NOT NULL,
    list INTEGER REFERENCES lists (id),
    next_position INTEGER NOT NULL
);
CREATE INDEX list_steps_of_campaign ON list_steps (campaign_id, id);
CREATE INDEX list_steps_of_list ON list_steps (list) WHERE list IS NOT NULL;

-- Rows that were taken out, and why; and rows as they were before an edit, which is a step's alone (`why` is NULL).
CREATE TABLE dropped_numbers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    -- The step that took it out, as long as that can be taken back.
    step_id INTEGER REFERENCES list_steps (id),
    at TEXT NOT NULL,
    why TEXT,
    why_params TEXT,
    -- The step that brought it back into the list.
    back_step_id INTEGER REFERENCES list_steps (id),
    position INTEGER NOT NULL,
    typed TEXT NOT NULL,
    phone TEXT,
    phrase TEXT NOT NULL,
    lang TEXT NOT NULL,
    problem TEXT,
    problem_params TEXT,
    duplicate_of INTEGER,
    kind TEXT NOT NULL,
    valid INTEGER NOT NULL,
    line INTEGER
);
CREATE INDEX dropped_numbers_of_campaign ON dropped_numbers (campaign_id, id)
    WHERE why IS NOT NULL AND back_step_id IS NULL;
CREATE INDEX dropped_numbers_of_step ON dropped_numbers (step_id) WHERE step_id IS NOT NULL;
CREATE INDEX dropped_numbers_brought_back ON dropped_numbers (back_step_id) WHERE back_step_id IS NOT NULL;

-- Numbers that others than the operator keep from being called: the provider's blocked ones, and a file's.
CREATE TABLE suppressed (
    profile TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('blocked', 'file')),
    phone TEXT NOT NULL,
    PRIMARY KEY (profile, source, phone)
) WITHOUT ROWID;
CREATE TABLE suppressed_sources (
    profile TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('blocked', 'file')),
    fetched_at TEXT NOT NULL,
    -- By which it is told whether a file has changed.
    stamp TEXT NOT NULL,
    PRIMARY KEY (profile, source)
) WITHOUT ROWID;
