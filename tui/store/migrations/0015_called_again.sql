-- How many rows a campaign was launched with beyond its different numbers: each calls one of them once more, with another
-- phrase. What is told of a number doesn't say of which row it is, so that none of them is ever known to be final.
ALTER TABLE campaigns ADD COLUMN called_again INTEGER NOT NULL DEFAULT 0;
-- With all that decides which state is shown.
DROP INDEX campaigns_by_state;
CREATE INDEX campaigns_by_state ON campaigns (profile, state, ends_at, numbers, bad_numbers, duplicate_numbers, missing,
    adopted, last_set_at, called_again, id);
