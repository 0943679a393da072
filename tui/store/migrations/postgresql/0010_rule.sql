-- By which rule the figures were counted: what an older one has counted is counted anew where the store is opened.
ALTER TABLE result_totals ADD COLUMN rule BIGINT NOT NULL DEFAULT 0;
