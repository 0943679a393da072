"""What is found in a list, what can be decided instead, and the rows that come of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.campaign.sentences import said
from tui.numbers.columns import Role
from tui.numbers.errors import BadList, BadTemplate
from tui.numbers.listing import DetectedList, ListOptions, find
from tui.numbers.rows import SourceRow, read
from tui.numbers.source import PastedText, TextFile, open_list
from tui.numbers.writing import Writing

ONE, TWO, THREE = "05321234567", "05331234567", "05341234567"
FILES = Path(__file__).parent / "files"
DEBTS = f"Ad;Cep Tel.;Vade;Tutar\nAyşe;{ONE};15.11.2017;1.234,56\nAli;{TWO};03.04.2026;73,5\n"


def found(text: str, options: ListOptions | None = None) -> DetectedList:
    return find(PastedText(text), options or ListOptions())


def rows(text: str, options: ListOptions | None = None) -> list[SourceRow]:
    return list(read(PastedText(text), options or ListOptions()))


def roles(seen: DetectedList) -> dict[str, str]:
    return {column.name: column.role.value for column in seen.columns if column.role is not Role.OTHER}


def refused(text: str, options: ListOptions | None = None) -> str:
    with pytest.raises((BadList, BadTemplate)) as bad:
        rows(text, options)
    assert isinstance(bad.value, BadList | BadTemplate)
    assert all(said(bad.value.reason).values())
    return bad.value.reason.code.removeprefix("numbers.")


# Columns

@pytest.mark.parametrize(("header", "row", "phone"), [
    ("Ad;Müşteri Cep Tel. 1;Borç", f"Ayşe;{ONE};73,56", "musteri_cep_tel_1"), ("No;Telefonlar", f"1;{ONE}",
    "telefonlar"),
    ("No;Kişi", f"17;{ONE}", "kisi"), ("Müşteri;Aranacak;Borç", f"Ayşe;{ONE};73,56", "aranacak"),
    ("Telefon Tipi;Telefon 2", f"cep;{ONE}", "telefon_2"), ("Vergi No;GSM", f"3456789012;{ONE}", "gsm"),
    ("Telefon;Vergi", "5,32124E+09;3456789012", "telefon"), ("numara;ad", f"{ONE};Ayşe", "numara"),
    ("MSISDN,Name", f"{ONE},Ayşe", "msisdn"), ("Mobile phone|Name", f"{ONE}|Ayşe", "mobile_phone"),
])
def test_the_numbers_are_found_by_name_and_by_content(header: str, row: str, phone: str) -> None:
    seen = found(f"{header}\n{row}\n")
    assert roles(seen) == {phone: "phone"}
    assert (seen.header, seen.by_line, seen.problem) == (True, False, None)


def test_the_other_columns_are_variables_with_names_of_their_own() -> None:
    seen = found(f"Telefon;Vade;vade;;Tutar (TL)\n{ONE};a;b;c;d\n")
    assert [column.name for column in seen.columns] == ["telefon", "vade", "vade_2", "4", "tutar_tl"]
    assert [column.heading for column in seen.columns] == ["Telefon", "Vade", "vade", "", "Tutar (TL)"]


def test_a_list_without_a_header_is_told_by_its_content() -> None:
    text = f"Ayşe;{ONE};#456;tr-TR;15.11.2017\nAli;{TWO};#457;en-US;16.11.2017\n"
    seen = found(text)
    assert (seen.header, seen.separator, roles(seen)) == (False, ";", {"2": "phone", "3": "phrase", "4": "lang"})
    assert rows(text) == [SourceRow(1, ONE, "#456", "tr-TR"), SourceRow(2, TWO, "#457", "en-US")]
    assert rows(text, ListOptions(template="#1 {5}"))[1] == SourceRow(2, TWO, "#1 16/11/2017", "en-US")


@pytest.mark.parametrize("text", [
    "5321234567,0\n5331234567,0\n", "5,32124E+09\n5,33124E+09\n", f"{ONE};{TWO}\n{TWO};{THREE}\n",
    f"{ONE},73\n{TWO},74\n",
])
def test_mangled_and_double_numbers_are_no_columns(text: str) -> None:
    assert [row.phone for row in rows(text)] == [line.replace(";", " | ") for line in text.splitlines()]


def test_which_of_several_columns_holds_the_numbers_is_not_guessed() -> None:
    text = f"Kişi;İlk;İkinci\nAyşe;{ONE};{TWO}\n"
    assert refused(text) == "list.which_phone"
    problem = found(text).problem
    assert problem is not None
    assert problem.reason.params == {"found": "İlk, İkinci"}
    assert rows(text, ListOptions(roles={Role.PHONE: 2})) == [SourceRow(2, TWO)]


def test_the_mapping_can_be_changed() -> None:
    text = f"Telefon;Mesaj;Dil;Diğer\n{ONE};#456;en-US;{TWO}\n"
    assert rows(text) == [SourceRow(2, ONE, "#456", "en-US")]
    changed = ListOptions(roles={Role.PHONE: 3, Role.PHRASE: None, Role.LANG: None})
    assert rows(text, changed) == [SourceRow(2, TWO)]
    assert refused(text, ListOptions(roles={Role.LANG: 0})) == "list.which_phone"
    assert rows(text, ListOptions(lang="ar-XA", template="#9")) == [SourceRow(2, ONE, "#9", "ar-XA")]
    assert refused(text, ListOptions(roles={Role.PHONE: None})) == "list.which_phone"


def test_separator_and_header_can_be_decided() -> None:
    text = f"Telefon,Ad\n{ONE},Ayşe\n"
    assert rows(text, ListOptions(header=False)) == [SourceRow(1, "Telefon"), SourceRow(2, ONE)]
    assert rows(text, ListOptions(separator="")) == [SourceRow(1, "Telefon,Ad"), SourceRow(2, f"{ONE},Ayşe")]
    assert refused(text, ListOptions(separator="\t")) == "list.no_phone"
    assert rows(f"{ONE};73,56\n", ListOptions(separator=";", header=False)) == [SourceRow(1, ONE)]
    assert rows(f"x\n{ONE}\n", ListOptions(header=True)) == [SourceRow(2, ONE)]
    assert rows("", ListOptions(header=True, separator=";", roles={Role.PHONE: 0})) == []


def test_the_separator_that_a_file_tells_is_taken() -> None:
    text = f"sep=|\n\nAd;x|Telefon\nAyşe|{ONE}\n"
    assert (found(text).separator, rows(text)) == ("|", [SourceRow(4, ONE)])


@pytest.mark.parametrize("title", ["Kasım borçluları;;\n", "Kasım\n\n15.11.2026;;\n", '"Acme A.Ş.; İzmir"\n'])
def test_a_title_above_the_header_is_no_row(title: str) -> None:
    text = f"{title}Ad;Telefon;Vade\nAyşe;{ONE};15.11.2017\n"
    assert [(row.line, row.phone) for row in rows(text)] == [(title.count("\n") + 2, ONE)]
    assert found(text).skipped == title.count("\n")
    assert rows(text, ListOptions(header=False, roles={Role.PHONE: 1}))[0].line == 1


def test_a_row_with_a_number_is_never_taken_for_a_header() -> None:
    assert [row.phone for row in rows(f"cep;{ONE}\nev;{TWO}\n")] == [ONE, TWO]


def test_what_may_be_a_number_is_never_taken_for_a_title() -> None:
    assert [row.line for row in rows(f"{ONE}\n{TWO};Telefon\nTelefon;Mesaj\n{THREE};#1\n")] == [1, 2, 3, 4]


def test_a_heading_may_run_over_two_lines() -> None:
    assert rows(f'Ad;"Telefon\nNo"\nAyşe;{ONE}\n') == [SourceRow(3, ONE)]


def test_what_was_found_is_shown_with_the_first_rows() -> None:
    seen = found(DEBTS)
    assert seen.sample == (("Ayşe", ONE, "15.11.2017", "1.234,56"), ("Ali", TWO, "03.04.2026", "73,5"))
    assert (seen.separator, seen.encoding, seen.sheets, seen.place(Role.PHONE), seen.place(Role.LANG)) == (";",
    "", (), 1, None)
    assert len(found(f"phone;x\n{ONE};1\n" * 5000).sample) == 100


# Phrases

def test_the_phrase_of_every_row_is_made_from_the_template() -> None:
    options = ListOptions(template="#456 {Vade} #457 {tutar} #458 {ad}", lang="tr-TR")
    assert found(DEBTS, options).questions == ()
    assert rows(DEBTS, options) == [
        SourceRow(2, ONE, "#456 15/11/2017 #457 1234.56 #458 Ayşe", "tr-TR"),
        SourceRow(3, TWO, "#456 03/04/2026 #457 73.50 #458 Ali", "tr-TR"),
    ]


@pytest.mark.parametrize(("cells", "answer", "words"), [
    (("03/04/2026", "05/06/2026"), Writing.DAY_FIRST, ("03/04/2026", "05/06/2026")),
    (("03/04/2026", "05/06/2026"), Writing.MONTH_FIRST, ("04/03/2026", "06/05/2026")),
    (("1.234", "12"), Writing.DECIMAL_COMMA, ("1234.00", "12.00")), (("1,234",
    "12"), Writing.DECIMAL_POINT, ("1234.00", "12.00")),
])
def test_what_can_be_read_in_two_ways_is_asked_once(
    cells: tuple[str, str], answer: Writing, words: tuple[str, str]
) -> None:
    text = f"Telefon;X\n{ONE};{cells[0]}\n{TWO};{cells[1]}\n"
    (question,) = found(text, ListOptions(template="{x}")).questions
    assert (question.column.name, question.example) == ("x", cells[0])
    assert (answer, words[0]) in question.choices
    unanswered = rows(text, ListOptions(template="{x}"))[0]
    assert unanswered.phrase == ""
    assert unanswered.problem is not None
    assert unanswered.problem.code == "numbers.row.two_ways"
    answered = ListOptions(template="{x}", writings={1: answer})
    assert found(text, answered).questions == ()
    assert [row.phrase for row in rows(text, answered)] == list(words)
    assert found(text).questions == ()  # nobody is asked about a column that is not used


@pytest.mark.parametrize(("usual", "odd", "code"), [
    ("15/11/2017", "11/15/2017", "date"), ("15.11.2017", "yakında", "date"), ("73,56", "73.56", "amount"), ("12",
    "1,5", "whole"),
    ("73,56", " ", "blank"), ("2026-04-03", "03/04/2026", "two_ways"), ("Ayşe", "", "blank"),
])
def test_a_later_row_that_contradicts_its_column_is_a_problem(usual: str, odd: str, code: str) -> None:
    text = f"Telefon;Vade\n{f'{ONE};{usual}{chr(10)}' * 1100}{TWO};{odd}\n"
    *before, last = rows(text, ListOptions(template="#456 {vade}"))
    assert all(row.problem is None and row.phrase for row in before)
    assert (last.line, last.phone, last.phrase) == (1102, TWO, "")
    assert last.problem is not None
    assert last.problem.code == f"numbers.row.{code}"
    assert all("Vade" in sentence for sentence in said(last.problem).values())


@pytest.mark.parametrize(("template", "code"), [
    ("{tutarr}", "template.near"), ("{x}", "template.unknown"), ("{tutar", "template.brace"),
])
def test_a_wrong_template_is_told_before_a_row_is_read(template: str, code: str) -> None:
    options = ListOptions(template=template)
    assert refused(DEBTS, options) == code
    assert len(found(DEBTS, options).sample) == 2  # while it is being typed, the list stays to be seen


@pytest.mark.parametrize("options", [
    ListOptions(template="#456 {1}"), ListOptions(template="#456 {1}", separator=""),
    ListOptions(template="#456 {1}", roles={Role.PHONE: 0}),
], ids=["found", "a line each", "decided"])
def test_the_only_column_of_a_list_can_stand_in_the_phrase(options: ListOptions) -> None:
    assert rows(f"{ONE}\n{TWO}\n", options) == [SourceRow(1, ONE, f"#456 {ONE}"), SourceRow(2, TWO, f"#456 {TWO}")]


def test_a_template_without_columns_is_said_to_every_line() -> None:
    assert rows(f"{ONE}\n{TWO};#1\n", ListOptions(template="#9  #8")) == [SourceRow(1, ONE, "#9 #8"), SourceRow(2, TWO,
    "#9 #8")]
    assert rows(f"{ONE};73,56\n{TWO};12,1\n", ListOptions(template="#9 {2}"))[1] == SourceRow(2, TWO, "#9 12.10")


def test_a_row_with_too_many_cells_is_told() -> None:
    *_, last = rows(f"Telefon;Vade\n{ONE};a\n{TWO};a;{THREE}\n")
    assert last.phone == f"{TWO} | a | {THREE}"
    assert last.problem is not None
    assert last.problem.params == {"count": 3, "width": 2}


# Reading

def test_a_list_can_be_read_again_and_in_part() -> None:
    source = PastedText(DEBTS)
    assert [row.line for row in islice(read(source), 1)] == [2]
    assert list(read(source)) == list(read(source))


def test_the_head_alone_is_read_to_describe_a_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "liste.csv"
    path.write_text("phone;x\n" + f"{ONE};1\n" * 50_000, encoding="ascii")
    source = open_list(path)
    assert isinstance(source, TextFile)
    taken = 0
    lines = source.lines

    def counted(encoding: str = "") -> Iterator[str]:
        nonlocal taken
        for line in lines(encoding):
            taken += 1
            yield line

    monkeypatch.setattr(source, "lines", counted)
    assert len(find(source).sample) == 100
    assert taken < 2000


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_told_by_its_zeros(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(f"Telefon;Ad\r\n{ONE};Işık Öğüt\r\n".encode(encoding))
    assert find(open_list(path)).encoding == encoding
    assert [row.phone for row in read(open_list(path))] == [ONE]


def test_an_encoding_can_be_decided(tmp_path: Path) -> None:
    path = tmp_path / "liste.csv"
    path.write_bytes(f"Telefon;Ad\n{ONE};Işık\n".encode("windows-1254"))
    source = open_list(path)
    assert find(source).sample == ((ONE, "Işık"),)
    assert find(source, ListOptions(encoding="iso-8859-1")).sample == ((ONE, "Iþýk"),)
    with pytest.raises(BadList) as bad:
        find(source, ListOptions(encoding="utf-8"))
    assert bad.value.reason.code == "numbers.list.encoding"


@settings(deadline=None)
@given(st.one_of(st.text(), st.text('05321234567,;|\t"\r\n#tr-TRphone{} ')),
       st.builds(ListOptions, separator=st.sampled_from([None, "", ";", ",",
       "\t"]), header=st.sampled_from([None, True, False]),
                 roles=st.dictionaries(st.sampled_from(list(Role)), st.one_of(st.none(), st.integers(0, 3))),
                 template=st.sampled_from(["", "#1", "{2}", "{phone}", "{"]),
                 writings=st.dictionaries(st.integers(0, 3), st.sampled_from(list(Writing)))))
def test_any_text_with_any_decision_is_read_or_refused(text: str, options: ListOptions) -> None:
    reason = None
    try:
        seen = rows(text, options)
    except (BadList, BadTemplate) as bad:
        reason = bad.reason
    if reason is not None:
        assert all(said(reason).values())
        return
    lines = [row.line for row in seen]
    assert lines == sorted(set(lines))
    for row in seen:
        assert row.problem is None or all(said(row.problem).values())


@settings(deadline=None)
@given(st.lists(st.tuples(st.from_regex(r"05[0-9]{9}", fullmatch=True), st.text(), st.text()), min_size=1),
       st.sampled_from([";", ",", "\t", "|"]))
def test_every_row_of_a_table_comes_out_where_it_stands(table: list[tuple[str, str, str]], separator: str) -> None:
    made = io.StringIO()
    csv.writer(made, delimiter=separator, quoting=csv.QUOTE_ALL).writerows([("Ad", "Telefon", "Mesaj")] + [
        (first.replace("\0", ""), phone, second.replace("\0", "")) for phone, first, second in table])
    assert [(row.phone, row.phrase) for row in rows(made.getvalue())] == [
        (phone, second.replace("\0", "").strip()) for phone, _first, second in table]
