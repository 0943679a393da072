"""What the store says no with. Every error carries a `Reason`: a sentence with a way out, in either language."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tui.campaign.lifecycle import State
from tui.core.files import NotOurs
from tui.core.reason import Reason
from tui.core.text_keys import TextKeys

if TYPE_CHECKING:
    from tui.store.values import EarlierLaunch


class StoreError(Exception):
    """The store couldn't do it. What was there before is still there."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(f"{reason.code} {dict(reason.params)}")
        self.reason = reason


class StoreTooNew(StoreError):
    """A later version of the program wrote the database; it is left as it is. Params: path, found, known."""


class StoreTooOld(StoreError):
    """A version that was never released wrote the database; it is left as it is. Params: path, found, oldest."""


class StoreForeign(StoreError):
    """The file is another program's database. Params: path."""


class StoreDamaged(StoreError):
    """The file is no database, or a part of it can't be read. Params: path."""


class StoreFull(StoreError):
    """There is no room on the disk. Params: path."""


class StoreReadOnly(StoreError):
    """The file or its folder can't be opened or written. Params: path."""


class StoreBusy(StoreError):
    """Another program held the database for longer than is waited. Params: path."""


class StoreGone(StoreError):
    """The file at the path is not the one that was opened, or there is none: what was just written may be lost.

    Params: path.
    """


class StoreManyNames(StoreError):
    """The file has another name besides the one it was opened by: a hard link, or a mount of its own. Params: path."""


class StoreNoLocks(StoreError):
    """The file system keeps no locks, so that nobody knows who is at work. Params: path."""


class StoreFailed(StoreError):
    """Anything else that the database reported. Params: path, detail."""


class StoreUnsure(StoreFailed):
    """The connection was lost at a commit, and whether it counts is not known. Params: path."""


class NotCopied(StoreError):
    """A copy of the whole store wasn't made; the target is as it was. Params: path, and table where counts differ."""


class ChangeRefused(StoreError):
    """The database is well; what was asked isn't possible for this campaign."""


class NoSuchCampaign(ChangeRefused):
    """Params: campaign."""

    def __init__(self, campaign: int) -> None:
        super().__init__(Reason("store.no_such_campaign", {"campaign": campaign}))


class NoSuchNumber(ChangeRefused):
    """The row has gone from the campaign's list. Params: position."""

    def __init__(self, position: int) -> None:
        super().__init__(Reason("store.no_such_number", {"position": position}))


# By the states that a campaign is kept in.
WRONG_STATE: Final = TextKeys("store.wrong_state.{}", (
    State.DRAFT, State.LAUNCHING, State.UNCONFIRMED, State.REJECTED, State.ON, State.OFF, State.DELETED))


class WrongState(ChangeRefused):
    """The campaign's state doesn't allow it. The code ends in the state it is in; params: campaign, name."""


class Changed(ChangeRefused):
    """The draft was changed after it was looked at. Params: campaign, name."""


class LaunchedMeanwhile(ChangeRefused):
    """Another campaign of the profile was launched, or found, after it was looked at: it may call the same people.

    Params: campaign, name.
    """


class RefusedMeanwhile(ChangeRefused):
    """Somebody in the list said no after it was looked at, or answered a campaign that it was made of; or another İYS
    file was imported. Params: campaign, name."""


class AlreadyLaunched(ChangeRefused):
    """Another campaign was launched so, `earlier`, or is being. The code ends in how it stands.

    Params: campaign, name.
    """

    def __init__(self, reason: Reason, earlier: EarlierLaunch) -> None:
        super().__init__(reason)
        self.earlier = earlier


class SuccessorUnfit(ChangeRefused):
    """A campaign can't be launched in another's place as things are. The code ends in why; params: campaign, name."""


class NoSuccession(ChangeRefused):
    """None can take a campaign's place: what that would need isn't known. Params: campaign, name."""


class HasSuccessor(ChangeRefused):
    """Another was launched in the place of the campaign, `successor`: both would call. Params: campaign, name, ref."""

    def __init__(self, reason: Reason, successor: int) -> None:
        super().__init__(reason)
        self.successor = successor


class AlreadySwitching(ChangeRefused):
    """A switch of the campaign is on its way. Params: campaign, name."""


class AlreadyKnown(ChangeRefused):
    """The provider's ID belongs to a campaign of this profile, `campaign`. Params: campaign, name, provider_id."""

    def __init__(self, reason: Reason, campaign: int) -> None:
        super().__init__(reason)
        self.campaign = campaign


def by_the_system(error: OSError, path: Path) -> StoreError:
    """The store's error for one of the operating system's."""
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return StoreBusy(Reason("store.files", {"path": str(path)}))
    if isinstance(error, NotOurs):
        return StoreReadOnly(error.reason)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreFull(Reason("store.full", {"path": str(path)}))
    return StoreReadOnly(Reason("store.read_only", {"path": str(path)}))
