"""The request that a draft becomes, held against the two examples of the provider's document."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.campaign.fields import FIELDS, IVR, OPT_OUT, PHONE_LIST, QUEUE, TARGET_FIELDS
from tui.campaign.parsed_draft import ParsedDraft, new_values
from tui.campaign.phone_list import Number
from tui.campaign.request import (
    FIRST_ROWS,
    LARGE_BYTES,
    LARGE_LIST,
    Json,
    Request,
    RequestSizer,
    body_hash,
    rows_text,
    wire,
    wire_number,
    wire_row,
)
from tui.campaign.rules import Weight
from tui.core.reason import Reason

EXAMPLES = Path(__file__).parent.parent / "examples"
PERSON = Number("05321234567")


def example(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    return found


def as_draft(request: Mapping[str, Any]) -> ParsedDraft:
    """The texts that an operator types to mean `request`."""
    def text(value: object) -> str:
        match value:
            case bool():
                return str(value).lower()
            case list():
                return ",".join(map(str, value))
        return str(value)

    return ParsedDraft({name: text(value) for name, value in request.items() if name in FIELDS})


@pytest.mark.parametrize("name", ["ivr", "queue"])
def test_the_documents_examples_are_written_as_they_stand(name: str) -> None:
    shown = example(name)
    numbers = [Number(row["phone"], row.get("phrase", ""), row.get("lang", "")) for row in shown[PHONE_LIST]]
    expected = {key: value for key, value in shown.items() if key != "key" and value != ""}
    expected[PHONE_LIST] = [row | {"phone": "9" + row["phone"]} for row in shown[PHONE_LIST]]
    body = wire(as_draft(shown), numbers)
    assert body == expected
    # 1 == True in Python, but not in JSON.
    assert json.dumps(body, sort_keys=True) == json.dumps(expected, sort_keys=True)


def test_what_was_left_alone_is_not_sent_but_the_days_are() -> None:
    body = wire(ParsedDraft({"call_type": IVR, "name": "A", "cli": " ", "ring_timeout": ""}), [PERSON])
    assert body == {"call_type": "ivr", "name": "A", "active_days": [1, 2, 3, 4, 5, 6, 7],
                    "phone_list": [{"phone": "905321234567"}]}


def test_a_new_draft_calls_on_every_day() -> None:
    assert new_values() == {"call_type": "ivr", "active_days": "1,2,3,4,5,6,7"}


@pytest.mark.parametrize(("name", "text", "sent"), [
    ("name", "  Kasım daveti ", "Kasım daveti"), ("cli", "0212 963 01 31", "902129630131"),
    ("date_range_begin", "5.1.2026", "2026-01-05"), ("date_range_end", "2026-1-5", "2026-01-05"),
    ("time_range_begin", "9:00", "09:00"), ("time_range_end", "18:30", "18:30"), ("active_days", "5,1, 1", [1, 5]),
    ("ring_timeout", "030", 30), ("call_retries", "0", 0), ("max_thread_count", "20", 20),
    ("recording_enabled", "true", "true"), ("is_commercial", "true", True), ("is_commercial", "false", False),
    ("iys_recipient_type", "TACIR", "TACIR"), ("iys_brand_code", "0123", "0123"),
    ("webhook_url", "https://a.example.com/x?y=1", "https://a.example.com/x?y=1"),
    ("digit_target_0", " hangup/busy ", "hangup/busy"),
    ("timeout_target", "tts/tr-TR/İyi günler", "tts/tr-TR/İyi günler"),
    ("welcome_announcement_id", "128", 128), ("digit_retries", "1", 1), ("digit_timeout", "4", 4),
])
def test_each_field_is_sent_in_the_documents_type(name: str, text: str, sent: object) -> None:
    value = wire(ParsedDraft({"call_type": IVR, name: text}), [PERSON])[name]
    assert value == sent
    assert type(value) is type(sent)


@pytest.mark.parametrize("text", ["", "false"])
def test_recording_is_asked_for_or_left_out(text: str) -> None:
    assert "recording_enabled" not in wire(ParsedDraft({"call_type": IVR, "recording_enabled": text}), [PERSON])


def test_fields_of_the_other_type_are_never_sent() -> None:
    of_ivr = {"welcome_announcement_id": "1", "digit_timeout": "4", "digit_retries": "1",
              **dict.fromkeys(TARGET_FIELDS, "restart")}
    of_queue = {"queue_number": "204", "thread_multiplier": "1"}
    as_ivr = wire(ParsedDraft({"call_type": IVR, **of_ivr, **of_queue}), [PERSON])
    as_queue = wire(ParsedDraft({"call_type": QUEUE, **of_ivr, **of_queue}), [PERSON])
    assert as_ivr.keys() - {"call_type", "active_days", PHONE_LIST} == of_ivr.keys()
    assert as_queue.keys() - {"call_type", "active_days", PHONE_LIST} == of_queue.keys()


@pytest.mark.parametrize("call_type", [IVR, QUEUE])
def test_the_key_for_refusing_is_never_sent(call_type: str) -> None:
    texts = {"call_type": call_type, "name": "Anket", "digit_target_9": "announcement/421"}
    assert wire(ParsedDraft(texts | {OPT_OUT: "9"}), [PERSON]) == wire(ParsedDraft(texts), [PERSON])


def test_fields_are_sent_in_the_order_of_the_table_and_the_list_last() -> None:
    names = list(wire(as_draft(example("ivr")), [PERSON]))
    assert names == [*(name for name in FIELDS if name in names), PHONE_LIST]


@pytest.mark.parametrize(("number", "row"), [
    (Number("0532 123 45 67"), {"phone": "905321234567"}),
    (Number("05321234567", "  #456\n 73.56 ", " tr-TR "), {"phone": "905321234567", "phrase": "#456 73.56",
    "lang": "tr-TR"}),
    (Number("+49 1234567", " ", " "), {"phone": "00491234567"}),
])
def test_a_row_is_sent_without_what_is_blank(number: Number, row: dict[str, str]) -> None:
    assert wire_number(number) == row


def test_the_hash_tells_requests_apart_and_not_their_order() -> None:
    body = wire(as_draft(example("ivr")), [PERSON, Number("05331234567")])
    assert body_hash(body) == body_hash(dict(reversed(body.items())))
    assert body_hash(body) != body_hash(body | {"name": "Another"})
    assert body_hash(body) != body_hash(body | {PHONE_LIST: body[PHONE_LIST][:1]})
    assert len(bytes.fromhex(body_hash(body))) == 32


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.one_of(st.text(), st.integers(), st.booleans())))
def test_the_hash_depends_on_the_values_alone(body: dict[str, object]) -> None:
    assert body_hash(body) == body_hash(json.loads(json.dumps(body)))


LANGS = st.sampled_from(["", "tr-TR", " ar-XA "])
ROWS = st.lists(st.builds(wire_row, st.text("0123456789", min_size=1), st.text(), LANGS), min_size=1)
VALUES = st.one_of(st.text(), st.integers(), st.booleans(), st.lists(st.integers()))


@settings(deadline=None)
@given(fields=st.dictionaries(st.sampled_from([*FIELDS]), VALUES), rows=ROWS, data=st.data())
def test_a_list_that_is_weighed_in_batches_is_what_it_would_be_as_a_whole(
    fields: Json, rows: list[dict[str, str]], data: st.DataObject
) -> None:
    weighing = RequestSizer(fields)
    sent, begun = [], 0
    while begun < len(rows):
        many = data.draw(st.integers(1, len(rows) - begun))
        weighing.add(rows[begun:begun + many])
        sent.append(rows_text(rows[begun:begun + many]))
        begun += many
    found = weighing.done()
    whole = json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()
    assert b"[" + b",".join(sent) + b"]" == whole
    assert found.size == len(whole) - 2
    assert found.hash == body_hash({**fields, PHONE_LIST: rows})
    assert (found.recipients, found.sample) == (len(rows), {**fields, PHONE_LIST: rows[:FIRST_ROWS]})


def test_an_empty_list_is_weighed_too() -> None:
    found = RequestSizer({"name": "A"}).done()
    assert (found.recipients, found.size, found.hash) == (0, 0, body_hash({"name": "A", PHONE_LIST: []}))


def test_of_a_long_list_the_first_rows_are_kept_and_odd_phrases_counted() -> None:
    weighing = RequestSizer({})
    for place in range(3):
        weighing.add([wire_row(str(number), "#456 merhaba" if number % 2 else "#456 1.5", "")
                      for number in range(place * 150, place * 150 + 150)])
    found = weighing.done()
    assert [row["phone"] for row in found.first] == [str(number) for number in range(FIRST_ROWS)]
    assert (found.recipients, found.odd) == (450, 225)
    assert found.first_odd == Reason("campaign.problem.first_odd", {"phone": "1", "value": "merhaba"})


@pytest.mark.parametrize(("recipients", "size", "told"), [
    (LARGE_LIST - 1, LARGE_BYTES - 1, False), (LARGE_LIST, 1, True), (1, LARGE_BYTES, True),
])
def test_a_size_that_the_provider_may_refuse_is_told(recipients: int, size: int, told: bool) -> None:
    problem = Request({}, recipients, size, (), "", 0).size_warning()
    assert (problem is not None) is told
    if problem is not None:
        assert (problem.field, problem.weight) == (PHONE_LIST, Weight.WARNING)
        assert problem.reason.params == {"count": recipients, "size": size}


def test_a_444_number_is_sent_as_its_seven_digits_and_a_flag_as_the_document_writes_it() -> None:
    body = wire(ParsedDraft({"call_type": IVR, "cli": "444 1 234", "digit_target_6": "external/4441234",
                       "recording_enabled": "t"}), [PERSON])
    assert (body["cli"], body["digit_target_6"], body["recording_enabled"]) == ("4441234", "external/4441234", "true")
