-- How single calls went, as the provider said when it was asked: whom each was put through to. '' is what it left out.
CREATE TABLE call_details (
    profile TEXT NOT NULL,
    call_uuid TEXT NOT NULL,
    answered_by TEXT NOT NULL,
    answered_name TEXT NOT NULL,
    queue TEXT NOT NULL,
    queue_wait_seconds INTEGER,
    recorded INTEGER,
    hung_up_by TEXT NOT NULL,
    -- The parts of the call in their order, as a JSON array.
    legs TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    PRIMARY KEY (profile, call_uuid)
) WITHOUT ROWID;

-- What somebody wrote of a number.
CREATE TABLE person_notes (
    profile TEXT NOT NULL,
    phone TEXT NOT NULL,
    text TEXT NOT NULL,
    written_at TEXT NOT NULL,
    by_user TEXT NOT NULL,
    PRIMARY KEY (profile, phone)
) WITHOUT ROWID;
