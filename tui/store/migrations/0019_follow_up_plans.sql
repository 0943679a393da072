-- Follow-up plans that are kept under a name, in their one written form.
CREATE TABLE follow_up_plans (
    profile TEXT NOT NULL,
    name TEXT NOT NULL,
    -- Worked out from the name: what it is found and sorted by.
    name_folded TEXT NOT NULL,
    name_sort TEXT NOT NULL,
    plan TEXT NOT NULL,
    saved_at TEXT NOT NULL,
    PRIMARY KEY (profile, name_folded)
) WITHOUT ROWID;
-- Of a draft that a plan made: by which plan, for which outcomes, and before when it calls nobody; a JSON object.
ALTER TABLE campaigns ADD COLUMN follows_plan TEXT;
