"""Campaigns on which the commands are tried."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Santral
from tui import bootstrap
from tui.sandbox.server import Sandbox
from tui.store import Store

NOBODY = "http://127.0.0.1:9"  # for commands that send nothing


@pytest.fixture
def on(santral: Santral, config_file: Path, campaign_file: Path, sandbox: Sandbox) -> str:
    """A campaign that is on: its ID. What was sent for it is forgotten."""
    ran = santral("campaign", "create", campaign_file, "--yes")
    sandbox.requests.clear()
    return ran.out.strip()


def state_of(santral: Santral, ref: str) -> str:
    return str(santral("campaign", "show", ref, "--json").document["state"])


def a_draft(home: Path, profile: str = "acme", **fields: str) -> str:
    """A draft that the app might have made: its reference."""
    store = Store.open(home / "data" / "santral" / "santral.db", fold=str, sort_key=bootstrap.sort_text)
    number = store.drafts.create(profile, {"name": "Taslak", "call_type": "ivr", **fields})
    store.close()
    return f"d{number}"
