"""Numbers of the do-not-call list on their way to the provider's blocked ones: a queue that outlives every process."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from msgspec import Struct

from tui.core.reason import Reason
from tui.store.columns import reason_columns, reason_of
from tui.store.database import Database
from tui.store.repository import Repository
from tui.store.sql import sql


class PushState(StrEnum):
    """How far a number is."""

    WAITING = "waiting"
    UNSURE = "unsure"  # asked for, and the answer is not known: the provider's list is looked at before it is again
    PUSHED = "pushed"
    REFUSED = "refused"  # by the provider: it would refuse it again
    PERHAPS = "perhaps"  # taken off the list while the answer was not known: nobody asks any more


class PushQueue(Struct, frozen=True):
    """How many of a profile's numbers are how far, but for those that were pushed.

    `stopped`: why pushing stopped last; None where it went on.
    """

    waiting: int = 0
    unsure: int = 0
    refused: int = 0
    stopped: Reason | None = None

    @property
    def open(self) -> int:
        """Those of which it is not known yet that the provider blocks them, but for those it refused."""
        return self.waiting + self.unsure


# One that was pushed, taken off by hand and put on again may have been unblocked at the provider meanwhile.
_WAIT: Final = """
INSERT INTO opt_out_pushes (profile, phone, state, changed_at)
SELECT profile, phone, 'waiting', added_at FROM do_not_call WHERE profile = ? AND phone = ?
ON CONFLICT (profile, phone) DO UPDATE SET state = 'unsure', changed_at = excluded.changed_at, reason = NULL,
    reason_params = NULL
"""
_FORGET: Final = "DELETE FROM opt_out_pushes WHERE profile = ? AND phone = ? AND state IN ('waiting', 'refused')"
_LEAVE: Final = "UPDATE opt_out_pushes SET state = 'perhaps' WHERE profile = ? AND phone = ? AND state = 'unsure'"
_LISTED: Final = sql("""
EXISTS (SELECT 1 FROM do_not_call WHERE do_not_call.profile = opt_out_pushes.profile
    AND do_not_call.phone = opt_out_pushes.phone)
""")
_OPEN: Final = """
SELECT phone FROM opt_out_pushes
WHERE profile = ? AND state = ? AND state <> 'pushed' ORDER BY changed_at, phone LIMIT ?
"""
_OURS: Final = sql("""
EXISTS (SELECT 1 FROM opt_out_pushers WHERE opt_out_pushers.profile = opt_out_pushes.profile AND holder = ?)
""")
_BEGIN: Final = sql("""
UPDATE opt_out_pushes SET state = 'unsure', changed_at = ?
WHERE profile = ? AND phone = ? AND state = 'waiting' AND {listed} AND {ours}
""", listed=_LISTED, ours=_OURS)
_DONE: Final = """
UPDATE opt_out_pushes SET state = 'pushed', changed_at = ?, reason = NULL, reason_params = NULL
WHERE profile = ? AND phone = ?
"""
_NOT_DONE: Final = sql("""
UPDATE opt_out_pushes SET state = ?, changed_at = ?, reason = ?, reason_params = ?
WHERE profile = ? AND phone = ? AND state = 'unsure' AND {ours}
""", ours=_OURS)
_NOT_LEFT: Final = sql("""
DELETE FROM opt_out_pushes WHERE profile = ? AND phone = ? AND state = 'perhaps' AND {ours}
""", ours=_OURS)
_COUNTS: Final = """
SELECT state, count(*) AS many FROM opt_out_pushes WHERE profile = ? AND state <> 'pushed' GROUP BY state
"""
_STATES: Final = sql("""
SELECT phone, state FROM asked CROSS JOIN opt_out_pushes WHERE profile = ? AND phone = asked.value
""")
_BLOCKED: Final = sql("""
SELECT phone FROM asked CROSS JOIN suppressed WHERE profile = ? AND source = 'blocked' AND phone = asked.value
""")
_REFUSED_AGAIN: Final = """
UPDATE opt_out_pushes SET state = 'waiting', reason = NULL, reason_params = NULL
WHERE profile = ? AND state = 'refused'
"""
_PUSHER: Final = "SELECT holder, reason, reason_params FROM opt_out_pushers WHERE profile = ?"
_TAKE: Final = """
INSERT INTO opt_out_pushers (profile, holder) VALUES (?, ?)
ON CONFLICT (profile) DO UPDATE SET holder = excluded.holder
"""
_CONFIRM: Final = """
INSERT INTO opt_out_pushers (profile, holder) VALUES (?, NULL) ON CONFLICT (profile) DO NOTHING
"""
_CONFIRMED: Final = "SELECT 1 AS one FROM opt_out_pushers WHERE profile = ? AND holder IS NULL"
_WITHDRAW: Final = "DELETE FROM opt_out_pushers WHERE profile = ? AND holder IS NULL"
_LET_GO: Final = "UPDATE opt_out_pushers SET holder = NULL WHERE profile = ? AND holder = ?"
_STOPPED: Final = "UPDATE opt_out_pushers SET reason = ?, reason_params = ? WHERE profile = ?"


# Each is called within the write transaction in which the do-not-call list changes.

def wait_for_push(database: Database, profile: str, phones: Iterable[str]) -> None:
    """Numbers have been put on the list, and were not on it before."""
    database.run_many(_WAIT, [(profile, phone) for phone in phones])


def forget_push(database: Database, profile: str, phones: Iterable[str]) -> None:
    """Numbers are taken off the list: those that were not pushed are not. What was, or may have been, is not undone."""
    numbers = [(profile, phone) for phone in phones]
    database.run_many(_FORGET, numbers)
    database.run_many(_LEAVE, numbers)


class OptOutPushes(Repository):
    """Phones are as we send them. What a process notes that is not the one to push any more changes nothing, but for
    what it knows to be done.
    """

    _mine = ""  # by which name of the lease this process has taken it last

    def take(self, profile: str) -> bool:
        """Whether this process is to push a profile's numbers: until `let_go`, or its death, no other one does."""
        mine = self._context.lease.name()
        row = self._database.one(_PUSHER, (profile,))
        holder = None if row is None else row["holder"]
        if holder is None or holder == mine:
            return self._taken_from(profile, holder, mine)
        with self._context.lease.claimed(holder) as dead:
            return dead and self._taken_from(profile, holder, mine)

    def holds(self, profile: str) -> bool:
        """Whether it is this process that pushes a profile's numbers, and nobody can have taken that from it."""
        row = self._database.one(_PUSHER, (profile,))
        return row is not None and row["holder"] == self._mine != "" and self._context.lease.holds(self._mine)

    def ours(self, profile: str, phone: str) -> bool:
        """Whether a number is still this process's to ask for, after `begin`."""
        return self.holds(profile) and self.states(profile, [phone]).get(phone) is PushState.UNSURE

    def let_go(self, profile: str) -> None:
        """Another process may push."""
        with self._database.write():
            self._database.run(_LET_GO, (profile, self._mine))

    def _taken_from(self, profile: str, holder: str | None, mine: str) -> bool:
        """Whether it could be taken: another may have been quicker."""
        with self._database.write():
            row = self._database.one(_PUSHER, (profile,))
            if (None if row is None else row["holder"]) != holder:
                return False
            self._database.run(_TAKE, (profile, mine))
            self._mine = mine
            return True

    def confirmed(self, profile: str) -> bool:
        """Whether a person has said that the profile's list is to be blocked at the provider."""
        return self._database.one(_PUSHER, (profile,)) is not None

    def confirm(self, profile: str) -> None:
        """A person has said so: until `withdraw`, whoever comes onto the list is blocked as well."""
        with self._database.write():
            self._database.run(_CONFIRM, (profile,))

    def withdraw(self, profile: str) -> None:
        """The profile does not want it any more. Where it wants it anew a person has to say so: the list has grown."""
        if self._database.one(_CONFIRMED, (profile,)) is None:  # as at each start: nothing is written
            return
        with self._database.write():
            self._database.run(_WITHDRAW, (profile,))

    def next(self, profile: str, state: PushState, limit: int) -> list[str]:
        """Some numbers of the list that are so far, the oldest first."""
        return [row["phone"] for row in self._database.all(_OPEN, (profile, state, limit))]

    def begin(self, profile: str, phone: str) -> bool:
        """A number is about to be asked for. False where it must not be: it was taken off the list, or is not waiting.

        Committed before the request: whoever finds it later looks at the provider's list first.
        """
        with self._database.write():
            return self._database.run(_BEGIN, (self._now(), profile, phone, self._mine)).rowcount == 1

    def done(self, profile: str, phone: str) -> None:
        """The provider blocks a number."""
        with self._database.write():
            self._database.run(_DONE, (self._now(), profile, phone))

    def not_done(self, profile: str, phone: str, refused: Reason | None = None) -> None:
        """It is certain that the provider doesn't block a number yet: it waits again, or is `refused` for a reason."""
        state = PushState.WAITING if refused is None else PushState.REFUSED
        with self._database.write():
            self._database.run(_NOT_DONE, (state, self._now(), *reason_columns(refused), profile, phone, self._mine))
            self._database.run(_NOT_LEFT, (profile, phone, self._mine))

    def try_refused_again(self, profile: str) -> None:
        """Numbers that the provider refused wait again."""
        with self._database.write():
            self._database.run(_REFUSED_AGAIN, (profile,))

    def note_stop(self, profile: str, reason: Reason | None) -> None:
        """Why pushing stops now; None: it has come to its end."""
        with self._database.write():
            self._database.run(_STOPPED, (*reason_columns(reason), profile))

    def queue(self, profile: str) -> PushQueue:
        """How many are how far."""
        with self._database.read(), self._database.legible():
            counts = {PushState(row["state"]): int(row["many"]) for row in self._database.all(_COUNTS, (profile,))}
            row = self._database.one(_PUSHER, (profile,))
            stopped = None if row is None else reason_of(row["reason"], row["reason_params"])
        return PushQueue(counts.get(PushState.WAITING, 0), counts.get(PushState.UNSURE, 0),
                         counts.get(PushState.REFUSED, 0), stopped)

    def blocked(self, profile: str, phones: Collection[str]) -> set[str]:
        """Which of these numbers are in the provider's list, as it was fetched last."""
        return {row["phone"] for row in self._among(_BLOCKED, phones, profile)}

    def states(self, profile: str, phones: Collection[str]) -> dict[str, PushState]:
        """How far each of these numbers is; nothing of those that were never to be pushed."""
        with self._database.legible():
            return {row["phone"]: PushState(row["state"]) for row in self._among(_STATES, phones, profile)}
