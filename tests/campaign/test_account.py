"""What the account has, as far as it is known, and what is said of a draft that names something else."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tests.campaign.targets import TARGETS
from tui.campaign.account import (
    Account,
    Listing,
    Standing,
    account_problems,
    caller_standing,
    channel_problems,
    name_of,
    standing,
)
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.rules import Weight, multiplies
from tui.campaign.target import Target, TargetKind, parse_target

FRESH = Account(
    announcements=Listing({421: "Teşekkürler", 128: "Hoş geldiniz"}, fresh=True, gone={99: "Eski duyuru"}),
    queues=Listing({201: "Destek"}, fresh=True, gone={202: "Satış"}),
    users=Listing({1001: "AVAILABLE"}, fresh=True, gone={1009: "TALKING"}),
)
REMEMBERED = Account(Listing({421: "Teşekkürler"}, gone={99: "Eski duyuru"}), Listing({201: "Destek"}),
                     Listing({1001: ""}))
NOTHING = Account()


@pytest.mark.parametrize(("wire", "fresh", "remembered", "nothing"), [
    ("announcement/421", "known", "unchecked", "unchecked"),
    ("announcement/0421", "known", "unchecked", "unchecked"),
    ("announcement/422", "missing", "unchecked", "unchecked"),
    ("announcement/99", "gone", "gone", "unchecked"),
    ("queue/201", "known", "unchecked", "unchecked"),
    ("queue/203", "missing", "unchecked", "unchecked"),
    ("queue/202", "gone", "unchecked", "unchecked"),
    ("user/1001", "known", "unchecked", "unchecked"),
    ("user/1002", "missing", "unchecked", "unchecked"),
    ("voicemail/1001", "known", "unchecked", "unchecked"),
    ("voicemail/1002", "missing", "unchecked", "unchecked"),
    ("group/700", "unchecked", "unchecked", "unchecked"),
    ("ivr/10", "unchecked", "unchecked", "unchecked"),
    *((wire, "known", "known", "known") for wire in (
        "restart", "hangup/hangup", "hangup/busy", "fax", "fax/a@b.co", "tts/tr-TR/x", "external/05321234567")),
])
def test_a_target_stands_as_far_as_the_account_is_known(wire: str, fresh: str, remembered: str, nothing: str) -> None:
    target = parse_target(wire)
    assert [standing(target, account) for account in (FRESH, REMEMBERED, NOTHING)] == [fresh, remembered, nothing]


def test_an_empty_list_is_an_answer() -> None:
    assert standing(Target(TargetKind.QUEUE, "201"), Account(queues=Listing({}, fresh=True))) is Standing.MISSING
    assert standing(Target(TargetKind.QUEUE, "201"), Account(queues=Listing({}))) is Standing.UNCHECKED


@pytest.mark.parametrize(("wire", "name"), [
    ("announcement/421", "Teşekkürler"), ("announcement/99", "Eski duyuru"), ("announcement/1", ""),
    ("queue/201", "Destek"), ("queue/202", "Satış"), ("user/1001", "AVAILABLE"), ("user/1009", ""),
    ("voicemail/1001", ""), ("group/421", ""), ("restart", ""), ("tts/tr-TR/201", ""),
])
def test_a_target_has_the_name_that_the_account_gives(wire: str, name: str) -> None:
    assert name_of(parse_target(wire), FRESH) == name


@given(TARGETS)
def test_every_target_stands_somehow_in_an_account_that_is_not_known(target: Target) -> None:
    assert standing(target, NOTHING) in (Standing.KNOWN, Standing.UNCHECKED)
    assert name_of(target, NOTHING) == ""


IVR = {"call_type": "ivr", "name": "Anket"}


@pytest.mark.parametrize(("values", "told"), [
    ({"welcome_announcement_id": "130"}, ("welcome_announcement_id", "no_such_announcement", {"id": 130})),
    ({"welcome_announcement_id": "99"},
     ("welcome_announcement_id", "announcement_gone", {"id": 99, "name": "Eski duyuru"})),
    ({"digit_target_2": "announcement/130"}, ("digit_target_2", "no_such_announcement", {"id": 130})),
    ({"timeout_target": "announcement/99"}, ("timeout_target", "announcement_gone", {"id": 99, "name": "Eski duyuru"})),
    ({"digit_target_star": "queue/203"}, ("digit_target_star", "no_such_queue", {"number": 203})),
    ({"digit_target_1": "queue/202"}, ("digit_target_1", "queue_gone", {"number": 202, "name": "Satış"})),
    ({"invalid_target": "user/1002"}, ("invalid_target", "no_such_user", {"number": 1002})),
    ({"digit_target_1": "user/1009"}, ("digit_target_1", "no_such_user", {"number": 1009})),
    ({"digit_target_1": "voicemail/1002"}, ("digit_target_1", "no_such_user", {"number": 1002})),
    ({"call_type": "queue", "queue_number": "203"}, ("queue_number", "no_such_queue", {"number": 203})),
])
def test_what_the_account_lacks_is_a_warning_where_it_is_named(
    values: dict[str, str], told: tuple[str, str, dict[str, str | int]],
) -> None:
    problem, = account_problems(ParsedDraft(IVR | values), FRESH)
    assert (problem.field, problem.code.removeprefix("campaign.problem."), problem.reason.params) == told
    assert problem.weight is Weight.WARNING
    assert all(": " in sentence for sentence in said(problem.reason).values())
    if "_gone" not in problem.code:
        assert account_problems(ParsedDraft(IVR | values), REMEMBERED) == []


@pytest.mark.parametrize("values", [
    {}, {"welcome_announcement_id": " 128 ", "digit_target_1": "announcement/421", "digit_target_2": "group/9"},
    {"welcome_announcement_id": "x", "digit_target_1": "queue:203"},  # for the rules to tell
    {"queue_number": "203"},  # not sent with an IVR campaign
    {"call_type": "queue", "digit_target_1": "queue/203"},
])
def test_nothing_is_said_of_what_is_there_or_is_not_sent(values: dict[str, str]) -> None:
    assert account_problems(ParsedDraft(IVR | values), FRESH) == []


def test_warnings_come_in_the_order_of_the_form() -> None:
    values = IVR | {"invalid_target": "queue/9", "digit_target_1": "queue/9", "welcome_announcement_id": "9"}
    assert [problem.field for problem in account_problems(ParsedDraft(values), FRESH)] == [
        "welcome_announcement_id", "digit_target_1", "invalid_target"]


NAMES = st.dictionaries(st.integers(0, 9), st.sampled_from("abc"), max_size=5)


@given(st.lists(NAMES, min_size=1, max_size=5))
def test_what_was_in_an_earlier_answer_alone_is_gone(answers: list[dict[int, str]]) -> None:
    listing = Listing[str](asking=True)
    for answer in answers:
        listing = listing.answered(answer)
    earlier = {number: name for answer in answers for number, name in answer.items()}
    assert (listing.items, listing.fresh, listing.asking) == (answers[-1], True, False)
    assert listing.gone == {number: name for number, name in earlier.items() if number not in answers[-1]}


CALLERS = Listing({908501234567: "908501234567", 2129630131: "0212 963 01 31"}, gone={902121234567: "902121234567"})


@pytest.mark.parametrize(("number", "fresh", "remembered", "nothing"), [
    ("908501234567", "known", "unchecked", "unchecked"), ("0850 123 45 67", "known", "unchecked", "unchecked"),
    ("902129630131", "known", "unchecked", "unchecked"), ("0212 123 45 67", "gone", "gone", "unchecked"),
    ("905321234567", "missing", "unchecked", "unchecked"), ("", "known", "known", "known"),
    ("12", "known", "known", "known"),  # what is no number is for the rules to tell
])
def test_a_caller_id_is_looked_up_however_it_is_written(number: str, fresh: str, remembered: str, nothing: str) -> None:
    accounts = (Account(caller_ids=replace(CALLERS, fresh=True)), Account(caller_ids=CALLERS), NOTHING)
    draft = ParsedDraft({"call_type": "queue", "cli": f" {number} "})
    assert [caller_standing(draft.caller, account) for account in accounts] == [fresh, remembered, nothing]
    for account, stands in zip(accounts, (fresh, remembered, nothing), strict=True):
        problems = account_problems(draft, account)
        assert [(problem.field, problem.weight) for problem in problems] == (
            [("cli", Weight.WARNING)] if stands in ("missing", "gone") else [])
        assert all(number in sentence for problem in problems for sentence in said(problem.reason).values())


@pytest.mark.parametrize(("values", "told"), [
    ({"call_type": "queue", "max_thread_count": "4"}, True), ({"call_type": "queue", "max_thread_count": "3"}, False),
    ({"call_type": "queue"}, False), ({"call_type": "queue", "max_thread_count": "x"}, False),
    ({"call_type": "ivr", "max_thread_count": "400"}, False),  # few of those who answer want to talk: the rules warn
])
def test_more_calls_at_a_time_than_extensions_to_take_them_are_warned_about(
    values: dict[str, str], told: bool
) -> None:
    account = Account(users=Listing({1000: "", 1001: "", 1002: ""}))
    found = channel_problems(ParsedDraft(values), account)
    assert [(problem.field, problem.weight) for problem in found] == (
        [("max_thread_count", Weight.WARNING)] if told else [])
    assert multiplies(problem.code for problem in found) is told
    for unknown in (Account(), Account(users=Listing({}))):
        assert channel_problems(ParsedDraft(values), unknown) == []
