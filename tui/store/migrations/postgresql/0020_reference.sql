-- By what the operator knows whom a row is about: a customer number, a name; '' where nothing is. It is never sent.
ALTER TABLE numbers ADD COLUMN reference TEXT COLLATE "C" NOT NULL DEFAULT '';
ALTER TABLE dropped_numbers ADD COLUMN reference TEXT COLLATE "C" NOT NULL DEFAULT '';
