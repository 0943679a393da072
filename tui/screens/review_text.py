"""What Review shows of a draft: what will happen, in words, or the request itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final

from msgspec import Struct
from textual.content import Content

from tui.campaign.fields import IVR
from tui.campaign.request import Json, Request
from tui.campaign.rules import Problem, Weight
from tui.core.sanitize import visible
from tui.i18n.words import say
from tui.operations.launch_request import Ready
from tui.operations.trial_call import LastTest
from tui.text.campaign import Kin, curl_text, lineage_lines, request_text, review_lines, tested_line
from tui.text.formats import MARKS, sentence
from tui.text.keys import FIELD_LABEL

VIEWS: Final = ("words", "json", "curl")
MAX_LINES: Final = 200  # a list of a million numbers is not read here
_TONES: Final = {Weight.ERROR: "$error", Weight.WARNING: "$warning", Weight.HINT: "$muted"}


class About(Struct, frozen=True):
    """What is known of a draft beside itself."""

    kin: Kin
    tested: LastTest | None
    webhook: str  # whether results would come, in words; "" where they are sent elsewhere
    schedule: list[str]


def words_of(ready: Ready, about: About, now: dt.datetime) -> list[str]:
    """What a launch would do, line by line."""
    lines = review_lines(ready.draft, ready.recipients, ready.duplicates, now, ready.account, ready.receiver,
                         about.schedule, with_phrase=ready.with_phrase, again=ready.again.rows)
    if ready.draft.call_type == IVR:
        lines.append(say("screens.review.untested") if about.tested is None
                     else tested_line(about.tested.at, now, exact=about.tested.exact))
    lineage: Iterable[str] = map(str.lstrip, lineage_lines(about.kin, now))
    return lines + [line for line in (about.webhook, *lineage) if line]


def text_of_request(request: Json, view: str, base_url: str) -> str:
    """The request as JSON, or as a command of curl."""
    return curl_text(request, base_url) if view == "curl" else request_text(request)


def lines_of_request(text: str, request: Request, view: str) -> list[str]:
    """The request, with its first rows alone: how much more there is, where it is more."""
    lines = text.split("\n")
    left = request.rows - len(request.first)
    if view == "curl":
        more = "screens.review.more_rows" if request.again else "screens.review.more_numbers"
        return [*lines, say(more, count=left)] if left else lines
    if len(lines) > MAX_LINES:
        return [*lines[:MAX_LINES], say("screens.review.more", count=left + len(lines) - MAX_LINES)]
    return lines


def problem_line(problem: Problem) -> Content:
    mark = f"{MARKS[problem.weight]} ", _TONES[problem.weight]
    label = say("campaign.section.numbers") if problem.field == "phone_list" else say(FIELD_LABEL[problem.field])
    return Content.assemble(mark, (f"{label}: ", "bold"), visible(sentence(problem.reason)))
