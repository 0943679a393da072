"""Lists as people have them: pasted, exported, in old encodings; and what must never become a number."""

from __future__ import annotations

import io
import os
import re
import zipfile
from itertools import islice
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.campaign.phone import BadPhone, wire_phone
from tui.campaign.phone_list import Number, validate
from tui.numbers.errors import BadList
from tui.numbers.reading import ParsedList, read_file, read_text

ONE, TWO = "05321234567", "05331234567"


def rows(parsed: ParsedList) -> list[tuple[int, Number]]:
    return list(parsed.rows)


def numbers(text: str) -> list[Number]:
    return [number for _line, number in read_text(text).rows]


def refused(path: Path) -> str:
    with pytest.raises(BadList) as bad:
        rows(read_file(path))
    reason = bad.value.reason
    for sentence in said(reason).values():
        assert ": " in sentence
        assert str(reason.params.get("path", "")) in sentence
    return reason.code.removeprefix("numbers.list.")


# One number a line

@pytest.mark.parametrize("text", [f"{ONE}\n{TWO}", f"{ONE}\r\n{TWO}\r\n", f"{ONE}\r{TWO}", f"\ufeff{ONE}\n{TWO}\n"])
def test_one_number_a_line(text: str) -> None:
    parsed = read_text(text)
    assert rows(parsed) == [(1, Number(ONE)), (2, Number(TWO))]
    assert (parsed.separator, parsed.encoding, parsed.ignored_columns) == ("", "", ())


def test_blank_lines_are_skipped_and_counted() -> None:
    assert rows(read_text(f"\n  \n{ONE}\n\t\n\n{TWO}\n\n")) == [(3, Number(ONE)), (6, Number(TWO))]


@pytest.mark.parametrize("text", ["", "\n", "  \r\n\t", "\ufeff"])
def test_an_empty_list_has_no_rows(text: str) -> None:
    assert rows(read_text(text)) == []


@pytest.mark.parametrize(("line", "number"), [
    ("  0532 123 45 67  ", Number("0532 123 45 67")), (f'"{ONE}"', Number(ONE)), ("5,32124E+09", Number("5,32124E+09")),
    ("5321234567,00", Number("5321234567,00")), (f"{ONE}, {TWO}", Number(f"{ONE}, {TWO}")), (f"{ONE},", Number(ONE)),
    (f"{ONE},,", Number(ONE)), (f"{ONE};", Number(ONE)), ("Ayşe", Number("Ayşe")), (f'"{ONE}', Number(ONE)),
])
def test_a_line_that_is_one_cell(line: str, number: Number) -> None:
    assert numbers(f"{TWO}\n{line}\n") == [Number(TWO), number]


@pytest.mark.parametrize(("line", "number"), [
    (f"{ONE};#456 15/11/2026;en-US", Number(ONE, "#456 15/11/2026", "en-US")), (f"{ONE} ; #456 ", Number(ONE, "#456")),
    (f"{ONE}\t#456", Number(ONE, "#456")), (f"{ONE}|73.56|tr-TR", Number(ONE, "73.56", "tr-TR")),
    (f"{ONE};73,56", Number(ONE, "73,56")), (f"{ONE};;ar-XA", Number(ONE, "", "ar-XA")),
    (f"{ONE},#456 73.56", Number(ONE, "#456 73.56")), (f"{ONE},15/11/2026,tr-TR", Number(ONE, "15/11/2026", "tr-TR")),
    (f"{ONE},,en-US", Number(ONE, "", "en-US")), (f'"{ONE}","73.56"', Number(ONE, "73.56")),
    (f'{ONE};"#456; #457"', Number(ONE, "#456; #457")), (f'{ONE};"a ""b"""', Number(ONE, 'a "b"')),
])
def test_columns_without_a_header_are_phone_phrase_lang(line: str, number: Number) -> None:
    assert numbers(line) == [number]
    assert numbers(f"{TWO}\n{line}") == [Number(TWO), number]


@pytest.mark.parametrize("line", [
    f"{ONE};{TWO}", f"{ONE}|{TWO}", f"{ONE}\t{TWO}", f"Ali;{ONE}", f";{ONE}", f"{ONE},{TWO}", f"{ONE};#456;tr-TR;x",
    "0532\t123\t45\t67", "0532|1234567|x|y", f"{ONE};{TWO};#456", f'"{ONE}","{TWO}"', f'"{ONE}";"a',
])
def test_a_line_whose_columns_may_have_slipped_calls_nobody(line: str) -> None:
    (number,) = numbers(f"{line}\n")
    assert validate(number).phone is None
    for known in re.findall(r"\d{11}", line):
        assert known in number.phone  # and nothing of it is lost


def test_the_separator_of_a_list_without_a_header_is_that_of_its_first_line() -> None:
    assert read_text(f"{ONE};#456\n{TWO}").separator == ";"
    assert read_text(f"{ONE},#456\n").separator == ","
    assert read_text("5,32124E+09\n").separator == ""


# A header

@pytest.mark.parametrize("name", [
    "phone", "telefon", "TELEFON", "gsm", "GSM", "Cep", "numara", "Numara", "No", "no", "Telefon No", "GSM_NO",
    "Cep Telefonu", " Tel. ", '"Telefon"',
])
def test_a_column_of_numbers_is_found_by_its_name(name: str) -> None:
    assert numbers(f"Ad;{name}\nAyşe;{ONE}\n") == [Number(ONE)]
    assert numbers(f"{name}\n{ONE}\n") == [Number(ONE)]


@pytest.mark.parametrize(("phrase", "lang"), [("phrase", "lang"), ("CÜMLE", "DİL"), ("cumle", "Dil"),
("Phrase", "Language"), ("Mesaj", "LANG")])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_columns_may_stand_in_any_order_with_any_separator(separator: str, phrase: str, lang: str) -> None:
    header, row = [lang, "Ad", phrase, "Telefon"], ["en-US", "Ayşe", "#456", ONE]
    parsed = read_text(f"{separator.join(header)}\r\n{separator.join(row)}\r\n")
    assert rows(parsed) == [(2, Number(ONE, "#456", "en-US"))]
    assert (parsed.separator, parsed.ignored_columns) == (separator, ("Ad",))


def test_the_surest_of_several_columns_is_taken_and_the_others_are_told() -> None:
    parsed = read_text(f"No;GSM;Telefon;telefon\n1;{TWO};{ONE};{TWO}\n")
    assert rows(parsed) == [(2, Number(ONE))]
    assert parsed.ignored_columns == ("No", "GSM", "telefon")


def test_a_first_column_without_a_name_does_not_move_the_others() -> None:
    parsed = read_text(f"\tTelefon\tAd\n{TWO}\t{ONE}\tAyşe\n\t{TWO}\tAli\n")
    assert rows(parsed) == [(2, Number(ONE)), (3, Number(TWO))]
    assert parsed.ignored_columns == ("Ad",)


def test_a_comma_of_the_header_separates_in_every_row() -> None:
    assert numbers(f"phone,phrase\n{ONE},73.56\n{TWO},Merhaba\n") == [Number(ONE, "73.56"), Number(TWO, "Merhaba")]


HEADER = "numbers.list.only_header"


@pytest.mark.parametrize(("text", "found"), [
    ("Telefon;Ad\n", "Telefon, Ad"), ("Telefon", "Telefon"), ("Telefon;Ad\n;\n\n ; \n", "Telefon, Ad"),
    ("Anket listesi;\nTelefon;Ad\n", "Telefon, Ad"), ("sep=,\nAd,Telefon\n", "Ad, Telefon"),
])
def test_a_list_that_is_a_header_alone_says_so(tmp_path: Path, text: str, found: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadList) as bad:
        list(read_file(path).source_rows)
    assert (bad.value.reason.code, bad.value.reason.params) == (HEADER, {"found": found})
    assert all(said(bad.value.reason).values())
    with pytest.raises(BadList):
        list(read_text(text).source_rows)


def test_a_workbook_that_is_a_header_alone_says_so(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Telefon", "Ad"])
    book.active.append([None, " "])
    book.save(tmp_path / "list.xlsx")
    with pytest.raises(BadList) as bad:
        list(read_file(tmp_path / "list.xlsx").source_rows)
    assert bad.value.reason.code == HEADER


def test_rows_far_below_a_header_are_rows() -> None:
    assert [line for line, _ in rows(read_text("Telefon;Ad\n" + "\n" * 500 + "05321234567;Ali\n"))] == [502]


def test_short_rows_and_blank_cells_stay_rows() -> None:
    text = f"phone;phrase\n{ONE}\n;#456\n;;\n\n  {TWO} ; \n"
    assert rows(read_text(text)) == [(2, Number(ONE)), (3, Number("", "#456")), (6, Number(TWO))]


def test_a_quoted_cell_may_hold_separators_and_line_ends() -> None:
    text = f'telefon;mesaj\n{ONE};"#456;\n{TWO}\n#457"\n{TWO};x\n'
    assert rows(read_text(text)) == [(2, Number(ONE, f"#456;\n{TWO}\n#457")), (5, Number(TWO, "x"))]


@pytest.mark.parametrize("row", [f"{ONE};a;{TWO}", f"a;b;{ONE}", f";;{ONE}"])
def test_a_row_longer_than_its_header_calls_nobody(row: str) -> None:
    (number,) = numbers(f"phone;phrase\n{row}\n")
    assert validate(number).phone is None
    assert ONE in number.phone


def test_columns_without_a_name_at_the_end_of_a_header_do_no_harm() -> None:
    assert numbers(f"phone;;\n{ONE};x;y\n") == [Number(ONE)]


@pytest.mark.parametrize(("text", "found"), [
    ("Ad;Soyad\nAyşe;Yılmaz\n", "Ad, Soyad"), ("Ad;Mesaj 1;Dil\n", "Ad, Mesaj 1, Dil"), ("mesaj\nx\n", "mesaj"),
    ("ad,soyad,\n", "ad, soyad"),
])
def test_a_header_without_numbers_is_refused(text: str, found: str) -> None:
    with pytest.raises(BadList) as bad:
        read_text(text)
    assert bad.value.reason.code == "numbers.list.no_phone"
    assert bad.value.reason.params == {"found": found}
    assert all(found in sentence for sentence in said(bad.value.reason).values())


@pytest.mark.parametrize(("text", "line"), [
    (f'phone;phrase\n{ONE};"a\n{TWO};b\n', 2), (f'phone;phrase\n{ONE};a\n{TWO};"b"c\n', 3),
])
def test_quotation_marks_that_go_wrong_stop_the_list_at_their_line(text: str, line: int) -> None:
    with pytest.raises(BadList) as bad:
        numbers(text)
    assert bad.value.reason.code == "numbers.list.quotes"
    assert bad.value.reason.params == {"line": line}


# Files

@pytest.mark.parametrize(("encoding", "told"), [
    ("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("windows-1254", "windows-1254"),
    ("iso-8859-9", "windows-1254"),
])
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv"])
def test_a_files_encoding_is_found(tmp_path: Path, encoding: str, told: str, suffix: str) -> None:
    path = tmp_path / f"liste{suffix}"
    path.write_bytes(f"Telefon;Cümle;İlçe\r\n{ONE};Sayın Işık Öğüt;Şişli\r\n".encode(encoding))
    parsed = read_file(path)
    assert rows(parsed) == [(2, Number(ONE, "Sayın Işık Öğüt"))]
    assert (parsed.encoding, parsed.ignored_columns) == (told, ("İlçe",))


@pytest.mark.parametrize("bom", ["utf-16-le", "utf-16-be"])
def test_both_byte_orders_of_utf_16_are_read(tmp_path: Path, bom: str) -> None:
    path = tmp_path / "liste.txt"
    path.write_bytes(f"\ufeff{ONE}\n".encode(bom))
    assert rows(read_file(path)) == [(1, Number(ONE))]


def test_one_turkish_letter_at_the_end_of_a_long_file_decides_its_encoding(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(b"phone;phrase\n" + f"{ONE};#456\n".encode() * 70_000 + f"{TWO};Işık\n".encode("windows-1254"))
    last = rows(read_file(path))[-1]
    assert last == (70_002, Number(TWO, "Işık"))


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "liste.txt"
    path.write_text(f"{ONE}\n" * 100_000, encoding="ascii")
    parsed = read_file(path)
    assert next(parsed.rows) == (1, Number(ONE))
    with path.open("r+") as file:
        file.truncate(0)
    seen: list[tuple[int, Number]] = []
    with pytest.raises(BadList):
        seen.extend(parsed.rows)
    assert 0 < len(seen) < 99_999


def zipped(*names: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name in names:
            # The clock would be part of the test's name, and differ from one worker to the next.
            member = zipfile.ZipInfo(name, date_time=(2026, 11, 25, 9, 0, 0))
            file.writestr(member, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else ONE)
    return made.getvalue()


@pytest.mark.parametrize(("content", "code"), [
    (zipped("[Content_Types].xml", "xl/workbook.xml"), "damaged"),
    (zipped("mimetype", "content.xml"), "spreadsheet"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "spreadsheet"), (zipped("liste.csv"), "archive"),
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image"), (f"{ONE}\n\0".encode(), "binary"), (b"1" * 5000 + b"\0", "binary"),
    (f"\ufeff{ONE}\n\0".encode("utf-16-le"), "binary"), ("\ufeffa".encode("utf-32-le"), "binary"),
    (b"caf\x81\xe9\n", "encoding"), (b"\xef\xbb\xbf\xfe\n", "encoding"), (b"\xff\xfe1\x002", "encoding"),
])
def test_what_is_no_list_is_told_with_the_way_out(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(content)
    assert refused(path) == code


def test_a_file_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path / "yok.csv") == "no_file"
    assert refused(tmp_path / "a\0b") == "no_file"
    assert refused(tmp_path) == "folder"
    assert refused(tmp_path / ("x" * 300)) == "unreadable"
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    assert refused(pipe) == "not_a_file"


@pytest.mark.parametrize("when", [0, 3_000])
@pytest.mark.parametrize("how", ["grown", "cut", "replaced"])
def test_a_file_that_changes_while_it_is_read_is_not_half_a_list(tmp_path: Path, when: int, how: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(f"{ONE}\n" * 50_000, encoding="utf-8")  # more than is read ahead
    parsed = read_file(path)
    after = islice(parsed.rows, when)
    assert len(list(after)) == when
    match how:
        case "grown":
            with path.open("a", encoding="utf-8") as file:
                file.write(f"{TWO}\n")
        case "cut":
            os.truncate(path, 30_000)
        case "replaced":
            other = tmp_path / "yeni.csv"
            other.write_text(TWO, encoding="utf-8")
            other.replace(path)
    if how == "replaced" and when:
        assert len(list(parsed.rows)) == 50_000 - when  # what was opened is still there, whole
        return
    with pytest.raises(BadList) as bad:
        list(parsed.rows)
    assert bad.value.reason.code == "numbers.list.changed"


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "liste.csv"
    path.write_text(ONE, encoding="ascii")

    def no_permission(*_args: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", no_permission)
    assert refused(path) == "unreadable"


# Whatever is in it

LISTS = st.one_of(st.text(), st.text('05321234567,;|\t"\r\n#tr-TRphone '), st.lists(
    st.sampled_from([ONE, TWO, "phone", "phrase", ";", ",", "\t", "|", "\n", "\r\n", '"', " ", "#456", "tr-TR",
    "Ayşe", "5,3E+09"]),
).map("".join))


@settings(deadline=None)
@given(LISTS)
def test_any_text_is_a_list_or_a_bad_list(text: str) -> None:
    reason = None
    try:
        found = rows(read_text(text))
    except BadList as bad:
        reason = bad.reason
    if reason is not None:
        assert all(said(reason).values())
        return
    lines = [line for line, _number in found]
    assert lines == sorted(set(lines))
    for _line, number in found:
        # Whoever is called stands in the text, digit by digit, in one piece.
        if validate(number).phone is not None:
            assert number.phone in text


@settings(deadline=None)
@given(st.lists(st.from_regex(r"0[2-9][0-9]{9}", fullmatch=True)), st.sampled_from(["\n", "\r\n", "\n\n"]))
def test_no_number_of_a_plain_list_is_lost(listed: list[str], end: str) -> None:
    assert [number.phone for number in numbers(end.join(listed))] == listed


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from([ONE, TWO, "12", "x"]), st.text(st.characters(exclude_categories=["C",
"Z"]))),
                min_size=1))
def test_a_table_written_by_the_csv_module_reads_back(table: list[tuple[str, str]]) -> None:
    import csv

    made = io.StringIO()
    csv.writer(made, delimiter=";").writerows([("phone", "phrase"), *table])
    assert numbers(made.getvalue()) == [Number(phone, phrase) for phone, phrase in table]


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "\n" not in text and "\r" not in text))
def test_a_callable_line_is_the_number_that_was_typed(line: str) -> None:
    try:
        wire = wire_phone(line)
    except BadPhone:
        return
    assert [validate(number).phone for number in numbers(line)] in ([wire], [None])
