"""A draft as its form has it: the texts, what is wrong with them, and which of them the store has. It shows nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from tui.campaign.fields import FIELDS, KEEP_REPEATS, OPT_OUT, TYPED_NUMBERS
from tui.campaign.menu import MenuEdits
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import PhoneList
from tui.campaign.rules import Problem
from tui.core.listeners import Listeners
from tui.core.reason import Reason
from tui.operations.launch_request import phones_of
from tui.store import Campaign
from tui.store.recipients import NO_REPEATED_CALLS, RepeatedCalls

Check = Callable[[ParsedDraft, PhoneList], list[Problem]]


class FormModel:
    """The state of one form. Texts are by the wire names of their fields, as they were typed.

    `changed` is notified of the fields whose text or problems may differ from before, once all of them are known.
    `replaced` is notified before that of texts that were not typed in their editors, so that those can show them.
    `kept` is notified when something has been written to the store, or could not be.
    """

    def __init__(self, draft: Campaign | Mapping[str, str], check: Check) -> None:
        """`draft` is one that is kept, or the values of a new one, which is kept from its first change on.

        `check` finds every problem of a draft with such a list. It is first called by `recheck`.
        """
        self.campaign = draft if isinstance(draft, Campaign) else None
        self.draft = draft.draft if isinstance(draft, Campaign) else ParsedDraft(draft)
        self.problems: list[Problem] = []
        self.reviewed: list[Problem] | None = None  # what Review found, while it is shown: more than the fields know
        self.repeated = NO_REPEATED_CALLS  # rows of its list that are called though an earlier one has their number
        self.unsaved: dict[str, str] = {}
        self.not_kept: Reason | None = None  # why the store took nothing when it was last asked to
        self.launching = False
        self.changed = Listeners[[frozenset[str]]]()
        self.replaced = Listeners[[Mapping[str, str]]]()
        self.kept = Listeners[[]]()
        self._check = check
        self._edits: MenuEdits | None = None

    @property
    def values(self) -> Mapping[str, str]:
        """The texts, as they were typed."""
        return self.draft.values

    @property
    def phones(self) -> PhoneList:
        """The list that is called as far as its counts go; an empty one of a draft that isn't kept yet."""
        return phones_of(self.campaign, self.repeated) if self.campaign is not None else PhoneList()

    @property
    def known_problems(self) -> list[Problem]:
        """The problems of the fields; while Review is shown, those that it found."""
        return self.problems if self.reviewed is None else self.reviewed

    @property
    def editable(self) -> bool:
        return self.campaign is None or self.campaign.state.editable

    @property
    def stuck(self) -> bool:
        """Whether something is typed that the store does not take."""
        return bool(self.unsaved) and self.not_kept is not None

    # what changes

    def change(self, changes: Mapping[str, str], *, typed: bool = True) -> frozenset[str]:
        """Fields have other texts, which are still to be kept. The fields whose text or problems may differ now.

        `typed`: in the editors of the form, which have them already.
        """
        self.unsaved |= changes
        return self._put(changes, typed=typed)

    def change_line(self, text: str) -> bool:
        """The line for numbers holds another text, which is still to be kept; whether it is another."""
        if text == self.values.get(TYPED_NUMBERS, ""):
            return False
        self.draft = self.draft.changed({TYPED_NUMBERS: text})
        self.unsaved[TYPED_NUMBERS] = text
        return True

    def take_over(self, stored: Campaign, repeated: RepeatedCalls, ahead: Collection[str] = ()) -> frozenset[str]:
        """Take what the store has, but for what is still on its way there. The fields that may differ now.

        `ahead`: fields whose editors have something newer than the model.
        """
        self.campaign, self.repeated = stored, repeated
        return self._put({name: text for name in (*FIELDS, OPT_OUT, KEEP_REPEATS, TYPED_NUMBERS)
                          if name not in self.unsaved and name not in ahead
                          and (text := stored.fields.get(name, "")) != self.values.get(name, "")}, typed=False)

    def _put(self, changes: Mapping[str, str], *, typed: bool) -> frozenset[str]:
        self.draft = self.draft.changed(changes)
        if changes and not typed:
            self.replaced.notify(changes)
        return self.recheck(changes)

    def recheck(self, names: Iterable[str] = ()) -> frozenset[str]:
        """Find every problem anew, after a change of `names` where some changed. The fields that may differ now."""
        before, self.problems = self.problems, self._check(self.draft, self.phones)
        differing = [problem for problem in (*before, *self.problems)
                     if problem not in before or problem not in self.problems]
        fields = frozenset(names).union(*((problem.field, *problem.others) for problem in differing))
        self.changed.notify(fields)
        return fields

    # what is kept

    def written(self, changes: Mapping[str, str]) -> None:
        """The store has these texts now. What was typed since is still to be kept."""
        self.not_kept = None
        for name, text in changes.items():
            if self.unsaved.get(name) == text:
                del self.unsaved[name]
        self.kept.notify()

    def refused(self, reason: Reason) -> bool:
        """The store took nothing; whether it did before."""
        first, self.not_kept = self.not_kept is None, reason
        self.kept.notify()
        return first

    # the menu

    def menu_edits(self, known: dict[int, MenuEdits]) -> MenuEdits:
        """The past of this draft's menu. `known` are those of the session, by the campaign's ID."""
        if self.campaign is None:
            self._edits = self._edits or MenuEdits(self.values)
            return self._edits
        if self.campaign.id not in known:
            known[self.campaign.id] = self._edits or MenuEdits(self.values)
        return known[self.campaign.id]
