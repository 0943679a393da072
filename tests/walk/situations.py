"""Where walks begin: what is in the store, which profiles there are, how large the terminal is."""

from __future__ import annotations

import datetime as dt
import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import httpx

from tests.walk.provider import ProviderDouble
from tests.walk.timeless import InlineThread, TimelessLoop
from tui.bootstrap import Session, sort_text
from tui.campaign.call_limit import CallLimit
from tui.campaign.consent import ConsentStatus, RecipientType, weight_of
from tui.campaign.lifecycle import Action, AskedBy, Created, Outcome, Rejected, Unconfirmed
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.config import Config, DatabaseSetting, Profile
from tui.config.ui_state import UiState
from tui.core.reason import Reason
from tui.core.secret import Redactor, Secret
from tui.i18n.words import folded
from tui.operations.phone_list import validated
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.store import Delivery, Store
from tui.store.consents import ImportNotes

NOW: Final = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)  # noon in Istanbul, a Wednesday
KEY: Final = "K98765432-1234-5678-4321-123456789012"
KINDS: Final = ("filled", "filled", "filled", "limited", "limited", "no consents", "empty", "first run", "read only",
                "two profiles")
SIZES: Final = ((80, 24), (120, 36), (200, 50))
# Words of neither language, so that what stands in the other language is the program's own.
_IVR: Final = {
    "call_type": "ivr", "name": "Zubrok", "active_days": "1,2,3,4,5,6,7", "cli": "902129630131",
    "welcome_announcement_id": "128", "digit_target_1": "announcement/421",
}
_MENU: Final = _IVR | {
    "name": "Vlim [/x]", "digit_target_0": "announcement/421", "digit_target_2": "user/1001",
    "digit_target_8": "queue/201", "digit_target_3": "group/700", "digit_target_9": "tts/tr-TR/Qorf",
    "digit_target_star": "restart",
    "digit_target_4": "queue:201", "digit_retries": "1", "opt_out_key": "9", "timeout_target": "restart",
    "recording_enabled": "true",
}
_LONG: Final = _IVR | {"name": "Qost"}
_QUEUE: Final = {
    "call_type": "queue", "name": "Kvok", "cli": "902129630131", "active_days": "1,2,3", "queue_number": "201",
    "time_range_begin": "10:00", "time_range_end": "9:00", "max_thread_count": "10",
}
_COMMERCIAL: Final = _QUEUE | {
    "name": "Frund", "active_days": "1,2,3,4,5,6,7", "time_range_begin": "", "time_range_end": "",
    "thread_multiplier": "1", "call_retries": "0", "is_commercial": "true", "iys_recipient_type": "BIREYSEL",
    "iys_brand_code": "600123",
}
CONSENTS: Final = "zub.csv"  # in the folder of a walk
_REFUSES: Final = 7  # of each so many one has refused, and the register does not know the next
DO_NOT_CALL: Final = ("905321230002", "905321230007", "905321234568")  # also among those that a hand pastes
_REFERENCES: Final = ("", "Zorb Vlax", "[b]Gnop[/b]\x1b[31m\u202eqat", "", "=1+1", "V" * 300)
_HEARD: Final = ("Cevaplandı", "Cevapsız", "Meşgul", "Hatalı Numara", "Cevaplandı")


@dataclass(frozen=True)
class Start:
    """Where a walk begins. `seed` draws how long the disk takes and what the provider answers."""

    kind: str = "filled"
    language: str = "en"
    size: tuple[int, int] = (80, 24)
    seed: int = 0


def fill(store: Store) -> None:
    """A campaign in every state, one with a whole menu, one with many numbers and results, one that has none."""
    # Two that are twins, and one that may be launched as it is, with some who must not be called.
    # Between them and the others a commercial one, with some whom other campaigns call.
    for values, count in ((_LONG, 30), (_IVR, 1), (_IVR, 1), (_COMMERCIAL, 30), (_MENU, 3), (_QUEUE, 40), ({}, 0)):
        made = store.drafts.create("acme", values)
        phones = [f"0532123{place:04}" for place in range(count)]
        if values is _COMMERCIAL:
            phones += [f"0533123{place:04}" for place in range(5)]
        bad = ["532", "5,32124E+09", "+4930123456"] if count > 1 and values not in (_LONG, _COMMERCIAL) else []
        store.numbers.add(made, validated(
            Number(phone, reference=_REFERENCES[place % len(_REFERENCES)])
            for place, phone in enumerate([*phones, *bad])))
    store.do_not_call.add("acme", DO_NOT_CALL)
    why = Reason("provider.unconfirmed.timeout")
    outcomes: tuple[Outcome, ...] = Rejected(why), Unconfirmed(why)
    for place, outcome in enumerate(outcomes):
        store.ledger.resolve(_launch(store, f"Gruk {place}", 2), outcome)
    for place, action in enumerate((Action.ON, Action.ON, Action.OFF, Action.DELETE)):
        store.ledger.resolve(_launch(store, f"Plon {place}", 30), Created(20_000 + place))
        newest = max(store.campaigns.ids("acme"))
        store.switches.done(store.switches.begin(newest, action, AskedBy.APP))
        hear(store, newest, place + 3)


def known_consents() -> dict[str, str]:
    """What the register says of numbers of the lists."""
    said = {place: ("RET" if place % _REFUSES == 1 else "ONAY") for place in range(40) if place % _REFUSES != 2}
    return {f"{first}{place:04}": status for first in ("90532123", "90533123") for place, status in said.items()}


def agree(store: Store) -> None:
    """They were imported from a file that has got old."""
    given = {phone: weight_of(ConsentStatus(status), None) for phone, status in known_consents().items()}
    store.consents.keep("acme", {(RecipientType.CONSUMER, ""): given}, path=CONSENTS, stamp_="", named={},
                        file_at=NOW - dt.timedelta(days=10), notes=ImportNotes())


def _write_consents(folder: Path) -> Path:
    path = folder / CONSENTS
    path.write_text("\n".join(["Alıcı;İzin Türü;Durum;Alıcı Türü;İzin Tarihi", *(
        f"{phone};ARAMA;{status};BIREYSEL;" for phone, status in known_consents().items())]), encoding="utf-8")
    return path


def _launch(store: Store, name: str, count: int) -> int:
    made = store.drafts.create("acme", _MENU | {"name": name, "digit_target_4": ""})
    store.numbers.add(made, validated(Number(f"0533123{place:04}", reference=_REFERENCES[place % len(_REFERENCES)])
                                      for place in range(count)))
    return store.ledger.begin(made, revision=store.campaigns.get(made).revision, token=f"t{made}", body_hash="h",
                              numbers=count, asked_by=AskedBy.APP)


def hear(store: Store, campaign: int, count: int, first: int = 1) -> None:
    """Results of a campaign come in; `first` is the number of the first of them."""
    deliveries = []
    for place in range(count):
        at = NOW - dt.timedelta(minutes=count - place)
        told = Notification(f"{campaign}/{first + place}", 20_000, "", str(place), f"90533123{place:04}",
                            "1" if place % 2 else "", _HEARD[place % len(_HEARD)], at,
                            call_uuid=f"u-{campaign}-{first + place}" if place % 3 else "")
        deliveries.append(Delivery(f"t{campaign}", at, told))
    store.deliveries.ingest(deliveries)


def open_store(path: Path, now: Callable[[], dt.datetime]) -> Store:
    return Store.open(path, fold=folded, sort_key=sort_text, now=now)


def make_template(folder: Path) -> Path:
    """A filled store, to be copied for each walk."""
    path = folder / "filled.db"
    store = open_store(path, lambda: NOW)
    fill(store)
    agree(store)
    store.close()
    return path


class _WalkOpened(Session):
    """Opens the store in the walk's own time."""

    loop: TimelessLoop
    connect_to: Callable[[Profile], Provider]

    def use_profile(self, profile: Profile) -> Services:
        loop, begun = self.loop, self.loop.time()

        def now() -> dt.datetime:
            return NOW + dt.timedelta(seconds=loop.time() - begun)

        tokens = itertools.count(1)
        assert isinstance(self.config.database.location, Path)
        store = open_store(self.config.database.location, now)
        store.ledger.recover()
        self.services = Services(store, InlineThread(loop), profile, self.connect_to, self.asked_by,
                                 tuple(self.config.profiles), now=now, new_token=lambda: f"token{next(tokens)}")
        return self.services


def session_for(start: Start, folder: Path, template: Path, loop: TimelessLoop, double: ProviderDouble) -> Session:
    """What the app begins with, all of it in `folder`."""
    path = folder / "santral.db"
    if start.kind not in ("empty", "first run"):
        shutil.copy(template, path)
        if start.kind == "no consents":
            store = open_store(path, lambda: NOW)
            store.consents.forget("acme")
            store.close()
    names = [] if start.kind == "first run" else ["acme", "bolt"] if start.kind == "two profiles" else ["acme"]
    limited, consents = start.kind == "limited", _write_consents(folder)
    profiles = {name: Profile(name, Secret(KEY), base_url="http://127.0.0.1:1", caller_id="902129630131",
                              confirm_above=20, test_number="905321234567", read_only=start.kind == "read only",
                              most_calls=CallLimit(2, 7) if limited else None, quiet_days=2 if limited else 0,
                              iys_file={"limited": consents, "no consents": folder / "qost.csv"}.get(start.kind))
                for name in names}
    config = Config(path=folder / "config.toml", language=start.language, profiles=profiles,
                    database=DatabaseSetting(path, f"sqlite:///{path}"))
    if names:
        _write(config)
    session = _WalkOpened(config, UiState(), folder / "santral.log", Redactor(config.secrets), AskedBy.APP, {},
                         state_file=folder / "state.json")
    session.loop = loop
    session.connect_to = lambda profile: connect(profile, double, session.waits.notify)
    if profiles:
        session.use_profile(profiles["acme"])
    return session


def _write(config: Config) -> None:
    lines = [f'language = "{config.language}"']
    for profile in config.profiles.values():
        lines += [f"[profiles.{profile.name}]", f'api_key = "{KEY}"', f'base_url = "{profile.base_url}"',
                  f'caller_id = "{profile.caller_id}"', f"read_only = {str(profile.read_only).lower()}"]
    config.path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    config.path.chmod(0o600)


def connect(profile: Profile, double: ProviderDouble, on_wait: Any = None) -> Provider:  # noqa: ANN401 - as the app has it
    assert profile.api_key is not None
    return Provider(profile.base_url, profile.api_key, transport=httpx.MockTransport(double.of(profile.name)),
                    on_wait=on_wait, jitter=lambda: 0.5)
