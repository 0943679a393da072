-- Files of requests that were acknowledged while the database could not take them, and have been taken in since: whoever
-- is killed before such a file is gone takes it in once all the same.
CREATE TABLE taken_in (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    at TEXT COLLATE "C" NOT NULL
);
-- How many requests wait in such files where a receiver is.
ALTER TABLE receivers ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;

-- Long changes are made bit by bit, so that no writer waits long for another. Who is at such a step: it and its dropped
-- rows don't count till then. Afterwards `gone` is how it ceased to be one: its rows are taken away bit by bit, too.
ALTER TABLE list_steps ADD COLUMN holder TEXT COLLATE "C";
ALTER TABLE list_steps ADD COLUMN gone TEXT COLLATE "C" CHECK (gone IN ('undone', 'forgotten'));
CREATE INDEX list_steps_without_count ON list_steps (campaign_id, id) WHERE holder IS NOT NULL OR gone IS NOT NULL;
-- The campaign that this one turned out to be: what is known of its numbers is moved there bit by bit.
ALTER TABLE campaigns ADD COLUMN same_as BIGINT REFERENCES campaigns (id) DEFERRABLE;
CREATE INDEX campaigns_same ON campaigns (same_as) WHERE same_as IS NOT NULL;
