-- A campaign whose place another has taken and that other are lives of one campaign: each number counts once in it, by its
-- outcome in all of them. `number`: 1 is the first life; `first_id` says whose.
CREATE TABLE lives (
    campaign_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
    first_id INTEGER NOT NULL REFERENCES campaigns (id),
    number INTEGER NOT NULL
);
CREATE UNIQUE INDEX lives_in_order ON lives (first_id, number);

-- What follows is kept up with the results of all lives. Sums that no number can be in twice (calls, notifications) are
-- those of the lives, and do not stand here.
CREATE TABLE life_totals (
    first_id INTEGER NOT NULL PRIMARY KEY REFERENCES campaigns (id),
    -- The last life, whose row of the list shows the figures of all.
    last_id INTEGER NOT NULL REFERENCES campaigns (id),
    -- Different numbers of all lists.
    numbers INTEGER NOT NULL,
    called INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    final INTEGER NOT NULL,
    strangers INTEGER NOT NULL,
    final_strangers INTEGER NOT NULL
);
CREATE UNIQUE INDEX life_totals_of_last ON life_totals (last_id);

CREATE TABLE life_counts (
    first_id INTEGER NOT NULL REFERENCES campaigns (id),
    kind TEXT NOT NULL CHECK (kind IN ('status', 'digit', 'attempts')),
    value TEXT NOT NULL,
    many INTEGER NOT NULL,
    PRIMARY KEY (first_id, kind, value)
) WITHOUT ROWID;

-- Numbers that more than one life has called: what is known of each from all of them. `campaign_id` and `position`: the row
-- of `results` of the last life that has called it.
CREATE TABLE life_results (
    first_id INTEGER NOT NULL REFERENCES campaigns (id),
    phone TEXT NOT NULL,
    campaign_id INTEGER NOT NULL REFERENCES campaigns (id),
    position INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    final INTEGER NOT NULL,
    status TEXT NOT NULL,
    digit TEXT NOT NULL,
    last_at TEXT NOT NULL,
    talk_seconds INTEGER,
    source TEXT NOT NULL,
    PRIMARY KEY (first_id, phone)
) WITHOUT ROWID;

-- Of which revision of the successor's draft the list was compared, and how many of its numbers no former one has.
ALTER TABLE successions ADD COLUMN compared_revision INTEGER;
ALTER TABLE successions ADD COLUMN added INTEGER;

-- Numbers of earlier lives that are not in its own list: the list of campaigns shows both together, and is sorted by that.
ALTER TABLE campaigns ADD COLUMN earlier_numbers INTEGER NOT NULL DEFAULT 0;
DROP INDEX campaigns_by_numbers;
CREATE INDEX campaigns_by_numbers
    ON campaigns (profile, (numbers - bad_numbers - duplicate_numbers + earlier_numbers), id, state);
