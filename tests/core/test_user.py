"""Who runs the program, as it is written down beside what they did."""

from __future__ import annotations

import getpass
import os
import pwd

import pytest

from tui.core.user import user_name


def test_it_is_the_systems_user_whatever_the_environment_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "somebody else")
    assert user_name() == pwd.getpwuid(os.geteuid()).pw_name


def test_a_user_without_a_name_is_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 64321)
    assert user_name() == "64321"


def test_where_the_system_has_no_such_users_it_is_the_environments(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows."""
    monkeypatch.delattr(os, "geteuid")
    monkeypatch.setattr(getpass, "getuser", lambda: "ayşe")
    assert user_name() == "ayşe"

    def unknown() -> str:
        raise OSError("no user")

    monkeypatch.setattr(getpass, "getuser", unknown)
    assert user_name() == ""
