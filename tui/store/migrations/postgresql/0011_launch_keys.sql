-- What a launch is known by: a person's word, or what its request comes to with the day on which it begins. One campaign
-- has it, as long as the provider has that one or may have it; a twin that was asked for has it `again`.
ALTER TABLE campaigns ADD COLUMN launch_key TEXT COLLATE "C";
ALTER TABLE campaigns ADD COLUMN again BIGINT NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX campaigns_by_key ON campaigns (profile, launch_key)
    WHERE launch_key IS NOT NULL AND again = 0 AND state IN ('launching', 'unconfirmed', 'on', 'off');
CREATE INDEX campaigns_with_key ON campaigns (profile, launch_key) WHERE launch_key IS NOT NULL;
ALTER TABLE launches ADD COLUMN launch_key TEXT COLLATE "C";
