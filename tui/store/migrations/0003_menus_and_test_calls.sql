-- The campaign that a test call was made of.
ALTER TABLE campaigns ADD COLUMN test_of INTEGER REFERENCES campaigns (id);
CREATE INDEX campaigns_tests ON campaigns (profile, id) WHERE test_of IS NOT NULL;
CREATE INDEX campaigns_tested ON campaigns (test_of) WHERE test_of IS NOT NULL;

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
