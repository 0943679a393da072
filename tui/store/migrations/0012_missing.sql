-- The provider has said that it doesn't know the campaign, and has not done what it was asked since.
ALTER TABLE campaigns ADD COLUMN missing INTEGER NOT NULL DEFAULT 0;
-- With all that decides which state is shown.
DROP INDEX campaigns_by_state;
CREATE INDEX campaigns_by_state ON campaigns (profile, state, ends_at, numbers, bad_numbers, duplicate_numbers, missing,
    adopted, last_set_at, id);
