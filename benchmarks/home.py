"""A home of its own in which the program is started: a configuration on a sandbox, a store full of campaigns."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from tui.campaign.draft import NEW_DAYS, Number
from tui.opening import sort_text
from tui.operations.phone_list import judged
from tui.sandbox.server import DEFAULT_KEY, Sandbox
from tui.store import Store
from tui.words import folded

DRAFTS: Final = 200
NAME: Final = "Memnuniyet anketi"
FIRST_ROW: Final = f"{NAME} {DRAFTS}"  # the list begins with what was changed last
PROFILE: Final = "acme"
DRAFT: Final = {
    "call_type": "ivr", "cli": "902129630131", "active_days": NEW_DAYS, "time_range_begin": "09:00",
    "time_range_end": "18:00", "welcome_announcement_id": "128", "digit_target_1": "announcement/421",
    "digit_target_2": "queue/201", "digit_target_9": "restart", "timeout_target": "hangup/hangup",
    "digit_retries": "1", "call_retries": "2", "max_thread_count": "5",
}


def drafts(store: Store) -> None:
    for place in range(1, DRAFTS + 1):
        made = store.drafts.create(PROFILE, {**DRAFT, "name": f"{NAME} {place}"})
        store.numbers.add(made, judged([Number(f"0532{1000000 + place}")]))


@contextmanager
def filled_home(fill: Callable[[Store], None] = drafts) -> Iterator[Mapping[str, str]]:
    """The environment to start the program in; home and sandbox end with the context."""
    with tempfile.TemporaryDirectory(prefix="santral-bench-") as folder, Sandbox() as sandbox:
        home = Path(folder)
        config = home / "config" / "santral" / "config.toml"
        database = home / "santral.db"
        config.parent.mkdir(parents=True)
        config.touch(mode=0o600)
        config.write_text(f'language = "en"\n[profiles.{PROFILE}]\napi_key = "{DEFAULT_KEY}"\n'
                          f'base_url = "{sandbox.address}"\n[database]\nurl = "sqlite:///{database.as_posix()}"\n',
                          encoding="utf-8")
        with closing(opened_store(database)) as store:
            fill(store)
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH")}
        folders = {f"XDG_{kind.upper()}_HOME": str(home / kind) for kind in ("config", "data", "state", "cache")}
        yield kept | folders | {"HOME": folder, "LANG": "C.UTF-8", "SANTRAL_CONFIG": str(config)}


def opened_store(database: Path) -> Store:
    return Store.open(database, fold=folded, sort_key=sort_text)
