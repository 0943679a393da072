-- What the provider answered last of an account's lists, so that names are there without a network.
CREATE TABLE account_items (
    profile TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('announcement', 'queue', 'user')),
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    -- Since when it has been listed under this name.
    seen_at TEXT NOT NULL,
    -- Since when it has been missing from the answers.
    gone_at TEXT,
    PRIMARY KEY (profile, kind, number)
) WITHOUT ROWID;
