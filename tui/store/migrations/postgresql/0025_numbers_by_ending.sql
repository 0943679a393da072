-- A number is looked up over all lists. By its last three digits first, where one in Turkey has them, then by list: rows of
-- a new list come in at the end of each of a thousand places. In the order of the numbers alone each would come in
-- somewhere else, in a page of its own to be read and written, the more of them the more numbers there are.
CREATE INDEX numbers_by_ending ON numbers (substr(phone, 10), list_id, phone);
-- And over all campaigns that have called it though it is in no list of theirs.
CREATE INDEX results_of_strangers_by_phone ON results (phone, campaign_id) WHERE position >= 1099511627776;
