"""`santral campaign adopt|not-created`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tests.conftest import write_config
from tui.sandbox.server import Sandbox


@pytest.mark.parametrize("arguments", [("adopt", "112"), ("adopt", "112", "--as", "REF"), ("not-created", "REF")])
def test_nor_does_it_take_in_or_settle_a_campaign(
    santral: Santral, on: str, home: Path, sandbox: Sandbox, arguments: tuple[str, ...]
) -> None:
    write_config(home, sandbox.address, profile_more="read_only = true")
    before = santral("campaign", "list", "--json").document
    ran = santral("campaign", *(on if argument == "REF" else argument for argument in arguments))
    assert (ran.status, len(ran.said)) == (1, 1)
    assert "read-only" in ran.said[0]
    assert santral("campaign", "list", "--json").document == before


@pytest.mark.parametrize(("arguments", "name", "state"), [
    ((), "Campaign 112", "unknown"),
    (("--name", "Kasım daveti"), "Kasım daveti", "unknown"),
    (("--off",), "Campaign 112", "unknown"),
])
def test_a_campaign_made_elsewhere_is_taken_in_without_a_request(
    santral: Santral, config_file: Path, sandbox: Sandbox, arguments: tuple[str, ...], name: str, state: str
) -> None:
    ran = santral("campaign", "adopt", "112", *arguments, "--json")
    assert ran.status == 0
    assert (ran.document["id"], ran.document["name"], ran.document["state"]) == (112, name, state)
    assert ran.document["adopted"] is True
    again = santral("campaign", "adopt", "112")
    assert (again.status, len(again.said)) == (1, 1)
    assert sandbox.requests == []


@pytest.mark.parametrize("name", ["", " ", "a\udcff"])
def test_what_is_no_name_is_wrong_usage(santral: Santral, name: str) -> None:
    ran = santral("campaign", "adopt", "112", f"--name={name}")
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


@pytest.mark.parametrize("text", ["0", "x", "", "-1", "2.5", "d7", "1" * 19])
def test_what_is_no_id_is_not_taken_in(santral: Santral, text: str) -> None:
    ran = santral("campaign", "adopt", "--", text)
    assert (ran.status, ran.out, len(ran.said)) == (2, "", 1)


def test_an_id_settles_only_what_is_unconfirmed(santral: Santral, on: str) -> None:
    ran = santral("campaign", "adopt", "112", "--as", on)
    assert (ran.status, len(ran.said)) == (1, 1)
    assert santral("campaign", "adopt", "112", "--as", on, "--name", "x").status == 2
