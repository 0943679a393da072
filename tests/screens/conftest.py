"""The app on a real store, and a provider whose answers the test gives: a request that it does not expect fails it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tui.app.app import SantralApp
from tui.bootstrap import Session, sort_text
from tui.campaign.lifecycle import AskedBy, Created
from tui.campaign.phone_list import Number
from tui.campaign.results import Notification
from tui.config import Config, DatabaseSetting, Profile
from tui.config.keymap import first_key
from tui.config.ui_state import UiState
from tui.core.secret import Redactor, Secret
from tui.i18n import words
from tui.i18n.words import folded
from tui.operations.phone_list import validated
from tui.operations.services import Services
from tui.provider.client import Provider
from tui.screens.routes import ScreenRoutes
from tui.store import Delivery, Store, StoreThread

KEY = "K98765432-1234-5678-4321-123456789012"
NOW = dt.datetime(2026, 11, 25, 9, 0, tzinfo=dt.UTC)  # noon in Istanbul, a Wednesday
READY = {
    "call_type": "ivr", "name": "Memnuniyet anketi", "active_days": "1,2,3,4,5,6,7", "cli": "902129630131",
    "welcome_announcement_id": "128", "digit_target_1": "announcement/421",
}

ACCOUNT: dict[str, object] = {
    "/announcements": [{"id": 128, "name": "Hoş geldiniz"}, {"id": 421, "name": "Teşekkürler"},
                       {"id": 428, "name": "Kampanya koşulları"}],
    "/queues": [{"number": 200, "name": "Satış"}, {"number": 201, "name": "Müşteri hizmetleri"}],
    "/user_statuses": [{"user": 1000, "status": "AVAILABLE"}, {"user": 1001, "status": "TALKING"},
                       {"user": 1003, "status": "UNREGISTERED"}],
    "/agent_statuses": [{"agent": "1000", "status": "AVAILABLE", "queues": ["201"]},
                        {"agent": "1001", "status": "ON_BREAK", "queues": ["201"]}],
}

Answer = Callable[[httpx.Request], httpx.Response]


def blocked(*numbers: str) -> httpx.Response:
    """The provider's list of those that the account does not call."""
    rows = [{"id": place, "number": number, "direction": "outbound"} for place, number in enumerate(numbers, start=1)]
    return httpx.Response(200, json={"blocked_numbers": rows, "pagination": {
        "page": 1, "total_count": len(rows), "total_pages": 1, "limit": 100}})


def on_the_wire(response: httpx.Response) -> httpx.Response:
    """A response whose body is still to be read, as one that comes from a connection."""
    if not isinstance(response.stream, httpx.ByteStream):
        return response  # its body comes when the test lets it come
    return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(response.content))


class Beside(httpx.AsyncBaseTransport):
    """What is looked up is answered by the world, at once; all else is left to a transport that takes its time."""

    def __init__(self, world: World, transport: httpx.AsyncBaseTransport) -> None:
        self.world = world
        self.transport = transport

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "GET":
            return self.world.answer(request)
        return await self.transport.handle_async_request(request)


@dataclass
class World:
    """What a test holds in its hands."""

    app: SantralApp
    store: Store
    thread: StoreThread = field(default_factory=StoreThread)  # in which the app asks the store
    requests: list[httpx.Request] = field(default_factory=list)
    answers: list[Answer | httpx.Response | Exception] = field(default_factory=list)
    # Path → the answer, always. Review asks whom the provider has blocked.
    lookups: dict[str, Answer | httpx.Response | Exception] = field(
        default_factory=lambda: {"/blocked_numbers": blocked()})
    notified: int = 0
    looked: list[str] = field(default_factory=list)  # the paths that were looked up

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = urlsplit(str(request.url)).path
        if request.method == "GET" and path in self.lookups:
            self.looked.append(path)
            return self._give(self.lookups[path], request)
        self.requests.append(request)
        assert self.answers, f"nobody expected {request.method} {path}"
        return self._give(self.answers.pop(0), request)

    @staticmethod
    def _give(given: Answer | httpx.Response | Exception, request: httpx.Request) -> httpx.Response:
        if isinstance(given, Exception):
            raise given
        return on_the_wire(given if isinstance(given, httpx.Response) else given(request))

    @property
    def sent(self) -> list[tuple[str, str, bytes]]:
        """What was asked of the provider: method, path and body of each request."""
        return [(request.method, request.url.path, request.content) for request in self.requests]

    def tell_waits(self) -> None:
        """What a call waits for is told in the title, as where the program is started by its command."""
        connect = self.app.services.connect

        def told(profile: Profile) -> Provider:
            provider = connect(profile)
            provider._waits._on_wait = self.app._begin_wait
            return provider

        self.app.services.connect = told

    def heard(self, campaign: int, *news: tuple[str, str, str]) -> None:
        """Notifications of a launched campaign came in: phone, status, digit; one a minute, the newest last."""
        deliveries = []
        for place, (phone, status, digit) in enumerate(news):
            self.notified += 1
            at = NOW - dt.timedelta(minutes=len(news) - place)
            told = Notification(str(self.notified), 20212, "", str(place), phone, digit, status, at)
            deliveries.append(Delivery(f"t{campaign}", at, told))
        self.store.deliveries.ingest(deliveries)

    def has_account(self) -> None:
        """The provider answers look-ups."""
        self.lookups |= {path: httpx.Response(200, json=value) for path, value in ACCOUNT.items()}

    @property
    def screen_text(self) -> str:
        """What is painted now, as text."""
        strips = self.app.screen._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)

    def draft(self, values: dict[str, str] | None = None, phones: tuple[str | Number, ...] = ("05321234567",)) -> int:
        """A draft in the store; ready to launch unless `values` say otherwise."""
        made = self.store.drafts.create("acme", values or READY)
        if phones:
            self.store.numbers.add(made, validated(
                phone if isinstance(phone, Number) else Number(phone) for phone in phones))
        return made

    def launched(self, name: str = "Memnuniyet anketi", provider_id: int = 20212,
                 phones: tuple[str | Number, ...] = ("05321234567",), values: dict[str, str] | None = None) -> int:
        """A campaign that is on."""
        made = self.draft((values or READY) | {"name": name}, phones)
        revision = self.store.campaigns.get(made).revision
        entry = self.store.ledger.begin(made, revision=revision, token=f"t{made}", body_hash="h", numbers=1,
                                        asked_by=AskedBy.APP)
        self.store.ledger.resolve(entry, Created(provider_id))
        return made


@pytest.fixture(params=["en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def profile() -> Profile:
    return Profile("acme", Secret(KEY), base_url="http://127.0.0.1:1", caller_id="902129630131")


@pytest.fixture
def world(tmp_path: Path, language: str, profile: Profile) -> Iterator[World]:
    words.use(language)
    path = tmp_path / "santral.db"
    store = Store.open(path, fold=folded, sort_key=sort_text, now=lambda: NOW)
    config = Config(path=tmp_path / "config.toml", database=DatabaseSetting(path, f"sqlite:///{path}"),
                    language=language, profiles={"acme": profile})
    session = Session(config, UiState(), tmp_path / "santral.log", Redactor(config.secrets), AskedBy.APP, {},
                    state_file=tmp_path / "state.json")
    made: list[World] = []

    def connect(wanted: Profile) -> Provider:
        assert wanted.api_key is not None
        return Provider(wanted.base_url, wanted.api_key, transport=httpx.MockTransport(made[0].answer))

    thread = StoreThread()
    session.services = Services(store, thread, profile, connect, AskedBy.APP, now=lambda: NOW)
    made.append(World(SantralApp(session, ScreenRoutes()), store, thread))
    made[0].app.held_seconds = 0.0  # a test types faster than people do: a key that comes twice was pressed twice
    yield made[0]
    session.close()
    words.name_keys(first_key)
    words.use("en")
