-- Only short lists stand in the index over all lists: each row of a long one would come into it somewhere else, and a
-- third of an import would be that. There are few of those: a number is looked up in each by its own index. Lists that
-- were filled until now stay in it.
ALTER TABLE lists ADD COLUMN long BIGINT NOT NULL DEFAULT 0;
CREATE INDEX lists_long ON lists (id) WHERE long = 1;
-- Whether a row stands in that index; 0 only in long lists.
ALTER TABLE numbers ADD COLUMN by_ending BIGINT NOT NULL DEFAULT 1;
DROP INDEX numbers_by_ending;
CREATE INDEX numbers_by_ending ON numbers (substr(phone, 10), list_id, phone, by_ending) WHERE by_ending = 1;
