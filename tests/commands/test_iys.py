"""`santral iys`: what is known of consents, and the import of a file."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from tempfile import gettempdir

import pytest

from tests.commands.conftest import Santral
from tests.commands.test_list_input import piped
from tests.conftest import write_config

TEXT = """Alıcı;İzin Türü;Durum;Alıcı Türü;İzin Tarihi
+90 532 123 45 67;ARAMA;ONAY;BIREYSEL;2026-11-20 10:00:00
05321234568;ARAMA;RET;BIREYSEL;
05321234569;MESAJ;ONAY;BIREYSEL;
yok;ARAMA;ONAY;TACIR;
"""


@pytest.fixture(autouse=True)
def config(home: Path) -> Path:
    return write_config(home, "http://127.0.0.1:9", more="profile = 'acme'\n[profiles.other]\n")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "izinler.csv"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_before_anything_was_imported_that_is_said(santral: Santral) -> None:
    assert santral("iys").out == "No İYS consents were imported.\n"
    assert santral("iys", "--json").document == {"profile": "acme", "file": None, "consents": []}


def test_a_file_is_imported_and_what_is_left_of_it_told(santral: Santral, file: Path, moment: dt.datetime) -> None:
    seconds = moment.timestamp() - 2 * 86_400
    os.utime(file, (seconds, seconds))
    ran = santral("iys", "import", file)
    assert (ran.status, ran.err) == (0, "")
    assert [line.strip() for line in ran.out.splitlines()[1:]] == [
        "Individuals (BIREYSEL): 1 ONAY, 1 RET", "1 row is for another channel and was skipped: MESAJ 1.",
        "1 row can't be read (row 5): it gives no consent."]
    document = santral("iys", "--json").document
    assert document["consents"] == [{"recipient_type": "BIREYSEL", "status": "ONAY", "numbers": 1},
                                    {"recipient_type": "BIREYSEL", "status": "RET", "numbers": 1}]
    kept = document["file"]
    assert (kept["path"], kept["rows"], kept["other_channels"], kept["unread"], kept["lines"]) == (
        str(file), 4, {"MESAJ": 1}, 1, "5")
    assert (kept["age_days"], kept["old"]) == (2, False)
    assert santral("iys", "--json", "--profile", "other").document["file"] is None


def test_a_file_that_is_older_than_it_may_be_is_said_to_be(santral: Santral, home: Path, file: Path,
                                                           moment: dt.datetime) -> None:
    seconds = moment.timestamp() - 3 * 86_400 - 60
    os.utime(file, (seconds, seconds))
    assert "are 3 days old" in santral("iys", "import", file).out
    assert santral("iys", "--json").document["file"]["old"] is True
    write_config(home, "http://127.0.0.1:9", profile_more="iys_days = 4")
    assert santral("iys", "--json").document["file"]["old"] is False


def test_columns_are_said_where_their_names_do_not_say_them(santral: Santral, tmp_path: Path) -> None:
    path = tmp_path / "kendi.csv"
    path.write_text("Kime,Nasıl,Onay mı,Ne olarak\n05321234567,ARAMA,ONAY,TACIR\n", encoding="utf-8")
    ran = santral("iys", "import", path)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "RECIPIENT, TYPE, STATUS, RECIPIENT_TYPE" in ran.err
    assert "1 Kime, 2 Nasıl, 3 Onay mı, 4 Ne olarak" in ran.err
    ran = santral("iys", "import", path, "--column", "PHONE=kime", "--column", "TYPE=2", "--column", "status=Onay mı",
                  "--column", "RECIPIENT_TYPE=4", "--json")
    assert ran.document["consents"] == [{"recipient_type": "TACIR", "status": "ONAY", "numbers": 1}]


@pytest.mark.parametrize("options", [["--column", "RENK=2"], ["--column", "STATUS="], ["--column", "STATUS"],
                                     ["--column", "STATUS=1", "--column", "STATUS=2"]])
def test_a_wrong_column_is_wrong_usage(santral: Santral, file: Path, options: list[str]) -> None:
    ran = santral("iys", "import", file, *options)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("text", ["Alıcı;Tür;Durum;Alıcı Türü\n", "Alıcı;Tür;Durum;Alıcı Türü\nyok;ARAMA;ONAY;TACIR\n",
                                  "Alıcı;Tür;Durum;Alıcı Türü\n05321234567;MESAJ;ONAY;TACIR\n"])
def test_a_file_without_a_consent_to_calls_changes_nothing(
        santral: Santral, file: Path, tmp_path: Path, text: str) -> None:
    santral("iys", "import", file)
    empty = tmp_path / "bos.csv"
    empty.write_text(text, encoding="utf-8")
    ran = santral("iys", "import", empty)
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert santral("iys", "--json").document["file"]["path"] == str(file)


def test_the_profiles_own_file_is_read_when_it_changes(
        santral: Santral, home: Path, file: Path, tmp_path: Path) -> None:
    write_config(home, "http://127.0.0.1:9", profile_more=f'iys_file = "{file.as_posix()}"')
    assert santral("iys", "--json").document["file"]["unread"] == 1
    file.write_text(TEXT + "05321234570;ARAMA;ONAY;TACIR;\n", encoding="utf-8")
    assert {each["recipient_type"] for each in santral("iys", "--json").document["consents"]} == {"BIREYSEL", "TACIR"}
    other = tmp_path / "baska.csv"
    other.write_text(TEXT, encoding="utf-8")
    ran = santral("iys", "import", other)
    assert ran.status == 1
    assert str(file) in ran.err
    file.unlink()
    ran = santral("iys", "--json")
    assert (ran.status, len(ran.said)) == (1, 1)
    assert len(ran.document["consents"]) == 3  # what was known


def test_how_columns_of_the_profiles_own_file_were_said_holds_when_it_changes(
        santral: Santral, home: Path, tmp_path: Path) -> None:
    path = tmp_path / "kendi.csv"
    path.write_text("Kime;Tür;Onay mı;Alıcı Türü\n05321234567;ARAMA;ONAY;TACIR\n", encoding="utf-8")
    write_config(home, "http://127.0.0.1:9", profile_more=f'iys_file = "{path.as_posix()}"')
    assert santral("iys").status == 1
    santral("iys", "import", path, "--column", "RECIPIENT=Kime", "--column", "STATUS=Onay mı")
    path.write_text("Kime;Tür;Onay mı;Alıcı Türü\n05321234567;ARAMA;RET;TACIR\n", encoding="utf-8")
    os.utime(path, ns=(1, 1))
    assert santral("iys", "--json").document["consents"] == [
        {"recipient_type": "TACIR", "status": "RET", "numbers": 1}]


def test_a_file_comes_from_stdin(santral: Santral, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, file.read_bytes())
    ran = santral("iys", "import", "-")
    assert (ran.status, ran.err) == (0, "")
    assert "İYS consents of stdin" in ran.out
    assert santral("iys", "--json").document["file"]["path"] == "stdin"


@pytest.mark.parametrize("text", ["", "Alıcı;Tür\n", "Alıcı;Tür;Durum;Alıcı Türü\n05321234567;MESAJ;ONAY;TACIR\n"])
def test_what_is_wrong_with_stdin_is_said_of_stdin(
        santral: Santral, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, text.encode())
    ran = santral("iys", "import", "-")
    assert (ran.status, ran.out, len(ran.said)) == (1, "", 1)
    assert gettempdir() not in ran.err


def test_of_a_profile_with_a_file_of_its_own_stdin_is_refused(
        santral: Santral, home: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piped(monkeypatch, TEXT.encode())
    write_config(home, "http://127.0.0.1:9", profile_more=f'iys_file = "{file.as_posix()}"')
    ran = santral("iys", "import", "-")
    assert ran.status == 1
    assert str(file) in ran.err


NAMED = """Alıcı;İzin Türü;Durum;Alıcı Türü;Marka
05321234567;ARAMA;ONAY;BIREYSEL;Acme A.Ş.
05321234568;ARAMA;ONAY;BIREYSEL;ACME  a.ş.
05321234569;ARAMA;RET;BIREYSEL;[/x] = Beta
"""


def test_brands_by_name_are_told_and_given_their_codes(santral: Santral, file: Path) -> None:
    file.write_text(NAMED, encoding="utf-8")
    ran = santral("iys", "import", file)
    assert (ran.status, len(ran.said)) == (0, 1)
    assert "The brand column holds names (ACME  a.ş., Acme A.Ş., [/x] = Beta)" in ran.err
    assert "--brand 'ACME  a.ş.=CODE'" in ran.err
    assert santral("iys", "--json").document["file"]["brands_without_code"] == [
        "ACME  a.ş.", "Acme A.Ş.", "[/x] = Beta"]
    ran = santral("iys", "import", file, "--brand", "acme a.ş.=600123", "--brand", "[/x] = Beta=600124", "--json")
    assert (ran.status, ran.err) == (0, "")
    about = ran.document["file"]
    assert (about["brands"], about["brands_without_code"]) == (["600123", "600124"], [])
    assert about["brand_codes"] == {"acme a.ş.": "600123", "[/x] = Beta": "600124"}
    assert "acme a.ş. = 600123" in santral("iys").out


def test_codes_of_brands_hold_when_the_profiles_own_file_changes(santral: Santral, home: Path, file: Path) -> None:
    file.write_text(NAMED, encoding="utf-8")
    write_config(home, "http://127.0.0.1:9", profile_more=f'iys_file = "{file.as_posix()}"')
    santral("iys", "import", file, "--brand", "Acme A.Ş.=600123", "--brand", "[/x] = Beta=600124")
    file.write_text(NAMED + "05321234570;ARAMA;ONAY;TACIR;Acme A.Ş.\n", encoding="utf-8")
    assert santral("iys", "--json").document["file"]["brands"] == ["600123", "600124"]


@pytest.mark.parametrize("options", [["Acme"], ["Acme="], ["=600123"], ["Acme=Beta"], ["Acme=1", "Acme=2"]])
def test_a_wrong_code_is_wrong_usage(santral: Santral, file: Path, options: list[str]) -> None:
    ran = santral("iys", "import", file, *(part for each in options for part in ("--brand", each)))
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)
