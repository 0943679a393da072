-- When the calling hours of a launched campaign are over, in UTC; '' where that isn't known. It is worked out at the launch;
-- NULL is of a campaign that was launched before it was kept, and is worked out when the store is opened.
ALTER TABLE campaigns ADD COLUMN ends_at TEXT COLLATE "C";
UPDATE campaigns SET ends_at = '' WHERE state IN ('draft', 'rejected') OR adopted = 1;
CREATE INDEX campaigns_without_end ON campaigns (id)
    WHERE ends_at IS NULL AND state IN ('launching', 'unconfirmed', 'on', 'off');

-- An index for each column by which the list is sorted, with all that is asked of a row that is passed over.
DROP INDEX campaigns_by_name;
DROP INDEX campaigns_by_update;
DROP INDEX campaigns_by_state;
CREATE INDEX campaigns_by_name ON campaigns (profile, name_sort, id, state);
CREATE INDEX campaigns_by_update ON campaigns (profile, updated_at, id, state);
CREATE INDEX campaigns_by_type ON campaigns (profile, call_type, id, state);
CREATE INDEX campaigns_by_window ON campaigns (profile, window_sort, id, state);
CREATE INDEX campaigns_by_numbers ON campaigns (profile, numbers, id, state);
CREATE INDEX campaigns_by_id ON campaigns (profile, coalesce(provider_id, 0), id, state);
-- With what tells whether one is finished: how many numbers it calls, and until when.
CREATE INDEX campaigns_by_state ON campaigns (profile, state, ends_at, numbers, bad_numbers, duplicate_numbers, id);
