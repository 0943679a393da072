-- Times are ISO-8601 text in UTC with microseconds and a Z, so that they sort as text.
-- A reason is two columns: its code, and its parameters as a JSON object.

CREATE TABLE campaigns (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    fields TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    state TEXT NOT NULL CHECK (state IN ('draft', 'launching', 'unconfirmed', 'rejected', 'on', 'off', 'deleted')),
    state_at TEXT NOT NULL,
    reason TEXT,
    reason_params TEXT,
    provider_id INTEGER,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    copied_from INTEGER REFERENCES campaigns (id),
    adopted INTEGER NOT NULL DEFAULT 0,
    unsure INTEGER NOT NULL DEFAULT 0,
    last_set_at TEXT,
    -- Worked out from the fields whenever they change: what the list is filtered and sorted by.
    name_folded TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    call_type TEXT NOT NULL,
    window_sort TEXT NOT NULL,
    -- Worked out from the rows of `numbers` whenever they change.
    numbers INTEGER NOT NULL DEFAULT 0,
    bad_numbers INTEGER NOT NULL DEFAULT 0,
    duplicate_numbers INTEGER NOT NULL DEFAULT 0,
    callable_with_phrase INTEGER NOT NULL DEFAULT 0,
    -- Rows keep their position for good: one that was dropped is not given to another.
    next_position INTEGER NOT NULL DEFAULT 1,
    CHECK (state NOT IN ('on', 'off') OR provider_id IS NOT NULL),
    CHECK (state IN ('on', 'off', 'deleted') OR provider_id IS NULL)
);
CREATE UNIQUE INDEX campaigns_at_provider ON campaigns (profile, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX campaigns_by_name ON campaigns (profile, name_sort, id);
CREATE INDEX campaigns_by_update ON campaigns (profile, updated_at, id);
CREATE INDEX campaigns_by_state ON campaigns (profile, state);
CREATE INDEX campaigns_copied ON campaigns (copied_from) WHERE copied_from IS NOT NULL;

CREATE TABLE numbers (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    position INTEGER NOT NULL,
    typed TEXT NOT NULL,
    phone TEXT,
    phrase TEXT NOT NULL,
    lang TEXT NOT NULL,
    problem TEXT,
    problem_params TEXT,
    duplicate_of INTEGER,
    PRIMARY KEY (campaign_id, position),
    CHECK (phone IS NOT NULL OR problem IS NOT NULL),
    CHECK (problem IS NULL OR duplicate_of IS NULL)
) WITHOUT ROWID;
-- With all that finding duplicates asks for: SQLite would otherwise read the campaign's whole list for each row.
CREATE INDEX numbers_by_phone ON numbers (campaign_id, phone, problem, position);
CREATE INDEX numbers_bad ON numbers (campaign_id, position) WHERE problem IS NOT NULL;

CREATE TABLE launches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    token TEXT NOT NULL UNIQUE,
    body_hash TEXT NOT NULL,
    numbers INTEGER NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    holder TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('created', 'rejected', 'not_sent', 'unconfirmed')),
    reason TEXT,
    reason_params TEXT,
    provider_id INTEGER,
    settled_at TEXT,
    settled_how TEXT CHECK (settled_how IN ('answer', 'recovered')),
    -- What became of an unconfirmed one later.
    resolved_at TEXT,
    resolved_how TEXT CHECK (resolved_how IN ('answer', 'adopted', 'not_created')),
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK (outcome <> 'created' OR provider_id IS NOT NULL)
);
CREATE INDEX launches_of_campaign ON launches (campaign_id, id);
CREATE INDEX launches_by_body ON launches (body_hash);
CREATE UNIQUE INDEX launches_in_flight ON launches (campaign_id) WHERE outcome IS NULL;

CREATE TABLE switches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    action TEXT NOT NULL CHECK (action IN ('on', 'off', 'delete')),
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    holder TEXT NOT NULL,
    outcome TEXT CHECK (outcome IN ('done', 'failed', 'unknown')),
    reason TEXT,
    reason_params TEXT,
    settled_at TEXT,
    CHECK ((outcome IS NULL) = (settled_at IS NULL))
);
CREATE INDEX switches_of_campaign ON switches (campaign_id, id);
CREATE UNIQUE INDEX switches_in_flight ON switches (campaign_id) WHERE outcome IS NULL;
