"""What a store may hold can be read for ever: the sentences are kept there by their codes."""

from __future__ import annotations

import pytest

from tui.i18n.words import CATALOGS, LANGUAGES, LATER, read_texts

# Every code that was ever written: of numbers, rows taken out, launches, switches, and requests that could not be read.
# One that is renamed stays readable: it is to be given its present name where `columns.reason_of` reads it back.
KEPT = """
campaign.number.date
campaign.number.lang
campaign.number.phone
campaign.number.word
campaign.number.zeros
campaign.phone.abroad
campaign.phone.decimal
campaign.phone.empty
campaign.phone.invalid
campaign.phone.letters
campaign.phone.long
campaign.phone.no_area
campaign.phone.premium
campaign.phone.premium_abroad
campaign.phone.scientific
campaign.phone.several
campaign.phone.short
campaign.phone.stray
campaign.phone.trunk_zero
campaign.phone.universal
numbers.row.amount
numbers.row.blank
numbers.row.date
numbers.row.error
numbers.row.formula
numbers.row.long
numbers.row.swallowed
numbers.row.two_ways
numbers.row.whole
operations.launch.cancelled
operations.launch.cancelled_incomplete
operations.launch.cancelled_unsent
operations.launch.failed
operations.launch.failed_incomplete
operations.launch.failed_unsent
operations.launch.given_up
operations.launch.more_calls
operations.launch.more_people
operations.launch.not_kept
operations.switch.cancelled
operations.switch.failed
operations.switch.put_away
operations.switch.unclear.given_up
operations.switch.unclear.late
operations.switch.unclear.not_kept
operations.switch.unclear.overtaken
provider.answer_lost.cut
provider.answer_lost.timeout
provider.bad_shape
provider.bad_status
provider.forbidden
provider.forbidden.page
provider.forbidden.silent
provider.key_refused
provider.key_refused.page
provider.key_refused.silent
provider.limit_reached
provider.limit_reached.seconds
provider.no_json
provider.no_ok
provider.no_ok.page
provider.no_ok.silent
provider.not_found
provider.not_found.page
provider.not_found.silent
provider.not_now
provider.not_reached.certificate
provider.not_reached.dns
provider.not_reached.incomplete
provider.not_reached.incomplete_timeout
provider.not_reached.network
provider.not_reached.other
provider.not_reached.pool
provider.not_reached.proxy
provider.not_reached.refused
provider.not_reached.settings
provider.not_reached.timeout
provider.not_reached.tls
provider.not_reached.unreadable
provider.not_reached.unready
provider.not_reached.unwritable
provider.not_reached.withheld
provider.refused
provider.refused.page
provider.refused.silent
provider.server_failed
provider.server_failed.page
provider.server_failed.silent
provider.too_long
provider.unconfirmed.cut
provider.unconfirmed.more
provider.unconfirmed.no_id
provider.unconfirmed.no_id.page
provider.unconfirmed.no_id.silent
provider.unconfirmed.status
provider.unconfirmed.status.page
provider.unconfirmed.status.silent
provider.unconfirmed.timeout
provider.unconfirmed.unframed
provider.webhook_refused
receiver.unreadable.bad_field
receiver.unreadable.field_twice
receiver.unreadable.missing
receiver.unreadable.no_form
receiver.unreadable.not_kept
receiver.unreadable.not_utf8
receiver.unreadable.too_many_fields
store.called_before
store.dropped.abroad
store.dropped.by_hand
store.dropped.duplicates
store.dropped.landline
store.dropped.mobile
store.dropped.not_valid
store.dropped.other
store.dropped.problems
store.dropped.toll_free
store.id_taken
store.launch_interrupted
store.said_not_created
store.suppressed.blocked
store.suppressed.by_hand
store.suppressed.file
store.suppressed.pressed
store.suppressed.untold
store.switch_interrupted
store.switch_late
store.switch_overtaken
"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_that_was_ever_kept_has_a_sentence(language: str) -> None:
    assert [code for code in KEPT.split() if code not in read_texts(language, (*CATALOGS, *LATER))] == []
