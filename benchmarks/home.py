"""A home of its own in which the program is started: a configuration on a sandbox, a store full of campaigns."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from tui.bootstrap import sort_text
from tui.campaign.lifecycle import Action, AskedBy, Created, Unconfirmed
from tui.campaign.parsed_draft import NEW_DAYS
from tui.campaign.phone_list import Number
from tui.core.reason import Reason
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.operations.phone_list import validated
from tui.sandbox.server import DEFAULT_KEY, Sandbox
from tui.store import Store

DRAFTS: Final = 200
CAMPAIGNS: Final = 10_000
NAME: Final = "Memnuniyet anketi"
FIRST_ROW: Final = f"{NAME} {DRAFTS}"  # the list begins with what was changed last
PROFILE: Final = "acme"
DRAFT: Final = {
    "call_type": "ivr", "cli": "902129630131", "active_days": NEW_DAYS, "time_range_begin": "09:00",
    "time_range_end": "18:00", "welcome_announcement_id": "128", "digit_target_1": "announcement/421",
    "digit_target_2": "queue/201", "digit_target_9": "restart", "timeout_target": "hangup/hangup",
    "digit_retries": "1", "call_retries": "2", "max_thread_count": "5",
}
NEVER_OVER: Final = {"date_range_end": "2099-12-31"}  # else what is on would be finished from the evening on
QUEUE_DRAFT: Final = {
    "call_type": "queue", "cli": "902129630131", "active_days": NEW_DAYS, "time_range_begin": "10:00",
    "time_range_end": "17:00", "queue_number": "201", "call_retries": "1",
}


def drafts(store: Store) -> None:
    for place in range(1, DRAFTS + 1):
        made = store.drafts.create(PROFILE, {**DRAFT, "name": f"{NAME} {place}"})
        store.numbers.add(made, validated([Number(f"0532{1000000 + place}")]))


def crowd(store: Store, campaigns: int = CAMPAIGNS) -> None:
    """Campaigns of both types and of every state that a launch leads to, the one changed last a draft."""
    with store.apart() as apart:
        for place in range(1, campaigns + 1):
            name = f"{NAME} {campaigns + DRAFTS - place}"  # so that the last one has the name that is waited for
            fields = DRAFT if place % 3 else QUEUE_DRAFT
            made = apart.drafts.create(PROFILE, {**fields, **NEVER_OVER, "name": name})
            apart.numbers.add(made, validated([Number(f"0532{1000000 + place}")]))
            if place % 4 and place < campaigns:
                _launch(apart, made, place)


def _launch(store: Store, campaign: int, place: int) -> None:
    launch = store.ledger.begin(campaign, revision=store.campaigns.get(campaign).revision, token=f"token-{place}",
                                body_hash="", numbers=1, asked_by=AskedBy.APP)
    if place % 50 == 1:
        store.ledger.resolve(launch, Unconfirmed(Reason("provider.unconfirmed.timeout", {})))
        return
    store.ledger.resolve(launch, Created(20_000 + place))
    if place % 4 == 1:
        store.switches.done(store.switches.begin(campaign, Action.OFF, AskedBy.APP))


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


def opened_store(location: Path | Secret) -> Store:
    return Store.open(location, fold=folded, sort_key=sort_text)
