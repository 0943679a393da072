-- Why a number is on the do-not-call list, as somebody said it, and who put it there; '' where nobody said so.
ALTER TABLE do_not_call ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE do_not_call ADD COLUMN by_user TEXT NOT NULL DEFAULT '';
CREATE INDEX do_not_call_by_time ON do_not_call (profile, added_at DESC, phone);

-- What was done with a number on that list. Rows are added, and never changed but for the campaign they refer to.
CREATE TABLE do_not_call_history (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    profile TEXT NOT NULL,
    phone TEXT NOT NULL,
    event TEXT NOT NULL CHECK (event IN ('added', 'asked_again', 'removed')),
    at TEXT NOT NULL,
    -- Of what was added: why, and the campaign in which the key was pressed.
    why TEXT NOT NULL CHECK (why IN ('pressed', 'by_hand')),
    campaign_id INTEGER REFERENCES campaigns (id),
    reason TEXT NOT NULL,
    by_user TEXT NOT NULL
);
CREATE INDEX do_not_call_history_of_phone ON do_not_call_history (profile, phone, id);
CREATE INDEX do_not_call_history_removed ON do_not_call_history (profile, id) WHERE event = 'removed';
CREATE INDEX do_not_call_history_by_campaign ON do_not_call_history (campaign_id) WHERE campaign_id IS NOT NULL;
INSERT INTO do_not_call_history (profile, phone, event, at, why, campaign_id, reason, by_user)
SELECT profile, phone, 'added', added_at, why, campaign_id, '', '' FROM do_not_call ORDER BY profile, added_at, phone;
