"""What the repositories share: the database, the clock, how a campaign is read, changes that its state must allow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Final

from msgspec import Struct

from tui.campaign.fields import TYPED_NUMBERS
from tui.campaign.lifecycle import Action, State
from tui.campaign.parsed_draft import ParsedDraft
from tui.core.reason import Reason
from tui.store.columns import (
    filter_of,
    moment,
    object_of,
    object_text,
    origin_of,
    reason_columns,
    reason_of,
    stamp,
    when,
)
from tui.store.database import Database, Row
from tui.store.errors import WRONG_STATE, AlreadyKnown, ChangeRefused, NoSuchCampaign, WrongState
from tui.store.lease import Lease
from tui.store.sql import Sql, assignments, marks, names, sql, value_rows
from tui.store.values import Campaign

ANY: Final = frozenset(State)
_LONGEST_INDEXED: Final = 2_400  # bytes
_AT_ONCE: Final = 500  # values of one statement
EDITABLE: Final = frozenset(state for state in State if state.editable)
# What an edit by hand takes away: a test call that has become something else may call anybody, and vouches for no menu.
EDITED: Final[Mapping[str, None]] = {"test_of": None}

# A campaign with the switch that is on its way, in one statement however many are read.
_CAMPAIGN: Final = sql("""
SELECT campaigns.*, switches.action AS pending,
    (SELECT max(asked_at) FROM launches WHERE launches.campaign_id = campaigns.id) AS launched_at,
    (SELECT pinged_at FROM launches WHERE launches.campaign_id = campaigns.id ORDER BY id DESC LIMIT 1) AS pinged_at,
    (SELECT former_id FROM successions WHERE successor_id = campaigns.id) AS replaces,
    (SELECT coalesce(successor_id, 0) FROM successions WHERE former_id = campaigns.id AND given_up_at IS NULL)
        AS replaced_by,
    (SELECT number FROM lives WHERE lives.campaign_id = campaigns.id) AS life,
    (SELECT count(*) FROM lives AS theirs
        WHERE theirs.first_id = (SELECT first_id FROM lives WHERE lives.campaign_id = campaigns.id)) AS lives
""")
_PENDING: Final = sql("LEFT JOIN switches ON switches.campaign_id = campaigns.id AND switches.outcome IS NULL")
CAMPAIGNS: Final = sql("{campaign} FROM campaigns {pending}", campaign=_CAMPAIGN, pending=_PENDING)
CAMPAIGN_BY_ID: Final = sql("{campaigns} WHERE campaigns.id = ?", campaigns=CAMPAIGNS)
ASKED_CAMPAIGNS: Final = sql("{campaign} FROM asked CROSS JOIN campaigns {pending} WHERE campaigns.id = asked.value",
                             campaign=_CAMPAIGN, pending=_PENDING)
# With what is remembered of the last launch of each: none of one that is tracked by its ID.
CAMPAIGNS_WITH_LAUNCH: Final = sql("""
{campaign}, last.id AS launch, last.body_hash AS last_body, last.sent_hash AS last_sent, last.asked_at AS last_at
FROM campaigns {pending}
LEFT JOIN launches AS last ON last.id = (SELECT max(id) FROM launches WHERE campaign_id = campaigns.id)
""", campaign=_CAMPAIGN, pending=_PENDING)
_STATE: Final = "SELECT state FROM campaigns WHERE id = ?"
_KNOWN: Final = "SELECT * FROM campaigns WHERE profile = ? AND provider_id = ?"
_SET: Final = "UPDATE campaigns SET {columns} WHERE id = ? AND state IN ({states})"
_INSERT: Final = "INSERT INTO campaigns ({columns}) VALUES ({marks}) RETURNING id"
_ASKED: Final = "WITH asked (value) AS (VALUES {rows}) {statement}"


class Context(Struct, frozen=True):
    """`fold` makes names comparable for looking up, `sort_key` for order."""

    database: Database
    lease: Lease
    fold: Callable[[str], str]
    sort_key: Callable[[str], str]
    now: Callable[[], dt.datetime]


class Repository:
    """What is read and written of one thing. The methods here are called within a write transaction."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._database = context.database

    def _now(self) -> str:
        return stamp(self._context.now())

    def _held(self, name: str) -> bool:
        """Whether what is marked with a name is in this store's hands, in the file that others find too."""
        return self._context.lease.holds(name) and self._database.in_place()

    def _set(self, campaign: int, allowed: Collection[State], columns: Mapping[str, str | int | None]) -> None:
        """Write columns of a campaign that is in one of the allowed states. WrongState, NoSuchCampaign."""
        now = self._now()
        columns = {**columns, "updated_at": now} | ({"state_at": now} if "state" in columns else {})
        changed = self._database.run(
            sql(_SET, columns=assignments(columns), states=marks(len(allowed))),
            (*columns.values(), campaign, *allowed))
        if changed.rowcount != 1:
            raise self._refusal(campaign)

    def _require(self, campaign: int, allowed: Collection[State]) -> None:
        """WrongState, NoSuchCampaign unless the campaign is in one of the allowed states."""
        row = self._database.one(_STATE, (campaign,))
        if row is None or row["state"] not in allowed:
            raise self._refusal(campaign)

    def _refusal(self, campaign: int) -> ChangeRefused:
        row = self._database.one(_STATE, (campaign,))
        if row is None:
            return NoSuchCampaign(campaign)
        return WrongState(self._naming(WRONG_STATE[State(row["state"])], campaign))

    def _naming(self, code: str, campaign: int, **params: str | int) -> Reason:
        """A reason that names the campaign."""
        row = self._database.one("SELECT fields FROM campaigns WHERE id = ?", (campaign,))
        with self._database.legible():
            name = object_of(row["fields"]).get("name", "") if row is not None else ""
        return Reason(code, {"campaign": campaign, "name": name, **params})

    def _known(self, profile: str, provider_id: int) -> Row | None:
        """The row of the campaign that the provider knows by this ID."""
        return self._database.one(_KNOWN, (profile, provider_id))

    def _already_known(self, campaign: int, provider_id: int) -> AlreadyKnown:
        return AlreadyKnown(self._naming("store.already_known", campaign, provider_id=provider_id), campaign)

    def _among(self, statement: Sql, values: Iterable[int | str], *given: int | str) -> Iterator[Row]:
        """The rows of a statement that looks up each `asked.value`; for however many values. `given`: its other values.

        To be written as `FROM asked CROSS JOIN …`, so that SQLite looks up one after another: with IN it may rather
        read all that a campaign has, of which it knows no size.
        """
        return among(self._database, statement, values, *given)

    def _from_fields(self, fields: Mapping[str, str]) -> dict[str, str | int | None]:
        """The columns that follow from a campaign's fields."""
        kept = {name: text for name, text in fields.items() if text}
        name = kept.get("name", "")
        return {
            "fields": object_text(kept),
            "name_folded": self._context.fold(name),
            "name_sort": _indexable(self._context.sort_key(name)),
            "call_type": kept.get("call_type", ""),
            "window_sort": _window_sort(kept),
        }

    def _insert(self, profile: str, fields: Mapping[str, str], state: State, **columns: str | int | None) -> int:
        now = self._now()
        fields = {name: text for name, text in fields.items() if name != TYPED_NUMBERS}  # another draft's line
        columns = {"profile": profile, "state": state, "state_at": now, "created_at": now, "updated_at": now,
                   "ends_at": "", **self._from_fields(fields), **columns}
        return self._database.number(sql(_INSERT, columns=names(*columns), marks=marks(len(columns))),
                                     tuple(columns.values()))


def among(database: Database, statement: Sql, values: Iterable[int | str], *given: int | str) -> Iterator[Row]:
    """As `Repository._among`."""
    waiting = iter(values)
    while some := list(islice(waiting, _AT_ONCE)):
        yield from database.all(_looked_up(statement, len(some)), (*some, *given))


def campaign_of(row: Row) -> Campaign:
    """ValueError or TypeError where a column holds what was never written."""
    return Campaign(
        id=row["id"], profile=row["profile"], fields=object_of(row["fields"]), revision=row["revision"],
        state=State(row["state"]), state_at=moment(row["state_at"]),
        reason=reason_of(row["reason"], row["reason_params"]), provider_id=row["provider_id"],
        created_at=moment(row["created_at"]), updated_at=moment(row["updated_at"]),
        copied_from=row["copied_from"], test_of=row["test_of"], adopted=bool(row["adopted"]), numbers=row["numbers"],
        bad_numbers=row["bad_numbers"], duplicate_numbers=row["duplicate_numbers"],
        callable_with_phrase=row["callable_with_phrase"],
        pending=None if row["pending"] is None else Action(row["pending"]), unsure=bool(row["unsure"]),
        missing=bool(row["missing"]),
        last_set_at=when(row["last_set_at"]), launched_at=when(row["launched_at"]), pinged_at=when(row["pinged_at"]),
        found=bool(row["found"]),
        called_again=0 if State(row["state"]).editable else row["called_again"],
        follows=row["follows"], follows_filter=filter_of(row["follows_filter"]),
        follows_plan=origin_of(row["follows_plan"]),
        replaces=row["replaces"], replaced_by=row["replaced_by"], life=row["life"] or 1, lives=row["lives"] or 1,
    )


def reason_set(reason: Reason | None) -> dict[str, str | int | None]:
    """The two columns of a reason, for `_set`."""
    code, params = reason_columns(reason)
    return {"reason": code, "reason_params": params}


def end_of(fields: Mapping[str, str], launched_at: dt.datetime) -> str:
    """When the calling hours of a campaign are over that was launched then, as `stamp` writes it; "" if unknown."""
    window = ParsedDraft(fields).window(launched_at)
    # Without a day on which it calls, it was over from the first.
    return "" if window is None else stamp(window.ends_at() or launched_at)


@lru_cache(maxsize=256)
def _looked_up(statement: Sql, count: int) -> Sql:
    """A statement that looks up so many values, each an `asked.value`."""
    return sql(_ASKED, rows=value_rows(1, count), statement=statement)


def _indexable(text: str) -> str:
    """As much of a text as fits into an index of PostgreSQL's, a third of a page: names differ before that."""
    return text.encode("utf-8", "surrogatepass")[:_LONGEST_INDEXED].decode("utf-8", "ignore")


def _window_sort(fields: Mapping[str, str]) -> str:
    """When the window begins, comparable as text; "" where what was typed doesn't say."""
    begin = ParsedDraft(fields).begins
    return "" if begin is None else begin.isoformat(timespec="minutes")
