-- `body_hash` is of the request that was asked for; this one of what was sent of it, without those who were left out as
-- they must not be called. Of earlier launches one of the two is known.
ALTER TABLE launches ADD COLUMN sent_hash TEXT COLLATE "C";
UPDATE launches SET sent_hash = body_hash;
CREATE INDEX launches_by_sent ON launches (sent_hash);
