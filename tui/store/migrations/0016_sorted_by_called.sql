-- The list shows how many numbers a launch calls, and is sorted by that: bad rows and repeated ones don't count.
DROP INDEX campaigns_by_numbers;
CREATE INDEX campaigns_by_numbers ON campaigns (profile, (numbers - bad_numbers - duplicate_numbers), id, state);
