-- The schema as a whole. What comes after it is a numbered step of its own, with a kept file of the version before.
-- Times are ISO-8601 text in UTC with microseconds and a Z, so that they sort as text.
-- A reason is two columns: its code, and its parameters as a JSON object.

-- A campaign's rows are those of a list that it points to: a million of them are put in its place, or taken away, by
-- pointing to another list. A new list is filled bit by bit before anybody points to it, so that no writer waits.
CREATE TABLE lists (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    -- Who is filling it; nobody points to it till then.
    holder TEXT
);

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
    -- The campaign that a test call was made of.
    test_of INTEGER REFERENCES campaigns (id),
    -- The campaign of whose results it was made, and which of its numbers it was made of (a filter as a JSON object).
    follows INTEGER REFERENCES campaigns (id),
    follows_filter TEXT,
    -- Adopted because a notification named its ID, which nobody had given.
    found INTEGER NOT NULL DEFAULT 0,
    list INTEGER REFERENCES lists (id),
    -- When the calling hours of a launched campaign are over, in UTC; '' where that isn't known. It is worked out at the
    -- launch; NULL is of a campaign that was launched before it was kept, and is worked out when the store is opened.
    ends_at TEXT,
    -- The campaign that this one turned out to be: what is known of its numbers is moved there bit by bit.
    same_as INTEGER REFERENCES campaigns (id),
    -- What a launch is known by: a person's word, or what its request comes to with the day on which it begins. One
    -- campaign has it, as long as the provider has that one or may have it; a twin that was asked for has it `again`.
    launch_key TEXT,
    again INTEGER NOT NULL DEFAULT 0,
    -- The provider has said that it doesn't know the campaign, and has not done what it was asked since.
    missing INTEGER NOT NULL DEFAULT 0,
    -- How many rows it was launched with beyond its different numbers: each calls one of them once more, with another
    -- phrase. A notification doesn't say of which row it is, so that none of them is ever known to be final.
    called_again INTEGER NOT NULL DEFAULT 0,
    CHECK (state NOT IN ('on', 'off') OR provider_id IS NOT NULL),
    CHECK (state IN ('on', 'off', 'deleted') OR provider_id IS NULL)
);
CREATE UNIQUE INDEX campaigns_at_provider ON campaigns (profile, provider_id) WHERE provider_id IS NOT NULL;
CREATE INDEX campaigns_copied ON campaigns (copied_from) WHERE copied_from IS NOT NULL;
CREATE INDEX campaigns_tests ON campaigns (profile, id) WHERE test_of IS NOT NULL;
CREATE INDEX campaigns_tested ON campaigns (test_of) WHERE test_of IS NOT NULL;
CREATE INDEX campaigns_following ON campaigns (follows, id) WHERE follows IS NOT NULL;
CREATE INDEX campaigns_of_list ON campaigns (list) WHERE list IS NOT NULL;
CREATE INDEX campaigns_same ON campaigns (same_as) WHERE same_as IS NOT NULL;
CREATE INDEX campaigns_without_end ON campaigns (id)
    WHERE ends_at IS NULL AND state IN ('launching', 'unconfirmed', 'on', 'off');
CREATE UNIQUE INDEX campaigns_by_key ON campaigns (profile, launch_key)
    WHERE launch_key IS NOT NULL AND again = 0 AND state IN ('launching', 'unconfirmed', 'on', 'off');
CREATE INDEX campaigns_with_key ON campaigns (profile, launch_key) WHERE launch_key IS NOT NULL;
-- An index for each column by which the list is sorted, with all that is asked of a row that is passed over.
CREATE INDEX campaigns_by_name ON campaigns (profile, name_sort, id, state);
CREATE INDEX campaigns_by_update ON campaigns (profile, updated_at, id, state);
CREATE INDEX campaigns_by_type ON campaigns (profile, call_type, id, state);
CREATE INDEX campaigns_by_window ON campaigns (profile, window_sort, id, state);
CREATE INDEX campaigns_by_numbers ON campaigns (profile, numbers, id, state);
CREATE INDEX campaigns_by_id ON campaigns (profile, coalesce(provider_id, 0), id, state);
-- With all that decides which state is shown.
CREATE INDEX campaigns_by_state ON campaigns (profile, state, ends_at, numbers, bad_numbers, duplicate_numbers, missing,
    adopted, last_set_at, called_again, id);

CREATE TABLE launches (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    token TEXT NOT NULL UNIQUE,
    -- Of the request that was asked for; `sent_hash`: of what was sent of it, without whoever must not be called.
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
    settled_how TEXT CHECK (settled_how IN ('answer', 'recovered', 'result')),
    -- What became of an unconfirmed one later.
    resolved_at TEXT,
    resolved_how TEXT CHECK (resolved_how IN ('answer', 'adopted', 'not_created', 'result')),
    -- When an empty request came to its webhook first: the provider has read the create request.
    pinged_at TEXT,
    launch_key TEXT,
    sent_hash TEXT,
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK (outcome <> 'created' OR provider_id IS NOT NULL)
);
CREATE INDEX launches_of_campaign ON launches (campaign_id, id);
CREATE INDEX launches_by_body ON launches (body_hash);
CREATE INDEX launches_by_sent ON launches (sent_hash);
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

-- What the provider answered last of an account's lists, so that names are there without a network. Of caller IDs
-- `number` holds the digits, `name` their own writing.
CREATE TABLE account_items (
    profile TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('announcement', 'queue', 'user', 'caller_id')),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- Since when it has been listed under this name.
    seen_at TEXT NOT NULL,
    -- Since when it has been missing from the answers.
    gone_at TEXT,
    PRIMARY KEY (profile, kind, number)
) WITHOUT ROWID;

CREATE TABLE account_answers (
    profile TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- When the provider answered last, or up to ten minutes before.
    answered_at TEXT NOT NULL,
    PRIMARY KEY (profile, kind)
) WITHOUT ROWID;

CREATE TABLE menus (
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Worked out from the name: what it is found and sorted by.
    name_folded TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    fields TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (profile, name_folded)
) WITHOUT ROWID;

CREATE TABLE profile_tokens (
    profile TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    pings INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Each notification once. `position` is that of the number's row in `results`: what is known of one number lies together,
-- as nothing else is read of these.
CREATE TABLE notifications (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    notification_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    phone TEXT NOT NULL,
    digit TEXT NOT NULL,
    status TEXT NOT NULL,
    happened_at TEXT NOT NULL,
    received_at TEXT NOT NULL,
    lead_id TEXT NOT NULL,
    call_uuid TEXT NOT NULL,
    extra TEXT,
    PRIMARY KEY (campaign_id, position, notification_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX notifications_once ON notifications (campaign_id, notification_id);

CREATE TABLE records (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    record_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    phone TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_at TEXT,
    talk_seconds INTEGER NOT NULL,
    call_uuid TEXT NOT NULL,
    PRIMARY KEY (campaign_id, position, record_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX records_once ON records (campaign_id, record_id);

CREATE TABLE records_cursor (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
    cursor TEXT NOT NULL,
    updated_at TEXT NOT NULL
);

-- All below, down to `result_minutes`, follows from `notifications` and `records`, and is kept up with them.
-- One row for each number that was called. In the order of the list, as that is the order in which numbers are called:
-- what arrives together lies together. Positions from 2^40 on are of numbers that aren't in the list.
CREATE TABLE results (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    position INTEGER NOT NULL,
    phone TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    final INTEGER NOT NULL,
    status TEXT NOT NULL,
    digit TEXT NOT NULL,
    last_at TEXT NOT NULL,
    last_id TEXT NOT NULL,
    digit_answered INTEGER,
    digit_at TEXT,
    digit_id TEXT,
    talk_seconds INTEGER,
    source TEXT NOT NULL CHECK (source IN ('webhook', 'records', 'both')),
    PRIMARY KEY (campaign_id, position)
) WITHOUT ROWID;
CREATE UNIQUE INDEX results_of_strangers ON results (campaign_id, phone) WHERE position >= 1099511627776;
CREATE INDEX results_by_status ON results (campaign_id, status, position);
CREATE INDEX results_by_digit ON results (campaign_id, digit, position);
CREATE INDEX results_by_answer ON results (campaign_id, answered, final, position);

CREATE TABLE result_totals (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
    called INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    final INTEGER NOT NULL,
    strangers INTEGER NOT NULL,
    final_strangers INTEGER NOT NULL,
    notifications INTEGER NOT NULL,
    records INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    first_received_at TEXT,
    last_received_at TEXT,
    last_happened_at TEXT,
    -- By which rule the figures were counted: what an older one has counted is counted anew where the store is opened.
    rule INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE result_counts (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    kind TEXT NOT NULL CHECK (kind IN ('status', 'digit', 'attempts')),
    value TEXT NOT NULL,
    many INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, kind, value)
) WITHOUT ROWID;

CREATE TABLE result_minutes (
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    minute TEXT NOT NULL,
    calls INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    PRIMARY KEY (campaign_id, minute)
) WITHOUT ROWID;

CREATE TABLE unreadable (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    campaign_id INTEGER REFERENCES campaigns (id),
    received_at TEXT NOT NULL,
    reason TEXT NOT NULL,
    reason_params TEXT NOT NULL,
    raw BLOB NOT NULL
);
CREATE INDEX unreadable_of_profile ON unreadable (profile, id);
CREATE INDEX unreadable_of_campaign ON unreadable (campaign_id) WHERE campaign_id IS NOT NULL;

CREATE TABLE do_not_call (
    profile TEXT NOT NULL,
    phone TEXT NOT NULL,
    added_at TEXT NOT NULL,
    campaign_id INTEGER REFERENCES campaigns (id),
    why TEXT NOT NULL CHECK (why IN ('pressed', 'by_hand')),
    PRIMARY KEY (profile, phone)
) WITHOUT ROWID;
CREATE INDEX do_not_call_by_campaign ON do_not_call (campaign_id) WHERE campaign_id IS NOT NULL;

CREATE TABLE receivers (
    name TEXT NOT NULL PRIMARY KEY,
    address TEXT NOT NULL,
    started_at TEXT NOT NULL,
    beat_at TEXT NOT NULL,
    received_last_minute INTEGER NOT NULL,
    -- How many requests wait in files where the receiver is.
    waiting INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- Files of requests that were acknowledged while the database could not take them, and have been ingested since: whoever
-- is killed before such a file is gone ingests it once all the same.
CREATE TABLE taken_in (
    name TEXT NOT NULL PRIMARY KEY,
    at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE numbers (
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

-- What was done to a campaign's list, to be undone in turn. `list` and `next_position` are those from before.
CREATE TABLE list_steps (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    what TEXT NOT NULL CHECK (what IN ('add', 'import', 'edit', 'drop', 'clear', 'bring_back')),
    at TEXT NOT NULL,
    many INTEGER NOT NULL,
    list INTEGER REFERENCES lists (id),
    next_position INTEGER NOT NULL,
    -- Long changes are made bit by bit, so that no writer waits long for another. Who is at such a step: it and its
    -- dropped rows don't count till then. Afterwards `gone` is how it ceased to be one: its rows are taken away bit by
    -- bit, too.
    holder TEXT,
    gone TEXT CHECK (gone IN ('undone', 'forgotten'))
);
CREATE INDEX list_steps_of_campaign ON list_steps (campaign_id, id);
CREATE INDEX list_steps_of_list ON list_steps (list) WHERE list IS NOT NULL;
CREATE INDEX list_steps_without_count ON list_steps (campaign_id, id) WHERE holder IS NOT NULL OR gone IS NOT NULL;

-- Rows that were taken out, and why; and rows as they were before an edit, which is a step's alone (`why` is NULL).
CREATE TABLE dropped_numbers (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    -- The step that took it out, as long as that can be undone.
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

-- Numbers that others than the operator keep from being called: the provider's blocked ones, and a file's. `untold`: of
-- the provider's list, which didn't say in which direction they are blocked.
CREATE TABLE suppressed (
    profile TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('blocked', 'untold', 'file')),
    phone TEXT NOT NULL,
    PRIMARY KEY (profile, source, phone)
) WITHOUT ROWID;

CREATE TABLE suppressed_sources (
    profile TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('blocked', 'untold', 'file')),
    fetched_at TEXT NOT NULL,
    -- By which it is known whether a file has changed.
    stamp TEXT NOT NULL,
    -- Rows that hold no number: whoever stands there is not found. The places of the first of them, to be looked up.
    unread INTEGER NOT NULL DEFAULT 0,
    places TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (profile, source)
) WITHOUT ROWID;
