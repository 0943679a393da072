-- A campaign that takes the place of one that runs, as the provider changes none: that one is switched off, and whom it
-- did not reach is called by another. How far that is follows from both campaigns; here stands what doesn't.
CREATE TABLE successions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    former_id INTEGER NOT NULL REFERENCES campaigns (id),
    -- The campaign that takes its place; NULL until its draft is made.
    successor_id INTEGER REFERENCES campaigns (id),
    begun_at TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    by_user TEXT NOT NULL DEFAULT '',
    -- Since when it is known whom the former one has reached while it was off, and from what; NULL: not known.
    known_at TEXT,
    known_how TEXT CHECK (known_how IN ('results', 'records', 'person')),
    -- How much was known of the former ones when the list was last compared with it: what comes later is looked at.
    compared INTEGER NOT NULL DEFAULT -1,
    given_up_at TEXT,
    CHECK ((known_at IS NULL) = (known_how IS NULL))
);
CREATE UNIQUE INDEX successions_open ON successions (former_id) WHERE given_up_at IS NULL;
CREATE INDEX successions_of_former ON successions (former_id, id);
CREATE UNIQUE INDEX successions_of_successor ON successions (successor_id) WHERE successor_id IS NOT NULL;
