-- İYS files that were imported. That of a profile which counts is the last complete one.
CREATE TABLE consent_imports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    path TEXT NOT NULL,
    -- By which it is known whether the file has changed.
    stamp TEXT NOT NULL,
    -- Which columns were said to be what: a JSON object.
    named TEXT NOT NULL,
    -- When the file was written, and read.
    file_at TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    -- What of its rows is not among the consents, and what of those is odd; a JSON object.
    about TEXT NOT NULL,
    complete INTEGER NOT NULL CHECK (complete IN (0, 1))
);
CREATE INDEX consent_imports_of_profile ON consent_imports (profile, complete, id);

CREATE TABLE consents (
    import_id INTEGER NOT NULL REFERENCES consent_imports (id),
    recipient_type TEXT NOT NULL CHECK (recipient_type IN ('BIREYSEL', 'TACIR')),
    phone TEXT NOT NULL,
    -- '' where the file names none.
    brand TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('ONAY', 'RET')),
    -- Since when, as the file says; NULL where it does not.
    since TEXT,
    PRIMARY KEY (import_id, recipient_type, phone, brand)
) WITHOUT ROWID;

-- Numbers of the do-not-call list on their way to the provider's blocked ones: `waiting`, `unsure` (asked for, and the
-- answer is not known), `pushed`, `refused` by the provider, whose words are the reason, `perhaps` (taken off the list
-- while the answer was not known).
CREATE TABLE opt_out_pushes (
    profile TEXT NOT NULL,
    phone TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'unsure', 'pushed', 'refused', 'perhaps')),
    changed_at TEXT NOT NULL,
    reason TEXT,
    reason_params TEXT,
    PRIMARY KEY (profile, phone)
) WITHOUT ROWID;
CREATE INDEX opt_out_pushes_open ON opt_out_pushes (profile, state, changed_at, phone) WHERE state <> 'pushed';
INSERT INTO opt_out_pushes (profile, phone, state, changed_at)
SELECT profile, phone, 'waiting', added_at FROM do_not_call;

-- Which process pushes a profile's now, and why that stopped last.
CREATE TABLE opt_out_pushers (
    profile TEXT PRIMARY KEY NOT NULL,
    holder TEXT,
    reason TEXT,
    reason_params TEXT
);
