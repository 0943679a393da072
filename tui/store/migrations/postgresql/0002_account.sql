-- What the provider answered last of an account's lists, so that names are there without a network.
CREATE TABLE account_items (
    profile TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('announcement', 'queue', 'user')),
    number BIGINT NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    -- Since when it has been listed under this name.
    seen_at TEXT COLLATE "C" NOT NULL,
    -- Since when it has been missing from the answers.
    gone_at TEXT COLLATE "C",
    PRIMARY KEY (profile, kind, number)
);
