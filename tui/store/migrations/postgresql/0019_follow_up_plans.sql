-- Follow-up plans that are kept under a name, in their one written form.
CREATE TABLE follow_up_plans (
    profile TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- Worked out from the name: what it is found and sorted by.
    name_folded TEXT COLLATE "C" NOT NULL,
    name_sort TEXT COLLATE "C" NOT NULL,
    plan TEXT COLLATE "C" NOT NULL,
    saved_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, name_folded)
);
-- Of a draft that a plan made: by which plan, for which outcomes, and before when it calls nobody; a JSON object.
ALTER TABLE campaigns ADD COLUMN follows_plan TEXT COLLATE "C";
