-- A launch can be settled by a notification now, and knows when the provider tried its webhook.
ALTER TABLE launches DROP CONSTRAINT launches_settled_how_check;
ALTER TABLE launches ADD CONSTRAINT launches_settled_how_check
    CHECK (settled_how IN ('answer', 'recovered', 'result'));
ALTER TABLE launches DROP CONSTRAINT launches_resolved_how_check;
ALTER TABLE launches ADD CONSTRAINT launches_resolved_how_check
    CHECK (resolved_how IN ('answer', 'adopted', 'not_created', 'result'));
-- When an empty request came to its webhook first: the provider has read the create request.
ALTER TABLE launches ADD COLUMN pinged_at TEXT COLLATE "C";

-- A campaign that was made of another's results, and which of its numbers it was made of (a filter as a JSON object).
ALTER TABLE campaigns ADD COLUMN follows BIGINT REFERENCES campaigns (id) DEFERRABLE;
ALTER TABLE campaigns ADD COLUMN follows_filter TEXT COLLATE "C";
-- Taken in because a notification named its ID, which nobody had given.
ALTER TABLE campaigns ADD COLUMN found BIGINT NOT NULL DEFAULT 0;
CREATE INDEX campaigns_following ON campaigns (follows, id) WHERE follows IS NOT NULL;

CREATE TABLE profile_tokens (
    profile TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    token TEXT COLLATE "C" NOT NULL UNIQUE,
    made_at TEXT COLLATE "C" NOT NULL,
    pings BIGINT NOT NULL DEFAULT 0
);

-- What was told, each once. `position` is that of the number's row in `results`.
CREATE TABLE notifications (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    notification_id TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    digit TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    happened_at TEXT COLLATE "C" NOT NULL,
    received_at TEXT COLLATE "C" NOT NULL,
    lead_id TEXT COLLATE "C" NOT NULL,
    call_uuid TEXT COLLATE "C" NOT NULL,
    extra TEXT COLLATE "C",
    PRIMARY KEY (campaign_id, position, notification_id)
);
CREATE UNIQUE INDEX notifications_once ON notifications (campaign_id, notification_id);

CREATE TABLE records (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    record_id TEXT COLLATE "C" NOT NULL,
    position BIGINT NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    ended_at TEXT COLLATE "C",
    talk_seconds BIGINT NOT NULL,
    call_uuid TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (campaign_id, position, record_id)
);
CREATE UNIQUE INDEX records_once ON records (campaign_id, record_id);

CREATE TABLE records_cursor (
    campaign_id BIGINT NOT NULL PRIMARY KEY REFERENCES campaigns (id) DEFERRABLE,
    cursor TEXT COLLATE "C" NOT NULL,
    updated_at TEXT COLLATE "C" NOT NULL
);

-- All below, down to `result_minutes`, follows from the two tables above, and is kept up with them.
-- One row for each number that was called. In the order of the list, as that is the order in which numbers are called:
-- what arrives together lies together. Positions from 2^40 on are of numbers that aren't in the list.
CREATE TABLE results (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    position BIGINT NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    final BIGINT NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    digit TEXT COLLATE "C" NOT NULL,
    last_at TEXT COLLATE "C" NOT NULL,
    last_id TEXT COLLATE "C" NOT NULL,
    digit_answered BIGINT,
    digit_at TEXT COLLATE "C",
    digit_id TEXT COLLATE "C",
    talk_seconds BIGINT,
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('webhook', 'records', 'both')),
    PRIMARY KEY (campaign_id, position)
);
CREATE UNIQUE INDEX results_of_strangers ON results (campaign_id, phone) WHERE position >= 1099511627776;
CREATE INDEX results_by_status ON results (campaign_id, status, position);
CREATE INDEX results_by_digit ON results (campaign_id, digit, position);
CREATE INDEX results_by_answer ON results (campaign_id, answered, final, position);

CREATE TABLE result_totals (
    campaign_id BIGINT NOT NULL PRIMARY KEY REFERENCES campaigns (id) DEFERRABLE,
    called BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    final BIGINT NOT NULL,
    strangers BIGINT NOT NULL,
    final_strangers BIGINT NOT NULL,
    notifications BIGINT NOT NULL,
    records BIGINT NOT NULL,
    calls BIGINT NOT NULL,
    first_received_at TEXT COLLATE "C",
    last_received_at TEXT COLLATE "C",
    last_happened_at TEXT COLLATE "C"
);

CREATE TABLE result_counts (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('status', 'digit', 'attempts')),
    value TEXT COLLATE "C" NOT NULL,
    many BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, kind, value)
);

CREATE TABLE result_minutes (
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    minute TEXT COLLATE "C" NOT NULL,
    calls BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    PRIMARY KEY (campaign_id, minute)
);

CREATE TABLE unreadable (
    id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    profile TEXT COLLATE "C" NOT NULL,
    campaign_id BIGINT REFERENCES campaigns (id) DEFERRABLE,
    received_at TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    reason_params TEXT COLLATE "C" NOT NULL,
    raw BYTEA NOT NULL
);
CREATE INDEX unreadable_of_profile ON unreadable (profile, id);
CREATE INDEX unreadable_of_campaign ON unreadable (campaign_id) WHERE campaign_id IS NOT NULL;

CREATE TABLE do_not_call (
    profile TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    added_at TEXT COLLATE "C" NOT NULL,
    campaign_id BIGINT REFERENCES campaigns (id) DEFERRABLE,
    why TEXT COLLATE "C" NOT NULL CHECK (why IN ('pressed', 'by_hand')),
    PRIMARY KEY (profile, phone)
);
CREATE INDEX do_not_call_by_campaign ON do_not_call (campaign_id) WHERE campaign_id IS NOT NULL;

CREATE TABLE receivers (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    address TEXT COLLATE "C" NOT NULL,
    started_at TEXT COLLATE "C" NOT NULL,
    beat_at TEXT COLLATE "C" NOT NULL,
    received_last_minute BIGINT NOT NULL
);
