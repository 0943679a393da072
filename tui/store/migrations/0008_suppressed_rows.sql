-- Rows of a list of others that hold no number: whoever stands there is not found.
ALTER TABLE suppressed_sources ADD COLUMN unread INTEGER NOT NULL DEFAULT 0;
-- What was kept of a file was not counted so: it is read anew.
UPDATE suppressed_sources SET stamp = '' WHERE source = 'file';
