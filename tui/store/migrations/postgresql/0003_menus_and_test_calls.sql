-- The campaign that a test call was made of.
ALTER TABLE campaigns ADD COLUMN test_of BIGINT REFERENCES campaigns (id) DEFERRABLE;
CREATE INDEX campaigns_tests ON campaigns (profile, id) WHERE test_of IS NOT NULL;
CREATE INDEX campaigns_tested ON campaigns (test_of) WHERE test_of IS NOT NULL;

CREATE TABLE menus (
    profile TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- Worked out from the name: what it is found and sorted by.
    name_folded TEXT COLLATE "C" NOT NULL,
    name_sort TEXT COLLATE "C" NOT NULL,
    fields TEXT COLLATE "C" NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, name_folded)
);
