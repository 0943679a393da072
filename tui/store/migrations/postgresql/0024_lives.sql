-- A campaign whose place another has taken and that other are lives of one campaign: each number counts once in it, by its
-- outcome in all of them. `number`: 1 is the first life; `first_id` says whose.
CREATE TABLE lives (
    campaign_id BIGINT NOT NULL PRIMARY KEY REFERENCES campaigns (id) DEFERRABLE,
    first_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    number BIGINT NOT NULL
);
CREATE UNIQUE INDEX lives_in_order ON lives (first_id, number);

-- What follows is kept up with the results of all lives. Sums that no number can be in twice (calls, notifications) are
-- those of the lives, and do not stand here.
CREATE TABLE life_totals (
    first_id BIGINT NOT NULL PRIMARY KEY REFERENCES campaigns (id) DEFERRABLE,
    -- The last life, whose row of the list shows the figures of all.
    last_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    -- Different numbers of all lists.
    numbers BIGINT NOT NULL,
    called BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    final BIGINT NOT NULL,
    strangers BIGINT NOT NULL,
    final_strangers BIGINT NOT NULL
);
CREATE UNIQUE INDEX life_totals_of_last ON life_totals (last_id);

CREATE TABLE life_counts (
    first_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('status', 'digit', 'attempts')),
    value TEXT COLLATE "C" NOT NULL,
    many BIGINT NOT NULL,
    PRIMARY KEY (first_id, kind, value)
);

-- Numbers that more than one life has called: what is known of each from all of them. `campaign_id` and `position`: the row
-- of `results` of the last life that has called it.
CREATE TABLE life_results (
    first_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    phone TEXT COLLATE "C" NOT NULL,
    campaign_id BIGINT NOT NULL REFERENCES campaigns (id) DEFERRABLE,
    position BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    final BIGINT NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    digit TEXT COLLATE "C" NOT NULL,
    last_at TEXT COLLATE "C" NOT NULL,
    talk_seconds BIGINT,
    source TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (first_id, phone)
);

-- Of which revision of the successor's draft the list was compared, and how many of its numbers no former one has.
ALTER TABLE successions ADD COLUMN compared_revision BIGINT;
ALTER TABLE successions ADD COLUMN added BIGINT;

-- Numbers of earlier lives that are not in its own list: the list of campaigns shows both together, and is sorted by that.
ALTER TABLE campaigns ADD COLUMN earlier_numbers BIGINT NOT NULL DEFAULT 0;
DROP INDEX campaigns_by_numbers;
CREATE INDEX campaigns_by_numbers
    ON campaigns (profile, (numbers - bad_numbers - duplicate_numbers + earlier_numbers), id, state);
