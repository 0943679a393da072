"""The first line of a form: which draft it is, how many problems it has, and whether what was typed is kept."""

from __future__ import annotations

from tui.campaign.rules import errors
from tui.i18n.words import say
from tui.screens.form_model import FormModel
from tui.widgets.lines import TitleLine


class FormTitle(TitleLine):
    """`behind`: whether an editor shows what the model doesn't have yet."""

    _named = ""  # as it names the draft

    def show(self, model: FormModel, profile: str, *, behind: bool) -> None:
        kept = kept_text(model, behind=behind)
        # With the sign that it is kept, not before it: each letter of a name would paint the line once more.
        if not self.left or kept != say("screens.form.keeping"):
            self._named = model.values.get("name", "")
        self.left = f"{profile} › {self._named or say('screens.unnamed')}"
        if model.not_kept is not None:
            self.tone, self.right = "bad", kept
        elif model.launching:
            self.tone, self.right = "doubt", say("screens.form.launching")
        else:
            count = len(errors(model.known_problems))
            problems = say("screens.form.problems", count=count) if count else say("screens.form.no_problems")
            self.tone, self.right = "", f"{problems}  {kept}"


def kept_text(model: FormModel, *, behind: bool) -> str:
    """Whether what was typed is in the store."""
    if model.not_kept is not None:
        return say("screens.form.not_kept")
    return say("screens.form.keeping" if model.unsaved or behind else "screens.form.kept")
