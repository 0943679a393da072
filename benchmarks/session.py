"""The program's own rooms, opened in a process of a benchmark's, in whose home there is one profile."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tui.bootstrap import Session, Sources, choose_profile, open_config
from tui.campaign.lifecycle import AskedBy


@contextmanager
def session_for(asked_by: AskedBy) -> Iterator[Session]:
    opened = open_config(Sources(None, os.environ), asked_by)
    profile = choose_profile(opened, None)
    assert profile is not None  # noqa: S101 - the home has one
    opened.use_profile(profile)
    try:
        yield opened
    finally:
        opened.close()
