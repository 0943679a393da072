-- Why a number was left out of a list is looked up by the number, over all campaigns. Repetitions are not among them:
-- the row that they repeat stays in the list.
CREATE INDEX dropped_numbers_of_phone ON dropped_numbers (phone)
    WHERE why IS NOT NULL AND why <> 'store.dropped.duplicates';
