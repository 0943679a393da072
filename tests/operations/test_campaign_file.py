"""Campaign files: the provider's examples as TOML, and everything that can be wrong with a file."""

from __future__ import annotations

import datetime as dt
import json
import os
import socket
from functools import partial
from pathlib import Path

import pytest

from tests.campaign.sentences import said
from tui.campaign.dates import ISTANBUL
from tui.campaign.fields import FIELDS, KEEP_REPEATS, OPT_OUT, PHONE_LIST, TARGET_FIELDS, FieldKind
from tui.campaign.parsed_draft import ParsedDraft
from tui.campaign.phone_list import Number, PhoneList
from tui.campaign.request import wire
from tui.campaign.rules import Weight, check
from tui.core import bounded_read
from tui.operations import campaign_file
from tui.operations.campaign_file import BadCampaignFile, CampaignFile, read_campaign_file

EXAMPLES = Path(__file__).parent.parent / "examples"
KEY = "K12345678-1234-5678-4321-123456789012"
NOW = dt.datetime(2022, 9, 12, 8, 0, tzinfo=ISTANBUL)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kampanya.toml"


def read(path: Path, text: str) -> CampaignFile:
    path.write_text(text, encoding="utf-8")
    found = read_campaign_file(path)
    for problem in found.problems:
        assert all(": " in sentence for sentence in said(problem.reason).values())
    return found


def told(found: CampaignFile) -> list[tuple[str, str]]:
    return [(problem.field, problem.code.removeprefix("campaign.file.")) for problem in found.problems]


def refused(path: Path) -> tuple[str, dict[str, object]]:
    with pytest.raises(BadCampaignFile) as bad:
        read_campaign_file(path)
    assert bad.value.__cause__ is None
    assert bad.value.__context__ is None
    reason = bad.value.reason
    assert all(str(path) in sentence for sentence in said(reason).values())
    return reason.code.removeprefix("campaign.file."), {
        name: value for name, value in reason.params.items() if name != "path"}


@pytest.mark.parametrize("name", ["ivr", "queue"])
def test_the_documents_examples_are_read_as_they_stand(name: str) -> None:
    shown = json.loads((EXAMPLES / f"{name}.json").read_text(encoding="utf-8"))
    found = read_campaign_file(EXAMPLES / f"{name}.toml")
    assert found.problems == []
    draft = ParsedDraft(found.values)
    assert check(draft, PhoneList(total=len(found.numbers)), NOW) == []
    expected = {key: value for key, value in shown.items() if key != "key" and value != ""}
    expected[PHONE_LIST] = [row | {"phone": "9" + row["phone"]} for row in shown[PHONE_LIST]]
    assert wire(draft, found.numbers) == expected


def test_empty_targets_are_kept_as_they_stand() -> None:
    found = read_campaign_file(EXAMPLES / "ivr.toml")
    assert found.values["timeout_target"] == ""
    assert set(TARGET_FIELDS) <= found.values.keys()


@pytest.mark.parametrize(("line", "name", "text"), [
    ("ring_timeout = 30", "ring_timeout", "30"), ("ring_timeout = -1", "ring_timeout", "-1"),
    ("max_thread_count = 1_000", "max_thread_count", "1000"), ("active_days = [5, 1]", "active_days", "5,1"),
    ("active_days = [9]", "active_days", "9"),
    ("date_range_begin = 2026-11-25", "date_range_begin", "2026-11-25"),
    ('date_range_begin = "25.11.2026"', "date_range_begin", "25.11.2026"),
    ("time_range_begin = 09:00:00", "time_range_begin", "09:00"),
    ("time_range_end = 09:00:30", "time_range_end", "09:00:30"),
    ('time_range_begin = "9:00"', "time_range_begin", "9:00"), ("is_commercial = true", "is_commercial", "true"),
    ("is_commercial = false", "is_commercial", "false"), ("recording_enabled = true", "recording_enabled", "true"),
    ("recording_enabled = false", "recording_enabled", "false"),
    ('recording_enabled = "true"', "recording_enabled", "true"),
    ('recording_enabled = "t"', "recording_enabled", "true"),
    ('recording_enabled = "false"', "recording_enabled", "false"), ('name = ""', "name", ""),
    ('name = "İ \\u00e7"', "name", "İ ç"), ('cli = ""', "cli", ""),
    ('digit_target_star = "queue:201"', "digit_target_star", "queue:201"),
])
def test_a_value_becomes_the_text_of_a_draft(path: Path, line: str, name: str, text: str) -> None:
    found = read(path, line)
    assert found.problems == []
    assert found.values == {"active_days": "1,2,3,4,5,6,7"} | {name: text}


def test_days_left_out_are_all_days_and_nothing_else_is_made_up(path: Path) -> None:
    assert read(path, "").values == {"active_days": "1,2,3,4,5,6,7"}
    codes = {(problem.field, problem.code) for problem in check(ParsedDraft(read(path, "").values), PhoneList(), NOW)}
    assert {("call_type", "campaign.problem.required"), ("name", "campaign.problem.required")} <= codes


@pytest.mark.parametrize(("line", "name", "code", "text"), [
    ('ring_timeout = "30"', "ring_timeout", "unquoted", "30"),
    ('call_retries = "-1"', "call_retries", "unquoted", "-1"),
    ('ring_timeout = ""', "ring_timeout", "number", None), ('ring_timeout = "otuz"', "ring_timeout", "number", None),
    ("ring_timeout = 30.0", "ring_timeout", "number", None), ("ring_timeout = true", "ring_timeout", "number", None),
    ("ring_timeout = [30]", "ring_timeout", "number", None), ("ring_timeout = {}", "ring_timeout", "number", None),
    ("queue_number = 0x" + "f" * 5000, "queue_number", "number", None),
    ("queue_number = nan", "queue_number", "number", None),
    ('active_days = "1,2"', "active_days", "days", "1,2,3,4,5,6,7"),
    ("active_days = 1", "active_days", "days", "1,2,3,4,5,6,7"),
    ('active_days = ["1"]', "active_days", "days", "1,2,3,4,5,6,7"),
    ('active_days = ""', "active_days", "days", "1,2,3,4,5,6,7"),
    ("active_days = [true]", "active_days", "days", "1,2,3,4,5,6,7"),
    ("active_days = []", "active_days", "campaign.problem.no_days", "1,2,3,4,5,6,7"),
    ('is_commercial = "true"', "is_commercial", "unquoted", "true"),
    ("is_commercial = 1", "is_commercial", "boolean", None),
    ('is_commercial = ""', "is_commercial", "boolean", None),
    ('is_commercial = "evet"', "is_commercial", "boolean", None),
    ('recording_enabled = "yes"', "recording_enabled", "boolean", None),
    ("recording_enabled = 1", "recording_enabled", "boolean", None),
    ("cli = 902129630131", "cli", "quoted", "902129630131"), ("name = 5", "name", "quoted", "5"),
    ("name = true", "name", "text", None), ("name = 2026-11-25", "name", "text", None),
    ("name = [1]", "name", "text", None),
    ("digit_target_1 = 201", "digit_target_1", "quoted", "201"), ("name = 1.5", "name", "text", None),
    ("date_range_begin = 20261125", "date_range_begin", "quoted", "20261125"),
    ("date_range_begin = 2026-11-25T09:00:00", "date_range_begin", "text", None),
    ("date_range_end = 09:00:00", "date_range_end", "text", None),
    ("time_range_begin = 2026-11-25", "time_range_begin", "text", None),
    ("time_range_begin = 9", "time_range_begin", "quoted", "9"), ("webhook_url = [[]]", "webhook_url", "text", None),
    ("[iys_brand_code]\nx = 1", "iys_brand_code", "text", None),
])
def test_a_wrong_type_is_told(path: Path, line: str, name: str, code: str, text: str | None) -> None:
    found = read(path, line)
    assert told(found) == [(name, code)]
    assert found.problems[0].weight is Weight.ERROR
    assert found.values.get(name) == text


def test_no_wrong_type_of_any_field_is_too_much(path: Path) -> None:
    for name, known in FIELDS.items():
        for value in ("1.5", "[[]]", "{ a = 1 }", "1979-05-27T07:32:00Z"):
            assert [field for field, _code in told(read(path, f"{name} = {value}"))] == [name]
        if known.kind is not FieldKind.INTEGER:
            read(path, f"{name} = -5")


def test_the_sentence_says_what_to_write(path: Path) -> None:
    (problem,) = read(path, 'ring_timeout = "30"').problems
    assert said(problem.reason)["en"] == "“30” is in quotes: write 30 without them."
    (problem,) = read(path, "cli = 902129630131").problems
    assert '"902129630131"' in said(problem.reason)["tr"]


@pytest.mark.parametrize("key", ["9", "0", "*", "#", " 9 ", ""])
def test_the_key_for_refusing_is_a_text_of_the_draft(path: Path, key: str) -> None:
    found = read(path, f'call_type = "ivr"\n{OPT_OUT} = "{key}"')
    assert told(found) == []
    assert found.values[OPT_OUT] == key


@pytest.mark.parametrize(("value", "code", "kept"), [
    ("9", "quoted", "9"), ('"12"', "opt_out", None), ('"-"', "opt_out", None), ('"!"', "opt_out", None),
    ('"dokuz"', "opt_out", None), ("12", "opt_out", None), ("-1", "opt_out", None), ("true", "text", None),
    ("[9]", "text", None), ("9.0", "text", None),
])
def test_a_bad_key_for_refusing_is_told_and_not_kept(path: Path, value: str, code: str, kept: str | None) -> None:
    found = read(path, f"{OPT_OUT} = {value}")
    assert told(found) == [(OPT_OUT, code)]
    assert found.problems[0].weight is Weight.ERROR
    assert found.values.get(OPT_OUT) == kept
    if code == "opt_out":
        assert all(f"“{value.strip(chr(34))}”" in sentence for sentence in said(found.problems[0].reason).values())


def test_a_queue_campaign_has_no_key_for_refusing(path: Path) -> None:
    assert told(read(path, f'call_type = "queue"\n{OPT_OUT} = "9"')) == [(OPT_OUT, "other_type")]
    assert told(read(path, f'call_type = "queue"\n{OPT_OUT} = ""')) == []


# Names

@pytest.mark.parametrize(("name", "meant"), [
    ("digit_target0", "digit_target_0"), ("digit_targer_1", "digit_target_1"), ("digit-target-2", "digit_target_2"),
    ("Name", "name"), ("ring_time_out", "ring_timeout"), ("webhook", "webhook_url"), ("phonelist", PHONE_LIST),
    ("welcome_announcement", "welcome_announcement_id"), ("digit_target_hash", "digit_target_square"),
    ("digit_target_timeout", "timeout_target"), ("optout_key", OPT_OUT), ("frequency", None), ("x", None),
])
def test_an_unknown_name_is_told_with_the_nearest_right_one(path: Path, name: str, meant: str | None) -> None:
    found = read(path, f'{name} = "restart"')
    (problem,) = found.problems
    assert problem.field == name
    assert problem.reason.params.get("form") == meant
    assert all(name in sentence for sentence in said(problem.reason).values())
    assert name not in found.values


@pytest.mark.parametrize("name", ["key", "KEY", "api_key", "apikey", "api-key"])
def test_the_key_is_told_and_never_said(path: Path, name: str) -> None:
    found = read(path, f'{name} = "{KEY}"\nname = "A"')
    assert told(found) == [(name, "key")]
    assert KEY not in repr(found)
    assert all(KEY not in sentence for sentence in said(found.problems[0].reason).values())


def test_the_documents_example_with_its_key_is_refused_for_the_key_alone(path: Path) -> None:
    found = read(path, f'key = "{KEY}"\n' + (EXAMPLES / "queue.toml").read_text(encoding="utf-8"))
    assert told(found) == [("key", "key")]


def test_a_field_of_the_other_type_is_told_but_does_not_stop(path: Path) -> None:
    found = read(path, 'call_type = "queue"\ndigit_target_1 = "restart"\ndigit_target_2 = ""\nqueue_number = 1')
    assert told(found) == [("digit_target_1", "other_type")]
    assert found.problems[0].weight is Weight.WARNING
    assert told(read(path, 'call_type = "sms"\ndigit_target_1 = "restart"\nqueue_number = 1')) == []


def test_all_problems_are_told_in_the_order_of_the_file(path: Path) -> None:
    found = read(path, f'nmae = "A"\nkey = "{KEY}"\nring_timeout = "30"\nactive_days = "1"\n'
                       "[[phone_list]]\nphone = 5321234567\n")
    assert told(found) == [("nmae", "unknown_meant"), ("key", "key"), ("ring_timeout", "unquoted"),
    ("active_days", "days"),
                           (PHONE_LIST, "row_quoted")]


# Numbers

def test_the_numbers_are_read_in_order(path: Path) -> None:
    found = read(path, '[[phone_list]]\nphone = "05321234567"\nphrase = "#456 73.56"\nlang = "en-US"\n'
                       '[[phone_list]]\nphone = "x"\n')
    assert found.numbers == [Number("05321234567", "#456 73.56", "en-US"), Number("x")]
    assert found.problems == []
    assert read(path, 'phone_list = [{ phone = "05321234567" }]').numbers == [Number("05321234567")]
    assert read(path, "phone_list = []").numbers == []


@pytest.mark.parametrize(("row", "code", "number"), [
    ("phone = 5321234567", "row_quoted", Number("5321234567")), ("phone = true", "row_text", Number("")),
    ("phone = 5.3e9", "row_text", Number("")), ('phone = ["05321234567"]', "row_text", Number("")),
    ('phone = "05321234567"\nphrase = 73', "row_quoted", Number("05321234567", "73")),
    ('phone = "05321234567"\nphrase = 73.56', "row_text", Number("05321234567")),
    ('phone = "05321234567"\nlang = 1', "row_quoted", Number("05321234567", "", "1")),
    ('phone = "05321234567"\nphras = "#456"', "row_unknown_meant", Number("05321234567")),
    ('phone = "05321234567"\nmusteri_no = "7"', "row_unknown", Number("05321234567")),
])
def test_a_wrong_row_is_told_with_its_place(path: Path, row: str, code: str, number: Number) -> None:
    found = read(path, f'[[phone_list]]\nphone = "05331234567"\n[[phone_list]]\n{row}\n')
    assert told(found) == [(PHONE_LIST, code)]
    assert found.problems[0].reason.params["row"] == 2
    assert found.numbers == [Number("05331234567"), number]


@pytest.mark.parametrize("text", [
    'phone_list = "05321234567"', "phone_list = 5", 'phone_list = ["05321234567"]', "[phone_list]\nphone = 1",
    'phone_list = [{ phone = "05321234567" }, "05331234567"]',
])
def test_a_list_that_is_no_list_of_tables_is_told(path: Path, text: str) -> None:
    found = read(path, text)
    assert told(found) == [(PHONE_LIST, "list")]
    assert found.numbers == []


# Files

@pytest.mark.parametrize(("text", "line", "column"), [
    ('name = "A"\nring_timeout = \n', 2, 16), ("name\n", 1, 5), ('name = "A"\nname = "B"\n', 2, 11), ("[[x]\n", 1, 4),
])
def test_broken_toml_is_told_with_its_place(path: Path, text: str, line: int, column: int) -> None:
    path.write_text(text, encoding="utf-8")
    assert refused(path) == ("syntax", {"line": line, "column": column})


@pytest.mark.parametrize(("content", "code"), [
    (b'name = """A', "unfinished"), (b"active_days = [1,", "unfinished"),
    ("name = 'Ş'".encode("windows-1254"), "encoding"),
])
def test_a_file_that_cannot_be_parsed_is_told(path: Path, content: bytes, code: str) -> None:
    path.write_bytes(content)
    assert refused(path) == (code, {})


@pytest.mark.parametrize(("content", "value"), [
    (b"ring_timeout = " + b"9" * 5000, "9" * 24 + "…"),
    (b"x = " + b"[" * 100_000, "[" * 24 + "…"), (b"x = " + b"[" * 300 + b"]" * 300, "[" * 24 + "…"),
    (b"x" + b".x" * 20_000 + b" = 1", "x.x.x.x.x.x.x.x.x.x.x.x.…"),
    (b"[x" + b" . x" * 20_000 + b"]", "[x . x . x . x . x . x .…"),
    (b"x" + b'."y"' * 20_000 + b" = 1", 'x."y"."y"."y"."y"."y"."y…'), (b"x = " + b"{a = " * 20_000, "{"),
    (b"x = " + b"{a = " * 100 + b"1" + b"}" * 100, "{"),
])
def test_what_is_out_of_all_bounds_is_told_with_its_line(path: Path, content: bytes, value: str) -> None:
    path.write_bytes(b"# of a campaign\n" + content)
    assert refused(path) == ("not_toml", {"line": 2, "value": value})


def test_dots_in_a_text_are_no_key(path: Path) -> None:
    path.write_text(f'name = "{"a.b" * 100}"\n', encoding="utf-8")
    assert read_campaign_file(path).values["name"] == "a.b" * 100


def test_what_never_ends_is_read_no_further_than_a_campaign_can_be_long() -> None:
    assert refused(Path("/dev/zero")) == ("too_large", {"most": 16_000_000})


def test_a_pipe_is_read_to_its_end() -> None:
    reading, writing = os.pipe()
    os.write(writing, b'name = "A"')
    os.close(writing)
    assert read_campaign_file(Path(f"/dev/fd/{reading}")).values["name"] == "A"
    os.close(reading)


def test_a_pipe_without_an_end_is_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(campaign_file, "read_bounded", partial(bounded_read.read_bounded, seconds=0.05))
    os.mkfifo(path)
    assert refused(path) == ("silent", {})
    writing = os.open(path, os.O_RDWR)
    os.write(writing, b'name = "A"')
    assert refused(path) == ("silent", {})
    os.close(writing)


@pytest.mark.parametrize("kind", ["socket", "process"])
def test_other_things_than_files_are_told(path: Path, kind: str) -> None:
    if kind == "process":
        assert refused(Path("/proc/self/mem"))[0] == "unreadable"
        return
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))
        assert refused(path)[0] == "unreadable"


def test_broken_toml_never_shows_the_key(path: Path) -> None:
    path.write_text(f'"{KEY}" = 1\n"{KEY}" = 2\n', encoding="utf-8")
    with pytest.raises(BadCampaignFile) as bad:
        read_campaign_file(path)
    assert KEY not in repr(bad.value) + str(bad.value.reason)


def test_a_byte_order_mark_is_no_mistake(path: Path) -> None:
    path.write_bytes(b'\xef\xbb\xbfname = "A"\r\n')
    assert read_campaign_file(path).values["name"] == "A"


def test_a_file_that_cannot_be_opened_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(path) == ("no_file", {})
    assert refused(path.parent) == ("folder", {})

    path.write_text("")

    def no_permission(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", no_permission)
    assert refused(path) == ("unreadable", {"detail": "EACCES"})


@pytest.mark.parametrize("call_type", ["ivr", "queue"])
@pytest.mark.parametrize(("value", "kept"), [("true", "true"), ("false", None)])
def test_whether_a_number_is_called_once_for_each_phrase_is_a_text_of_the_draft(
    path: Path, call_type: str, value: str, kept: str | None
) -> None:
    found = read(path, f'call_type = "{call_type}"\n{KEEP_REPEATS} = {value}')
    assert told(found) == []
    assert found.values.get(KEEP_REPEATS) == kept


@pytest.mark.parametrize(("value", "code", "kept"), [
    ('"true"', "unquoted", "true"), ('"false"', "unquoted", None), ('"yes"', "boolean", None), ("1", "boolean", None),
    ("[true]", "boolean", None), ('""', "boolean", None), ("2026-11-25", "boolean", None),
])
def test_what_is_neither_true_nor_false_is_told(path: Path, value: str, code: str, kept: str | None) -> None:
    found = read(path, f"{KEEP_REPEATS} = {value}")
    assert told(found) == [(KEEP_REPEATS, code)]
    assert found.problems[0].weight is Weight.ERROR
    assert found.values.get(KEEP_REPEATS) == kept


def test_the_choice_misspelled_is_suggested(path: Path) -> None:
    (problem,) = read(path, "keep_repeat = true").problems
    assert all(KEEP_REPEATS in sentence for sentence in said(problem.reason).values())
