-- A launch can be settled by a notification now, and knows when the provider tried its webhook. SQLite can't change a
-- CHECK: the table is made anew.
CREATE TABLE launches_0004 (
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
    settled_how TEXT CHECK (settled_how IN ('answer', 'recovered', 'result')),
    -- What became of an unconfirmed one later.
    resolved_at TEXT,
    resolved_how TEXT CHECK (resolved_how IN ('answer', 'adopted', 'not_created', 'result')),
    -- When an empty request came to its webhook first: the provider has read the create request.
    pinged_at TEXT,
    CHECK ((outcome IS NULL) = (settled_at IS NULL)),
    CHECK (outcome <> 'created' OR provider_id IS NOT NULL)
);
INSERT INTO launches_0004 (id, campaign_id, token, body_hash, numbers, asked_by, asked_at, holder, outcome, reason,
    reason_params, provider_id, settled_at, settled_how, resolved_at, resolved_how)
SELECT id, campaign_id, token, body_hash, numbers, asked_by, asked_at, holder, outcome, reason, reason_params,
    provider_id, settled_at, settled_how, resolved_at, resolved_how FROM launches;
DROP TABLE launches;
ALTER TABLE launches_0004 RENAME TO launches;
CREATE INDEX launches_of_campaign ON launches (campaign_id, id);
CREATE INDEX launches_by_body ON launches (body_hash);
CREATE UNIQUE INDEX launches_in_flight ON launches (campaign_id) WHERE outcome IS NULL;

-- A campaign that was made of another's results, and which of its numbers it was made of (a filter as a JSON object).
ALTER TABLE campaigns ADD COLUMN follows INTEGER REFERENCES campaigns (id);
ALTER TABLE campaigns ADD COLUMN follows_filter TEXT;
-- Taken in because a notification named its ID, which nobody had given.
ALTER TABLE campaigns ADD COLUMN found INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaigns_following ON campaigns (follows, id) WHERE follows IS NOT NULL;

CREATE TABLE profile_tokens (
    profile TEXT NOT NULL PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    made_at TEXT NOT NULL,
    pings INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;

-- What was told, each once. `position` is that of the number's row in `results`: what is told of one number lies
-- together, as nothing else is read of these.
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

-- All below, down to `result_minutes`, follows from the two tables above, and is kept up with them.
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
    last_happened_at TEXT
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
    received_last_minute INTEGER NOT NULL
) WITHOUT ROWID;
