"""The configuration as it is read: what it may say, and what is said where it may not."""

from __future__ import annotations

import datetime as dt
import os
import stat
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from tests.config.conftest import Say, Write, loaded, refused
from tui.campaign.dates import Hours
from tui.config import COLOURS, ConfigError, Profile, ReceiverSettings, config_path, load, reading
from tui.config.example import example
from tui.config.settings import SETTINGS, names_in
from tui.core import bounded_read, folders
from tui.core.secret import Secret

KEY = "K12345678-1234-5678-4321-123456789012"
ODD_KEY = "s3cret+/=key&of%another'shape"  # an account's key need not look like the provider's usual ones
LANGUAGES = ("tr", "en")

FULL = f"""
language = "tr"
theme = "santral-light"
mouse = false
profile = "acme"
[profiles.acme]
api_key = "{KEY}"
base_url = "https://API.bulutsantralim.com/"
caller_id = "902129630131"
confirm_above = 0
colour = "red"
read_only = true
test_number = "05321234567"
[profiles.other]
[receiver]
listen = "[::1]:0"
public_url = "https://calls.example.com.tr/santral/"
silence_minutes = 0
[database]
url = "sqlite:///data/x.db"
[keys]
campaigns.new = "n insert"
"form.next" = ["f8", "ctrl+n", "f8"]
"""


def test_everything_that_can_be_said_is_read(write: Write) -> None:
    path = write(FULL)
    config = load(path, {}, key_ids=["campaigns.new", "form.next"])
    assert (config.path, config.language, config.theme) == (path, "tr", "santral-light")
    assert config.mouse is False
    assert config.profile == "acme"
    assert config.profiles["acme"] == Profile(
        "acme", Secret(KEY), "https://api.bulutsantralim.com", "902129630131", 0, "red",
        read_only=True, test_number="05321234567",
    )
    assert config.profiles["other"] == Profile("other")
    assert config.receiver == ReceiverSettings(("::1", 0), "https://calls.example.com.tr/santral", 0)
    assert config.database.location == path.parent / "data" / "x.db"
    assert config.database.url == f"sqlite:///{path.parent}/data/x.db"
    assert config.keys == {"campaigns.new": ("n", "insert"), "form.next": ("f8", "ctrl+n")}
    assert config.warnings == ()
    assert config.secrets == (Secret(KEY),)


@pytest.mark.parametrize(("text", "hours"), [
    ("", Hours(dt.time(9), dt.time(20))),
    ('polite_hours = "8:30-21:00"', Hours(dt.time(8, 30), dt.time(21))),
    ('polite_hours = "00:00 - 23:59"', Hours(dt.time(0), dt.time(23, 59))),
    ('polite_hours = "off"', None),
    ('polite_hours = ""', None),
])
def test_polite_hours(write: Write, text: str, hours: Hours | None) -> None:
    assert loaded(write(f"[profiles.acme]\n{text}")).profiles["acme"].polite_hours == hours


def test_an_empty_file_leaves_everything_to_its_default(write: Write, home: Path) -> None:
    config = loaded(write(""))
    assert (config.language, config.theme, config.profile, config.profiles) == (None, "santral-dark", None, {})
    assert config.receiver == ReceiverSettings(("127.0.0.1", 8787), None, 10)
    assert config.database.location == home / ".local/share/santral/santral.db"
    profile = loaded(write("[profiles.acme]")).profiles["acme"]
    assert profile == Profile("acme", None, "https://api.bulutsantralim.com", None, 100, None)
    assert not profile.read_only


def test_the_argument_is_before_the_environment_and_that_before_the_folder(tmp_path: Path, home: Path) -> None:
    environ = {"SANTRAL_CONFIG": str(tmp_path / "from-environment.toml")}
    assert config_path(tmp_path / "named.toml", environ) == tmp_path / "named.toml"
    assert config_path(None, environ) == tmp_path / "from-environment.toml"
    assert config_path(None, {"SANTRAL_CONFIG": ""}) == home / ".config/santral/config.toml"
    assert config_path(Path("~/c.toml"), {}) == home / "c.toml"
    assert config_path(Path("c.toml"), {}).is_absolute()


def test_a_file_that_is_not_there_is_an_empty_one_and_is_mentioned_where_it_was_named(tmp_path: Path) -> None:
    config = loaded(tmp_path / "none.toml")
    assert [warning.code for warning in config.warnings] == ["config.missing"]
    assert load(None, {}).warnings == ()


@pytest.mark.parametrize(("url", "path"), [
    ("sqlite:///santral.db", "{folder}/santral.db"),
    ("sqlite:////var/lib/santral.db", "/var/lib/santral.db"),
    ("sqlite:///~/santral.db", "{home}/santral.db"),
    ("sqlite:///my data/santral.db", "{folder}/my data/santral.db"),
])
def test_where_the_data_is_kept(write: Write, home: Path, url: str, path: str) -> None:
    config_file = write(f'[database]\nurl = "{url}"')
    database = loaded(config_file).database
    assert database.location == Path(path.format(folder=config_file.parent, home=home))
    assert database.url == f"sqlite:///{database.location}"
    again = loaded(write(f'[database]\nurl = "{database.url}"'))
    assert again.database == database


@pytest.mark.parametrize(("url", "shown", "passwords"), [
    ("postgresql://db.example.com/santral", "postgresql://db.example.com/santral", []),
    ("postgres://santral@db:5433/santral", "postgres://santral@db:5433/santral", []),
    ("postgresql://santral:hidden%40word@db/x?sslmode=require", "postgresql://santral:********@db/x", ["hidden@word"]),
    ("postgresql://u:hidden-word@db/x?password=hidden+%2Bone", "postgresql://u:********@db/x",
     ["hidden-word", "hidden++one"]),
    ("postgresql://u:brief@db/x", "postgresql://u:********@db/x", []),
    ("postgresql:///santral?host=/run/postgresql", "postgresql:///santral", []),
])
def test_a_database_of_a_team_is_shown_without_its_password(write: Write, url: str, shown: str,
                                                            passwords: list[str]) -> None:
    config = loaded(write(f'[database]\nurl = "{url}"'))
    assert config.database.location == Secret(url)
    assert config.database.url == shown
    assert "hidden" not in repr(config)
    assert [secret.reveal() for secret in config.secrets] == passwords


def test_a_file_with_a_databases_password_that_others_can_open_is_warned_of(write: Write) -> None:
    path = write('[database]\nurl = "postgresql://santral:hidden-word@db/x"')
    path.chmod(0o644)
    assert [warning.code for warning in loaded(path).warnings] == ["config.open_to_others"]


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b'\xef\xbb\xbflanguage = "en"\r\n[profiles.acme]\r\n')
    path.chmod(0o600)
    assert loaded(path).language == "en"


# What the file says, the line of the problem, and what its sentence must name.
BAD: list[tuple[str, int, list[str]]] = [
    ('langauge = "tr"', 1, ["langauge", "“language”"]),
    ('\n\ntheme_name = "x"', 3, ["theme_name", "“theme”"]),
    ("zzz = 1", 1, ["zzz", "database, keys, language, mouse, profile, profiles, receiver, theme"]),
    (f'api_key = "{KEY}"', 1, ["“api_key”", "profiles.NAME.api_key"]),
    ("[reciever]\nlisten = 'x'", 1, ["reciever", "“receiver”"]),
    ("[profile.acme]", 1, ["“profile”", "“profiles”"]),
    ("[receiver]\nlanguage = 'tr'", 2, ["receiver.language", "“language”"]),
    ("[profiles.acme]\ncolor = 'red'", 2, ["profiles.acme.color", "“profiles.acme.colour”"]),
    ("[profiles.acme]\napi-key = 'x'", 2, ["profiles.acme.api-key", "“profiles.acme.api_key”"]),
    ("[profiles.'my acme']\ncolor = 'red'", 2, ['profiles."my acme".color', '“profiles."my acme".colour”']),
    ("[receiver]\nport = 1", 2, ["receiver.port", "listen, public_url, silence_minutes"]),
    ("[receiver]\nsilence_minutes = 1441", 2, ["silence_minutes", "1441", "1440"]),
    ("[receiver]\nsilence_minutes = -1", 2, ["silence_minutes", "-1"]),
    ("[receiver]\nsilence_minutes = true", 2, ["silence_minutes", "true"]),
    ("[database]\nuri = 'x'", 2, ["database.uri", "“database.url”"]),
    ('language = "de"', 1, ["“language”", '"de"', "tr, en"]),
    ("language = 1", 1, ["“language”", "1"]),
    ('theme = ""', 1, ["“theme”", '""']),
    ('theme = "a\\u001bb"', 1, ["“theme”", '"a\\x1bb"']),
    ('theme = "a\\u00a0b"', 1, ["“theme”", '"a\\xa0b"']),
    ("theme = ['a']", 1, ["“theme”", "[…]"]),
    ("theme = {a = 'x'}", 1, ["“theme”", "{…}"]),
    ('mouse = "off"', 1, ["“mouse”", '"off"', "true"]),
    ('profile = "acne"\n[profiles.acme]', 1, ["“profile”", "“acne”", "“acme”"]),
    ('profile = "acme"', 1, ["“profile”", "“acme”", "[profiles.acme]"]),
    ('profiles = "acme"', 1, ["“profiles”", "[profiles.acme]"]),
    ("[[profiles]]", 1, ["“profiles”", "[profiles.acme]"]),
    ("[profiles]\nacme = 'x'", 2, ["“profiles.acme”", "[profiles.acme]"]),
    ("[profiles.' x']", 1, ['profiles." x"', "40"]),
    ("[profiles.acme]\napi_key = 'short'", 2, ["“profiles.acme.api_key”", "100"]),
    ("[profiles.acme]\nbase_url = 'http://api.example.com'", 2, ["base_url", '"http://api.example.com"', "https"]),
    ("[profiles.acme]\nbase_url = 'api.example.com'", 2, ["base_url", '"api.example.com"']),
    ("[profiles.acme]\ncaller_id = 902129630131", 2, ["caller_id", "902129630131"]),
    ("[profiles.acme]\ncaller_id = '0212 963 01 31'", 2, ["caller_id", '"0212 963 01 31"']),
    ("[profiles.acme]\ncaller_id = '٩٠٢١٢٩٦٣٠١٣١'", 2, ["caller_id", "10"]),
    ("[profiles.acme]\ncaller_id = '902129630131902'\ntest_number = '123456789'", 3, ["test_number", '"123456789"']),
    ("[profiles.acme]\nconfirm_above = -1", 2, ["confirm_above", "-1"]),
    ("[profiles.acme]\nconfirm_above = true", 2, ["confirm_above", "true"]),
    ("[profiles.acme]\nconfirm_above = '100'", 2, ["confirm_above", '"100"']),
    ("[profiles.acme]\nconfirm_above = 1.5", 2, ["confirm_above", "1.5"]),
    ("[profiles.acme]\nmost_calls = '3'", 2, ["most_calls", '"3"', "3 in 7 days"]),
    ("[profiles.acme]\nmost_calls = '7 days 3'", 2, ["most_calls", '"7 days 3"']),
    ("[profiles.acme]\nmost_calls = '0 in 7 days'", 2, ["most_calls", '"0 in 7 days"']),
    ("[profiles.acme]\nmost_calls = '3 in 366 days'", 2, ["most_calls"]),
    ("[profiles.acme]\nbase_url = 'https://örnek.com'", 2, ["base_url", "xn--rnek-4qa.com"]),
    ("[profiles.acme]\ndo_not_call = 'liste.csv'", 2, ["do_not_call", '"liste.csv"']),
    ("[profiles.acme]\ndo_not_call = '~no-such-user-here/liste.csv'", 2, ["do_not_call", "~no-such-user-here"]),
    ("[profiles.acme]\nmost_calls = 3", 2, ["most_calls", "3"]),
    ("[profiles.acme]\nquiet_days = 366", 2, ["quiet_days", "366", "365"]),
    ("[profiles.acme]\nquiet_days = -1", 2, ["quiet_days", "-1"]),
    ("[profiles.acme]\nquiet_days = '2'", 2, ["quiet_days", '"2"']),
    ("[profiles.acme]\npolite_hours = '09:00'", 2, ["polite_hours", '"09:00"', "09:00-20:00"]),
    ("[profiles.acme]\npolite_hours = '20:00-09:00'", 2, ["polite_hours", '"20:00-09:00"']),
    ("[profiles.acme]\npolite_hours = '09:00-09:00'", 2, ["polite_hours", '"09:00-09:00"']),
    ("[profiles.acme]\npolite_hours = '09:00-24:00'", 2, ["polite_hours", '"09:00-24:00"']),
    ("[profiles.acme]\npolite_hours = '9-20'", 2, ["polite_hours", '"9-20"']),
    ("[profiles.acme]\npolite_hours = '09:00-12:00-20:00'", 2, ["polite_hours"]),
    ("[profiles.acme]\npolite_hours = 'never'", 2, ["polite_hours", '"never"', "off"]),
    ("[profiles.acme]\npolite_hours = ' '", 2, ["polite_hours"]),
    ("[profiles.acme]\npolite_hours = false", 2, ["polite_hours", "false"]),
    ("[profiles.acme]\npolite_hours = 9", 2, ["polite_hours", "9"]),
    ("[profiles.acme]\nread_only = 'yes'", 2, ["read_only", '"yes"']),
    ("[profiles.acme]\nread_only = 1", 2, ["read_only", "1"]),
    ("[profiles.acme]\ncolour = 'pink'", 2, ["colour", '"pink"', ", ".join(COLOURS)]),
    ("receiver = 1", 1, ["“receiver”", "[receiver]"]),
    ("[receiver]\nlisten = '8787'", 2, ["listen", '"8787"', "127.0.0.1:8787"]),
    ("[receiver]\nlisten = ':8787'", 2, ["listen", '":8787"']),
    ("[receiver]\nlisten = '127.0.0.1:65536'", 2, ["listen", "65536"]),
    ("[receiver]\npublic_url = 'calls.example.com'", 2, ["public_url", '"calls.example.com"']),
    ("[receiver]\npublic_url = 'https://calls.example.com/?a=1'", 2, ["public_url", "?a=1"]),
    ("[receiver]\npublic_url = 'https://calls.example.com:99999/'", 2, ["public_url", "99999"]),
    ("[receiver]\npublic_url = 'https://'", 2, ["public_url", '"https://"']),
    ("[database]\nurl = 'santral.db'", 2, ["database.url", '"santral.db"', "sqlite:///"]),
    ("[database]\nurl = 'sqlite:///'", 2, ["database.url", '"sqlite:///"']),
    ("[database]\nurl = 'sqlite:///:memory:'", 2, ["database.url", ":memory:"]),
    ("[database]\nurl = 'sqlite:///~no-such-user-here/x.db'", 2, ["database.url", "~no-such-user-here"]),
    ("[database]\nurl = 'postgresql+psycopg://u:hidden-word@db/x'", 2, ["database.url", "PostgreSQL"]),
    ("[database]\nurl = 'postgresql:u:hidden-word@db/x'", 2, ["database.url", "PostgreSQL"]),
    ("[database]\nurl = 'postgresql://u:hidden-word#@db/x'", 2, ["database.url", "%23"]),
    ("[database]\nurl = 'postgresql://u:hidden-word@db:port/x'", 2, ["database.url", "PostgreSQL"]),
    ("keys = 'n'", 1, ["“keys”", "[keys]"]),
    ("[keys]\ncampaigns.nwe = 'n'", 2, ["keys.campaigns.nwe", "“keys.campaigns.new”"]),
    ("[keys]\n'qqq' = 'n'", 2, ["keys.qqq", "campaigns.new, form.next"]),
    ("[keys]\ncampaigns.new = ['a b']", 2, ["keys.campaigns.new", "[…]"]),
    ("[keys]\ncampaigns.new = 'a,b'", 2, ["keys.campaigns.new", '"a,b"']),
    ("[keys]\ncampaigns.new = 5", 2, ["keys.campaigns.new", "5"]),
]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "line", "named"), BAD)
def test_what_is_wrong_is_said_with_file_line_key_and_the_way_out(
    write: Write, say: Say, language: str, text: str, line: int, named: list[str]
) -> None:
    path = write(text)
    error = refused(path, key_ids=["campaigns.new", "form.next"])
    [sentence] = say(language, error.reasons)
    where = {"tr": "satır", "en": "line"}[language]
    assert sentence.startswith(f"{path}, {where} {line}: ")
    for part in named:
        assert part in sentence
    assert "hidden-word" not in sentence
    assert KEY not in sentence


TABLES = sorted({setting.table for setting in SETTINGS})


@pytest.mark.parametrize("table", TABLES)
def test_every_listed_setting_is_read(write: Write, table: tuple[str, ...]) -> None:
    # A value that fits none of them: a setting that nobody takes out of its table would be dropped in silence.
    names = names_in(table)
    head = f"[{'.'.join(table)}]\n".replace("*", "acme") if table else ""
    error = refused(write(head + "\n".join(f"{name} = 1.5" for name in names)))
    assert [str(reason.params["key"]).split(".")[-1] for reason in error.reasons] == list(names)
    assert not [reason for reason in error.reasons if reason.code.startswith("config.unknown")]


def test_all_problems_are_said_at_once_in_the_order_of_the_lines(write: Write) -> None:
    error = refused(write('theem = "x"\nlanguage = 3\n[profiles.acme]\ncolour = 1\n[receiver]\nlisten = 2'),
                    {"SANTRAL_API_KEY": "no"})
    assert [(reason.code, reason.params.get("line")) for reason in error.reasons] == [
        ("config.bad_environment_key", None), ("config.unknown_near", 1), ("config.want_text", 2),
        ("config.want_text", 4), ("config.want_text", 6),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "line", "column"), [
    (f'[profiles.acme]\napi_key = "{KEY}', 2, 49),  # just behind the text that does not end
    (f"[profiles.acme]\napi_key = {KEY}", 2, 11),
    (f'api_key = "{KEY}"\napi_key = "{KEY}"', 2, 50),
    (f'a = 1\n[b]\nc = """\n{KEY}', 4, 38),
    ("a = 1\n\n= 2", 3, 1),
])
def test_broken_toml_is_said_with_line_and_column_and_nothing_of_the_line(
    write: Write, say: Say, language: str, text: str, line: int, column: int
) -> None:
    path = write(text)
    error = refused(path)
    [sentence] = say(language, error.reasons)
    assert str(path) in sentence
    assert (error.reasons[0].params["line"], error.reasons[0].params["column"]) == (line, column)
    assert "TOML" in sentence
    assert KEY not in sentence


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a = " + "9" * 10_000, "a" + ".a" * 20_000 + " = 1",
                                  "[a" + ".a" * 20_000 + "]", "a = " + "[" * 200 + "]" * 200])
def test_toml_that_the_reader_itself_gives_up_on_is_broken_too(write: Write, text: str) -> None:
    assert [reason.code.split(".")[1] for reason in refused(write(text)).reasons] == ["broken"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("data", "code", "line"), [
    (b"# g\xfcnl\xfck\n", "config.not_utf8", 1),
    ("language = 'tr'\n".encode("utf-16"), "config.not_utf8", 1),
    (b"a = 1\nb = '\xff'\n", "config.not_utf8", 2),
    (b"#" * 1_000_001, "config.too_large", None),
])
def test_a_file_that_is_no_text_is_said_to_be_none(
    tmp_path: Path, say: Say, language: str, data: bytes, code: str, line: int | None
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(data)
    error = refused(path)
    assert [reason.code for reason in error.reasons] == [code]
    assert error.reasons[0].params.get("line") == line
    [sentence] = say(language, error.reasons)
    assert str(path) in sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_folder_is_said_to_be_one(tmp_path: Path, say: Say, language: str) -> None:
    error = refused(tmp_path)
    assert [reason.code for reason in error.reasons] == ["config.is_folder"]
    assert str(tmp_path) in say(language, error.reasons)[0]


@pytest.mark.parametrize(("error", "code"), [
    (PermissionError(13, "no"), "config.forbidden"),
    (OSError(5, "I/O"), "config.unreadable"),
])
def test_a_file_that_cannot_be_read_is_said_to_be_so(
    write: Write, monkeypatch: pytest.MonkeyPatch, error: OSError, code: str
) -> None:
    path = write("")

    def fails(*_args: object, **_options: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", fails)
    assert [reason.code for reason in refused(path).reasons] == [code]


def test_a_number_of_thousands_of_digits_in_another_base_is_a_wrong_value(write: Write) -> None:
    error = refused(write("[receiver]\nsilence_minutes = 0x" + "f" * 6000))
    assert [reason.code for reason in error.reasons] == ["config.bad_minutes"]


def test_a_configuration_without_an_end_is_read_no_further_than_one_can_be_long() -> None:
    assert [reason.code for reason in refused(Path("/dev/zero")).reasons] == ["config.too_large"]
    assert loaded(Path("/dev/null")).profiles == {}


def test_a_path_through_a_file_cannot_be_read(write: Write) -> None:
    assert [reason.code for reason in refused(write("") / "config.toml").reasons] == ["config.unreadable"]


def test_a_pipe_that_says_nothing_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "read_bounded", partial(bounded_read.read_bounded, seconds=0.05))
    path = tmp_path / "config.toml"
    os.mkfifo(path)
    writing = os.open(path, os.O_RDWR)
    os.write(writing, b'language = "tr"')
    assert [reason.code for reason in refused(path).reasons] == ["config.silent"]
    os.close(writing)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_path_from_the_home_of_nobody_is_said_to_lead_nowhere(say: Say, language: str) -> None:
    with pytest.raises(ConfigError) as error:
        config_path(Path("~no-such-user-here/c.toml"), {})
    assert [reason.code for reason in error.value.reasons] == ["config.no_such_user"]
    assert "~no-such-user-here" in say(language, error.value.reasons)[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_relative_path_in_a_folder_that_is_gone_is_said_to_lead_nowhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, say: Say, language: str
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(ConfigError) as error:
        config_path(Path("c.toml"), {})
    assert [reason.code for reason in error.value.reasons] == ["config.no_working_folder"]
    assert "c.toml" in say(language, error.value.reasons)[0]


def test_without_a_home_a_place_has_to_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write) -> None:
    monkeypatch.setattr(folders, "own", lambda _kind: None)
    with pytest.raises(ConfigError) as error:
        config_path(None, {})
    assert [reason.code for reason in error.value.reasons] == ["config.no_home"]
    assert [reason.code for reason in refused(write("")).reasons] == ["config.no_data_folder"]
    named = loaded(write(f'[database]\nurl = "sqlite:///{tmp_path}/x.db"')).database
    assert named.location == tmp_path / "x.db"


# The environment, and which profile it is.

def test_the_environments_key_makes_a_profile_where_there_is_none(tmp_path: Path) -> None:
    config = loaded(tmp_path / "none.toml", SANTRAL_API_KEY=KEY)
    profile = config.choose()
    assert (profile.name, profile.api_key, profile.key_from_environment) == ("default", Secret(KEY), True)
    assert profile.base_url == "https://api.bulutsantralim.com"


def test_the_environments_key_wins_over_the_file_for_the_chosen_profile(write: Write) -> None:
    path = write(f'[profiles.a]\napi_key = "{KEY}"\nread_only = true\n[profiles.b]\napi_key = "{ODD_KEY}"')
    config = loaded(path, SANTRAL_API_KEY="another-key-1")
    chosen = config.choose("a")
    assert (chosen.api_key, chosen.read_only, chosen.key_from_environment) == (Secret("another-key-1"), True, True)
    assert config.profiles["a"].api_key == Secret(KEY)
    assert set(config.secrets) == {Secret(KEY), Secret(ODD_KEY), Secret("another-key-1")}
    plain = loaded(path, SANTRAL_API_KEY="").choose("a")
    assert (plain.api_key, plain.key_from_environment) == (Secret(KEY), False)


@pytest.mark.parametrize("key", ["short", "with space in it", "ünïcode-key-1234", "x" * 101, "line\nend-12345"])
def test_a_key_in_the_environment_that_is_none_is_refused_and_not_said(
    write: Write, say: Say, key: str
) -> None:
    error = refused(write(""), {"SANTRAL_API_KEY": key})
    for language in LANGUAGES:
        [sentence] = say(language, error.reasons)
        assert "$SANTRAL_API_KEY" in sentence
        assert key not in sentence


THREE = "[profiles.a]\n[profiles.b]\n[profiles.c]\n"


@pytest.mark.parametrize(("text", "name", "environ", "last", "chosen"), [
    ('profile = "c"\n' + THREE, "a", "b", "b", "a"),
    ('profile = "c"\n' + THREE, None, "b", "a", "b"),
    ('profile = "c"\n' + THREE, None, "", "a", "c"),
    (THREE, None, "", "a", "a"),
    ("[profiles.a]", None, "", "gone", "a"),
])
def test_which_profile_it_is(
    write: Write, text: str, name: str | None, environ: str, last: str | None, chosen: str
) -> None:
    assert loaded(write(text), SANTRAL_PROFILE=environ).choose(name, last=last).name == chosen


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("text", "name", "environ", "named"), [
    ("[profiles.acme]", "acne", "", ["--profile", "“acne”", "“acme”"]),
    ("[profiles.acme]", None, "ACNE", ["$SANTRAL_PROFILE", "“ACNE”", "“acme”"]),
    (THREE, "zzzz", "", ["--profile", "“zzzz”", "a, b, c"]),
    (THREE, "", "", ["--profile", "“”", "a, b, c"]),
    (THREE, None, "", ["--profile", "a, b, c"]),
    ("", None, "", ["$SANTRAL_API_KEY"]),
])
def test_a_profile_that_is_not_there_or_not_clear_is_never_guessed(
    write: Write, say: Say, language: str, text: str, name: str | None, environ: str, named: list[str]
) -> None:
    path = write(text)
    config = loaded(path, SANTRAL_PROFILE=environ)
    with pytest.raises(ConfigError) as caught:
        config.choose(name)
    [sentence] = say(language, caught.value.reasons)
    assert str(path) in sentence
    for part in named:
        assert part in sentence


# Who else can read it.

@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o660])
def test_a_file_with_a_key_that_others_can_open_is_warned_of(write: Write, say: Say, language: str, mode: int) -> None:
    path = write(f'[profiles.a]\napi_key = "{KEY}"')
    path.chmod(mode)
    [sentence] = say(language, loaded(path).warnings)
    assert f'chmod 600 "{path}"' in sentence


@pytest.mark.parametrize(("text", "mode"), [("[profiles.a]", 0o644), (f'[profiles.a]\napi_key = "{KEY}"', 0o600)])
def test_a_file_without_a_key_or_closed_to_others_is_not(write: Write, text: str, mode: int) -> None:
    path = write(text)
    path.chmod(mode)
    assert loaded(path).warnings == ()


# Keys are not said.

LEAKS = [
    '[profiles.a]\napi_key = "{key}"\nlisten = 1',
    '[profiles.a]\napi_key = "{key} with spaces"',
    '[profiles.a]\napi_key = ["{key}"]',
    '[profiles.a]\napi_key = {{ x = "{key}" }}',
    '[profiles.a]\napi_key = "{key}"\ncaller_id = "{key}"\nbase_url = "https://x.example/{key}"\ncolour = "{key}"',
    '[profiles.a]\napikey = "{key}"',
    'api_key = "{key}"\nprofile = "{key}"\ntheme = ["{key}"]',
    '[profiles]\na = "{key}"',
    'profiles = "{key}"',
    '[profiles.a]\napi_key = "{key}"\n[receiver]\npublic_url = "ftp://{key}/"\nlisten = "{key}"',
    '[profiles.a]\napi_key = "{key}"\n[database]\nurl = "{key}"\n[keys]\nx = "{key},"',
    '[profiles.a]\napi_key = "{key}"\n"{key}" = 1',
    '[profiles.a]\napi_key = "{key}',
    "[profiles.a]\napi_key = {key}",
    '[profiles.a]\napi_key = "{key}"\napi_key = "{key}"',
    '[profiles.a]\napi_key = "{key}"\n= ',
    '[profiles.a]\nbase_url = "https://user:{key}@api.example.com"',
]


@pytest.mark.parametrize("key", [KEY, ODD_KEY])
@pytest.mark.parametrize("text", LEAKS)
def test_no_error_holds_a_key(write: Write, say: Say, text: str, key: str) -> None:
    error = refused(write(text.format(key=key)), key_ids=["y"])
    said = [*say("tr", error.reasons), *say("en", error.reasons), str(error), repr(error), repr(error.reasons)]
    for part in (key, key[:-4], key[4:]):
        assert not [text for text in said if part in text]
    assert (error.__cause__, error.__context__) == (None, None)


def test_a_key_that_is_too_short_to_be_one_is_not_said_either(write: Write) -> None:
    error = refused(write("[profiles.a]\napi_key = 'qz7!xw'"))
    assert "qz7" not in repr(error.reasons)


def test_no_configuration_shows_its_keys(write: Write) -> None:
    config = loaded(write(f'[profiles.a]\napi_key = "{KEY}"'), SANTRAL_API_KEY=ODD_KEY)
    for text in (repr(config), str(config), repr(config.choose()), f"{config.profiles}"):
        assert KEY not in text
        assert ODD_KEY not in text


# The example.

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


def test_the_example_is_made_of_the_settings() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == example(), "run: python -m tui.config.example > config.example.toml"


def test_the_example_is_right(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(EXAMPLE.read_bytes())
    path.chmod(0o600)
    config = loaded(path)
    assert config.choose().api_key == Secret(KEY)
    assert config.warnings == ()


def _without_marks(text: str) -> str:
    """The example with every setting in force."""
    lines = []
    for line in text.splitlines():
        setting = line.removeprefix("# ")
        name = setting.split(" = ")[0]
        lines.append(setting if " = " in setting and " " not in name else line)
    return "\n".join(lines)


def test_the_example_holds_every_setting_and_all_of_them_are_right(tmp_path: Path) -> None:
    import tomllib

    text = _without_marks(EXAMPLE.read_text(encoding="utf-8"))
    document = tomllib.loads(text)
    for table in TABLES:
        content = document
        for part in table:
            content = content["acme" if part == "*" else part]
        assert sorted(content) == sorted(names_in(table))
    assert document["keys"]
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    shown = loaded(path)
    # What the example says holds where a setting is left out is what holds.
    plain = loaded(EXAMPLE).choose()
    example = shown.choose()
    assert (example.base_url, example.confirm_above, example.read_only) == (
        plain.base_url, plain.confirm_above, plain.read_only)
    assert (shown.theme, shown.receiver.listen) == ("santral-dark", ("127.0.0.1", 8787))


def test_both_languages_have_the_same_texts_with_the_same_placeholders() -> None:
    import string

    from tui.i18n.catalogs.en.config import TEXTS as ENGLISH
    from tui.i18n.catalogs.tr.config import TEXTS as TURKISH

    def names(text: object) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(str(text)) if name}

    assert {key: names(text) for key, text in ENGLISH.items()} == {key: names(text) for key, text in TURKISH.items()}


def test_reading_the_configuration_starts_fast() -> None:
    code = ("import sys, tui.config, tui.config.ui_state\n"
            "tui.config.load(None, {'SANTRAL_CONFIG': sys.argv[1]})\n"
            "print(*sorted({'textual', 'httpx', 'filelock', 'tomli_w', 'asyncio', 'difflib'} & sys.modules.keys()))")
    done = subprocess.run([sys.executable, "-c", code, os.devnull], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []


def test_the_file_is_not_touched_by_reading_it(write: Write) -> None:
    path = write(FULL)
    before = path.read_bytes()
    loaded(path)
    assert path.read_bytes() == before
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [entry.name for entry in path.parent.iterdir() if entry.is_file()] == ["config.toml"]
