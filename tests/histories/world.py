"""What the programs of random histories share: provider, database and receiver; and what holds of every list."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from pathlib import Path
from typing import Final

from msgspec.structs import replace

from tests.histories.account import BEGIN, Account
from tests.histories.moves import PEOPLE
from tests.store.results import phone
from tests.store.support import Location
from tui.bootstrap import sort_text
from tui.campaign.call_limit import LimitRules
from tui.campaign.consent import ConsentStatus, RecipientType, consent_needed, weight_of
from tui.campaign.results import Notification, Ping
from tui.config import Profile
from tui.core.secret import Secret
from tui.i18n.words import folded
from tui.store import Delivery, Store
from tui.store.consents import ImportNotes

KEY: Final = "K98765432-1234-5678-4321-123456789012"
PHONES: Final = [phone(person) for person in range(PEOPLE)]
_NUMBERS = itertools.count(1)
_HEADER: Final = "Alıcı;İzin Türü;Durum;Alıcı Türü;İzin Tarihi"


class World:
    """A profile of its own in a database, and all that is around it. The receiver is a program of its own."""

    def __init__(self, place: Location, folder: Path, limits: LimitRules) -> None:
        self.place, self.folder = place, folder
        self.account = Account(limits)
        self.number = next(_NUMBERS)
        self.names, self.tokens = itertools.count(1), itertools.count(1)
        self.launched: list[int] = []
        self.lists: dict[int, Counter[str | None]] = {}  # of each draft, as it was made
        self.in_file = {"905000000000"}
        self.refused: set[str] = set()
        self._late: list[Delivery] = []
        self._answers: list[tuple[str, str]] = []  # the token of the campaign and who, as the store was told
        self._known: dict[int, int] = {}  # how many of them when a draft was made
        self.profile = Profile(
            f"acme{self.number}", Secret(KEY), base_url="http://127.0.0.1:1", most_calls=limits.most_calls,
            quiet_days=limits.quiet_days, do_not_call=folder / f"aranmaz{self.number}.csv")
        self._write_file()
        self.store = self.open()
        self._all_agree()
        # The provider pings the webhook of a new campaign.
        self.account.on_created = lambda token: self.tell(Delivery(token, self.account.now, Ping()), late=False)
        # A receiver was there from the beginning on.
        self.store.receivers.beat("r", address="here", started_at=BEGIN - dt.timedelta(days=1),
                                  received_last_minute=0, waiting=0)

    def _all_agree(self) -> None:
        given = {(RecipientType.CONSUMER, ""): dict.fromkeys(PHONES, weight_of(ConsentStatus.GIVEN, None))}
        self.store.consents.keep(self.profile.name, given, path="izinler.csv", stamp_="", named={}, file_at=BEGIN,
                                 notes=ImportNotes())

    def open(self) -> Store:
        return Store.open(self.place, fold=folded, sort_key=sort_text, now=lambda: self.account.now)

    def put_in_file(self, number: str) -> None:
        self.in_file.add(number)
        self._write_file()

    def _write_file(self) -> None:
        assert self.profile.do_not_call is not None
        self.profile.do_not_call.write_text("\n".join(["Telefon", *sorted(self.in_file)]), encoding="utf-8")

    def consents(self) -> Path:
        """A file of the register: all agree but those who refused."""
        path = self.folder / f"izinler{self.number}.csv"
        path.write_text("\n".join([_HEADER, *(
            f"{number};ARAMA;{'RET' if number in self.refused else 'ONAY'};BIREYSEL;" for number in PHONES)]),
            encoding="utf-8")
        return path

    def said_no(self, draft: int) -> set[str]:
        """Whom a campaign must not call, as the store has it now."""
        name = self.profile.name
        listed = self.store.do_not_call.among(name, PHONES)
        needed = consent_needed(self.store.campaigns.get(draft).draft)
        if needed is None:
            return listed
        standings = self.store.consents.standings(name, needed, PHONES)
        return listed | {number for number in PHONES if standings.get(number) is not ConsentStatus.GIVEN}

    def formers(self, draft: int) -> list[int]:
        """By the provider's IDs, the last first."""
        found = [self.store.campaigns.get(former).provider_id for former in self.store.successions.formers(draft)]
        return [id_ for id_ in found if id_ is not None]

    def answered_since(self, draft: int) -> set[str]:
        """Who has answered a campaign that a draft was made of, at whatever remove, since it was made."""
        above, campaign = set[str](), self.store.campaigns.get(draft)
        while campaign.follows is not None:
            campaign = self.store.campaigns.get(campaign.follows)
            if campaign.provider_id is not None:
                above.add(self.account.campaigns[campaign.provider_id].token)
        return {number for token, number in self._answers[self._known.get(draft, 0):] if token in above}

    def tell(self, news: Delivery, *, late: bool) -> None:
        """What comes late comes before another moment passes."""
        if late:
            self._late.append(news)
        else:
            self._ingest([news])

    def _ingest(self, news: list[Delivery]) -> None:
        self.store.deliveries.ingest(news)
        self._answers += [(each.token, each.what.phone) for each in news
                          if isinstance(each.what, Notification) and each.what.answered]

    def passes(self, time: dt.timedelta) -> None:
        with self.account.lock:
            late, self._late = self._late, []
            if late:
                self.account.now += dt.timedelta(seconds=1)
                self._ingest([replace(news, received_at=self.account.now) for news in late])
            self.account.now += time
            self.store.receivers.beat("r", address="here", started_at=BEGIN - dt.timedelta(days=1),
                                      received_last_minute=0, waiting=0)

    def note_list(self, draft: int, *, like: int | None = None) -> None:
        """`like`: it has the list of another draft, and knows what that knew."""
        self.lists[draft] = self._rows(draft)
        self._known[draft] = len(self._answers) if like is None else self._known[like]

    def _rows(self, draft: int) -> Counter[str | None]:
        return Counter(row.phone for row in self.store.numbers.page(draft, 0, 100))

    def must_be_right(self) -> None:
        """Nothing happened that must not; every row of every list is sent, repeats one that is, was dropped with its
        reason, or waits in a draft; and whom a campaign has not reached the one in its place has."""
        assert not self.account.broken, self.account.broken
        known = set()
        for draft, listed in self.lists.items():
            rows, dropped = self._rows(draft), list(self.store.numbers.each_dropped(draft))
            assert all(row.why.code for row in dropped)
            assert rows + Counter(row.phone for row in dropped) == listed
            id_ = self.store.campaigns.get(draft).provider_id
            if id_ is not None:
                known.add(id_)
                assert {*rows} == {*self.account.campaigns[id_].phones}
            for former in self.formers(draft)[:1]:
                sent = self.account.campaigns[former]
                final = {number for number in sent.phones if sent.calls[number] > sent.retries}
                assert {*sent.phones} <= sent.over | final | {*listed}
        assert known == self.account.campaigns.keys()

    def close(self) -> None:
        self.store.close()
