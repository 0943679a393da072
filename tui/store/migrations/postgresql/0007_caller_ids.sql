-- Caller IDs are remembered as the other lists are: `number` holds their digits, `name` their own writing.
ALTER TABLE account_items DROP CONSTRAINT account_items_kind_check;
ALTER TABLE account_items ADD CONSTRAINT account_items_kind_check
    CHECK (kind IN ('announcement', 'queue', 'user', 'caller_id'));

CREATE TABLE account_answers (
    profile TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    -- When the provider answered last, or up to ten minutes before.
    answered_at TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (profile, kind)
);
