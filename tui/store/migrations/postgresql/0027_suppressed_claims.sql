-- The number of the last one who began to fetch or read a list of others, before it asked for it: what others find who began
-- earlier takes nothing away any more.
CREATE TABLE suppressed_claims (
    profile TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL CHECK (source IN ('blocked', 'untold', 'file')),
    claim BIGINT NOT NULL,
    PRIMARY KEY (profile, source)
);
-- Which of them was the last when the number came in: who began before that has not seen it, and does not take it away.
ALTER TABLE suppressed ADD COLUMN added BIGINT NOT NULL DEFAULT 0;
