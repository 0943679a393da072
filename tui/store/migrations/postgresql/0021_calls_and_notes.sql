-- How single calls went, as the provider said when it was asked: whom each was put through to. '' is what it left out.
CREATE TABLE call_details (
    profile TEXT COLLATE "C" NOT NULL,
    call_uuid TEXT COLLATE "C" NOT NULL,
    answered_by TEXT COLLATE "C" NOT NULL,
    answered_name TEXT COLLATE "C" NOT NULL,
    queue TEXT COLLATE "C" NOT NULL,
    queue_wait_seconds BIGINT,
    recorded BIGINT,
    hung_up_by TEXT COLLATE "C" NOT NULL,
    -- The parts of the call in their order, as a JSON array.
    legs TEXT COLLATE "C" NOT NULL,
    asked_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, call_uuid)
);

-- What somebody wrote of a number.
CREATE TABLE person_notes (
    profile TEXT COLLATE "C" NOT NULL,
    phone TEXT COLLATE "C" NOT NULL,
    text TEXT COLLATE "C" NOT NULL,
    written_at TEXT COLLATE "C" NOT NULL,
    by_user TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, phone)
);
