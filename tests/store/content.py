"""A store with something in every table."""

from __future__ import annotations

from msgspec.structs import replace

from tests.store.results import NOON, begun, calling, delivered, ingest, listed, told
from tests.store.support import REACHED, WHY, bad, campaign_in, good
from tui.campaign.consent import ConsentStatus, RecipientType, weight_of
from tui.campaign.lifecycle import Action, AskedBy, Created, State
from tui.campaign.results import Ping, Unreadable
from tui.campaign.succession import KnownFrom
from tui.campaign.target import TargetKind
from tui.store import LaunchKey, ResultFilter, Store
from tui.store.call_details import CallDetail, CallPart
from tui.store.consents import ImportNotes
from tui.store.suppression import SuppressionSource

Rows = dict[str, list[tuple[object, ...]]]


def everything(store: Store) -> Rows:
    """Every row of every table, in an order that doesn't depend on the database."""
    database = store._context.database
    return {table: sorted((tuple(row) for row in database.all(f"SELECT {', '.join(sorted(columns))} FROM {table}")),  # noqa: S608 - names of ours
                          key=repr) for table, columns in database.tables().items()}


def filled(store: Store) -> None:
    for state in REACHED:
        if state is not State.LAUNCHING:
            campaign_in(store, state, fields={"name": f"İçinde 'tırnak' ve \\ {state}\n"})
    store.numbers.add(1, [replace(good("905321234567", "#456 15/11/2026 #457 \t 73.56"), reference="Ayşe\t\\N"),
                          good("905321234567"), bad("\\N")])
    # Refers to a campaign that was made after it.
    unconfirmed = campaign_in(store, State.UNCONFIRMED)
    found = store.campaigns.track_foreign("acme", 112, "Panelden", State.ON)
    copy = store.drafts.copy(found, numbers=True)
    late = campaign_in(store, State.UNCONFIRMED)
    store.ledger.assign_id(late, 112)
    assert store.campaigns.get(copy).copied_from == late > copy > unconfirmed
    store.numbers.drop(1, [1])
    store.suppression.keep("acme", SuppressionSource.BLOCKED, ["905321234567"])
    store.account.keep("acme", TargetKind.QUEUE, {201: "Destek"})
    store.menus.save("acme", "Anket", {"digit_target_1": "restart"})
    store.saved_plans.save("acme", "Akşam", "busy: after 15m, at most 2")
    with_launches(store)
    with_results(store)
    with_lives(store)


def with_launches(store: Store) -> None:
    campaign = store.drafts.create("acme", {"name": "Şubat hatırlatması", "digit_target_1": "queue/201"})
    store.numbers.add(campaign, [good("905321110001", "Ayşe"), good("905321110002"), good("905321110001", "Ali")])
    store.numbers.drop(campaign, [2])
    store.numbers.bring_back(campaign)
    store.trial_calls.make(campaign, {"name": "Deneme"}, good("905321110009"))
    launch = store.ledger.begin(
        campaign, revision=store.campaigns.get(campaign).revision, token="launch-token", body_hash="asked", numbers=2,
        asked_by=AskedBy.COMMAND, key=LaunchKey("Şubat", own=True, sent="sent"), called_again=1)
    store.ledger.resolve(launch, Created(40_001))
    store.switches.failed(store.switches.begin(campaign, Action.OFF, AskedBy.APP), WHY)
    store.suppression.keep("acme", SuppressionSource.FILE, ["905321119999"], stamp="1 2", unread=1, places="B7")


def with_results(store: Store) -> None:
    called = calling(store, fields={"opt_out_key": "9"})
    profile_token = store.deliveries.profile_token("acme", lambda: "profile-token")
    ingest(store, told(1, "Meşgul"), told(1, "Cevaplandı", "9", extra={"new_field": "\\N\t"}), told("gizli"))
    ingest(store, told(2, campaign_id=7), token=profile_token)
    store.deliveries.ingest([delivered(Ping()), delivered(Unreadable(bytes(range(256)), WHY))])
    store.deliveries.ingest([delivered(Ping())], spooled="20260912090000000000-0123456789abcdef-1")
    store.records.merge(called, [listed(1), listed(3)], cursor="2026-09-12")
    store.follow_ups.make(called, ResultFilter(called=False), {"name": "Yeniden"})
    store.do_not_call.add("acme", ["905321234567", "905321234568"], reason="Asked for it\n", by_user="ayşe")
    store.do_not_call.remove("acme", ["905321234568"], reason="A mistake", by_user="ali")
    store.call_details.keep("acme", CallDetail("u\n1", "1001", "Ayşe 'K'", "201", 12, True, "callee", (
        CallPart("1001", "Ayşe", NOON, None, NOON, "Cevaplandı"),), NOON))
    store.call_details.keep("acme", CallDetail("u2", "", "", "", None, None, "", (), NOON))
    store.person_notes.write("acme", "905321234567", "Akşam arayın\n\\N\t'tırnak'", by_user="ayşe")
    given = {"905321234567": weight_of(ConsentStatus.GIVEN, NOON)}
    store.consents.keep("acme", {(RecipientType.CONSUMER, "600123"): given}, path="/home/ali/iys.csv",
                        stamp_="1 2", named={"status": "Onay"}, file_at=NOON, notes=ImportNotes())
    store.opt_out_pushes.take("acme")
    store.opt_out_pushes.note_stop("acme", WHY)
    store.opt_out_pushes.let_go("acme")
    by = store.successions.begin(called, AskedBy.COMMAND, "ayşe")
    store.switches.done(store.switches.begin(called, Action.OFF, AskedBy.APP))
    store.successions.note_known(by.id, KnownFrom.PERSON, store.campaigns.get(called).state_at)
    store.successions.make_draft(by.id, {"name": "Yerine geçen"})
    store.receivers.beat("one", address="127.0.0.1:8787", started_at=NOON, received_last_minute=3)


def with_lives(store: Store) -> None:
    first = calling(store, 2, token="first", provider_id=60_001)
    ingest(store, told(1, "Meşgul", campaign_id=60_001), token="first")
    by = store.successions.begin(first, AskedBy.APP)
    store.switches.done(store.switches.begin(first, Action.OFF, AskedBy.APP))
    store.successions.note_known(by.id, KnownFrom.PERSON, store.campaigns.get(first).state_at)
    draft = store.successions.make_draft(by.id, {"name": "İkinci"})
    store.ledger.resolve(begun(store, draft, "second"), Created(60_002))
    ingest(store, told(1, "Cevaplandı", campaign_id=60_002, minute=5), token="second")
