-- Caller IDs are remembered as the other lists are: `number` holds their digits, `name` their own writing.
CREATE TABLE account_items_of_now (
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
INSERT INTO account_items_of_now (profile, kind, number, name, seen_at, gone_at)
    SELECT profile, kind, number, name, seen_at, gone_at FROM account_items;
DROP TABLE account_items;
ALTER TABLE account_items_of_now RENAME TO account_items;

CREATE TABLE account_answers (
    profile TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- When the provider answered last, or up to ten minutes before.
    answered_at TEXT NOT NULL,
    PRIMARY KEY (profile, kind)
) WITHOUT ROWID;
