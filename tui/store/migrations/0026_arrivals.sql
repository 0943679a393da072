-- In what order it came to be known who has answered, whatever a clock says of a call or of its notification: the number of
-- the last time that somebody was found to have.
CREATE TABLE arrivals (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    last INTEGER NOT NULL
);
-- Of a number that has answered, when that came to be known; of a campaign, when it did last. NULL: before this was kept.
ALTER TABLE results ADD COLUMN answered_in INTEGER;
ALTER TABLE result_totals ADD COLUMN answered_in INTEGER;
-- What was known when a draft was made of a campaign's results, and when a launch was begun.
ALTER TABLE campaigns ADD COLUMN knows INTEGER;
ALTER TABLE launches ADD COLUMN knows INTEGER;

-- Drafts of before, and who has answered since: as their times have it. A draft knows of as many as were made before it.
UPDATE campaigns SET knows = (SELECT count(*) FROM campaigns AS earlier
    WHERE earlier.follows IS NOT NULL AND earlier.provider_id IS NULL AND earlier.created_at < campaigns.created_at)
WHERE follows IS NOT NULL AND provider_id IS NULL;
UPDATE results SET answered_in = (SELECT count(*) FROM campaigns
    WHERE campaigns.knows IS NOT NULL AND campaigns.created_at < (SELECT max(calls.at) FROM (
        SELECT received_at AS at FROM notifications
        WHERE notifications.campaign_id = results.campaign_id AND notifications.position = results.position
        UNION ALL
        SELECT coalesce(ended_at, started_at) AS at FROM records
        WHERE records.campaign_id = results.campaign_id AND records.position = results.position) AS calls))
WHERE answered = 1 AND EXISTS (SELECT 1 FROM campaigns WHERE knows IS NOT NULL);
UPDATE result_totals SET answered_in = (
    SELECT max(answered_in) FROM results WHERE results.campaign_id = result_totals.campaign_id)
WHERE EXISTS (SELECT 1 FROM campaigns WHERE knows IS NOT NULL);
INSERT INTO arrivals (id, last)
SELECT 1, many FROM (SELECT count(*) AS many FROM campaigns WHERE knows IS NOT NULL) AS drafts WHERE many > 0;
