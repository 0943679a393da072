-- What was kept of the provider's list were numbers that may not call in, and rows of a file without their places: both
-- are got anew. `untold`: numbers of the provider's list of which it didn't say in which direction they are blocked.
DROP TABLE suppressed;
DROP TABLE suppressed_sources;
CREATE TABLE suppressed (
    profile TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('blocked', 'untold', 'file')),
    phone TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, source, phone)
);
CREATE TABLE suppressed_sources (
    profile TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('blocked', 'untold', 'file')),
    fetched_at TEXT COLLATE "C" NOT NULL,
    -- By which it is told whether a file has changed.
    stamp TEXT COLLATE "C" NOT NULL,
    -- Rows that hold no number: whoever stands there is not found. The places of the first of them, to be looked up.
    unread BIGINT NOT NULL DEFAULT 0,
    places TEXT COLLATE "C" NOT NULL DEFAULT '',
    PRIMARY KEY (profile, source)
);
