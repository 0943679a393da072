"""What stands between a campaign and one in its place: never may both call, nor one of them whom the other reached.

Asked by the ledger and the switches in their own transactions, so that of two processes one is the later.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.campaign.lifecycle import State
from tui.core.text_keys import TextKeys
from tui.store.database import Database, Row

_OF_SUCCESSOR: Final = "SELECT * FROM successions WHERE successor_id = ?"
_FORMER: Final = """
SELECT state, state_at, unsure, coalesce(strangers, 0) AS unlisted,
    (SELECT count(*) FROM switches WHERE campaign_id = campaigns.id AND outcome IS NULL) AS switching
FROM campaigns LEFT JOIN result_totals ON result_totals.campaign_id = campaigns.id WHERE campaigns.id = ?
"""
# Whatever has become of it since: whom it has reached would be called again.
_LAUNCHED: Final = """
SELECT campaigns.id AS id FROM successions JOIN campaigns ON campaigns.id = successions.successor_id
WHERE former_id = ? AND successor_id <> ? AND (campaigns.state IN ('launching', 'unconfirmed')
    OR campaigns.provider_id IS NOT NULL) ORDER BY campaigns.id LIMIT 1
"""
# It changes with each notification and call record, and with each number that is not called any more.
_HEARD: Final = "SELECT coalesce(sum(notifications + records + final), 0) FROM result_totals WHERE campaign_id = ?"
_REACHED: Final = """
SELECT numbers.position AS position, max(results.answered) AS answered FROM results CROSS JOIN numbers
WHERE results.campaign_id = ? AND results.final = 1
    AND numbers.list_id = (SELECT list FROM campaigns WHERE id = ?) AND numbers.phone = results.phone
    AND numbers.problem IS NULL GROUP BY numbers.position
"""
_NOTE_COMPARED: Final = """
UPDATE successions SET compared = ?, compared_revision = ?, added = ? WHERE id = ?
"""
_FORGET: Final = """
UPDATE successions SET known_at = NULL, known_how = NULL WHERE former_id = ? AND known_at IS NOT NULL
"""


class Compared(Struct, frozen=True):
    """What a successor's list was compared with: how much was heard of the former ones, and which list it was."""

    heard: int
    revision: int

    @classmethod
    def now(cls, database: Database, campaign: int) -> Compared:
        heard = sum(database.number(_HEARD, (former,)) for former, _ in formers_of(database, campaign))
        return cls(heard, database.number("SELECT revision FROM campaigns WHERE id = ?", (campaign,)))

    def is_noted(self, succession: Row) -> bool:
        return (succession["compared"], succession["compared_revision"]) == (self.heard, self.revision)

    def note(self, database: Database, succession: int, added: int | None) -> None:
        """Nobody was found in it. `added`: how many of its numbers no former one has; None: nobody has counted."""
        database.run(_NOTE_COMPARED, (self.heard, self.revision, added, succession))


class Unfit(StrEnum):
    """Why a campaign can't take another's place as things are."""

    FORMER_ON = "former_on"  # it is on, or may be
    NOT_KNOWN = "not_known"  # whom it has reached
    LATE = "late"  # it has reached somebody in the list
    TAKEN = "taken"  # another has taken the place


UNFIT: Final = TextKeys("store.succession.{}", Unfit)


def formers_of(database: Database, campaign: int) -> Iterator[tuple[int, Row]]:
    """The campaigns in whose place one stands, the last first, each with the row of its succession."""
    seen = {campaign}
    while (row := database.one(_OF_SUCCESSOR, (campaign,))) is not None:
        campaign = int(row["former_id"])
        if campaign in seen:
            raise database.damaged()
        seen.add(campaign)
        yield campaign, row


def former_of(database: Database, campaign: int) -> Row:
    """How a campaign stands that another replaces."""
    row = database.one(_FORMER, (campaign,))
    if row is None:
        raise database.damaged()  # a succession refers to it
    return row


def is_off(former: Row) -> bool:
    """Whether it is off, or gone, beyond doubt, and about to be nothing else."""
    return former["state"] in (State.OFF, State.DELETED) and not former["unsure"] and not former["switching"]


def is_known(succession: Row, former: Row) -> bool:
    """Whether it is known whom it has reached. A result of a number that is not in its list may be anybody's there."""
    if succession["known_how"] is None:
        return False
    return succession["known_how"] == "person" or not former["unlisted"]


def reached(database: Database, campaign: int) -> dict[int, bool]:
    """The rows of a campaign's list whose number one in whose place it stands has reached, or is done with: position →
    whether it has answered."""
    found: dict[int, bool] = {}
    for former, _ in formers_of(database, campaign):
        for row in database.all(_REACHED, (former, campaign)):
            found[row["position"]] = bool(row["answered"]) or found.get(row["position"], False)
    return found


def unfit_for(database: Database, succession: Row) -> Unfit | None:
    """Why nothing may be launched in the place of the former one of a succession, whoever it calls."""
    former = former_of(database, succession["former_id"])
    if not is_off(former):
        return Unfit.FORMER_ON
    if not is_known(succession, former):
        return Unfit.NOT_KNOWN
    other = launched_in_place_of(database, succession["former_id"], but=succession["successor_id"] or 0)
    return None if other is None else Unfit.TAKEN


def unfit(database: Database, campaign: int, *, anew: bool) -> Unfit | None:
    """Why a campaign can't be launched in the place of another; None where it can, or takes nobody's.

    Its list is compared where it has changed, or something came in, since that was noted last: a million numbers take
    a second, in which nobody could write. `anew`: it is noted; within a write transaction.
    """
    of = [succession for _, succession in formers_of(database, campaign)]
    for succession in of:
        why = unfit_for(database, succession)
        if why is not None:
            return why
    if not of:
        return None
    compared = Compared.now(database, campaign)
    if compared.is_noted(of[0]):
        return None
    if reached(database, campaign):
        return Unfit.LATE
    if anew:
        compared.note(database, of[0]["id"], None)
    return None


def launched_in_place_of(database: Database, campaign: int, *, but: int = 0) -> int | None:
    """The campaign that was launched in the place of one, or may have been; `but` for one that is left aside."""
    row = database.one(_LAUNCHED, (campaign, but))
    return None if row is None else int(row["id"])


def is_switched_on(database: Database, campaign: int) -> None:
    """A campaign is about to be switched on: whom it has reached when it is off again is to be found out anew."""
    database.run(_FORGET, (campaign,))
