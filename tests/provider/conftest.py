from __future__ import annotations

import logging

import pytest


@pytest.fixture(autouse=True)
def no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxies of whoever runs the tests are theirs."""
    for name in ("http", "https", "all", "no"):
        monkeypatch.delenv(f"{name}_proxy", raising=False)
        monkeypatch.delenv(f"{name.upper()}_PROXY", raising=False)


@pytest.fixture(autouse=True)
def logs_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is logged is caught at the root; a command that ran in this process before has cut the way there."""
    for name in ("santral", "httpx", "httpcore", "asyncio"):
        monkeypatch.setattr(logging.getLogger(name), "propagate", True)
