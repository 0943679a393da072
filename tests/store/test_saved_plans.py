"""Follow-up plans that are kept under a name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.store.support import Clock
from tui.bootstrap import sort_text
from tui.i18n.words import folded
from tui.store import Store, StoreDamaged
from tui.store.saved_plans import SavedPlan


def test_a_plan_is_kept_under_its_name_in_its_profile(store: Store) -> None:
    store.saved_plans.save("acme", "Akşam", "busy: at most 1")
    assert store.saved_plans.all("acme") == [
        SavedPlan("Akşam", "busy: at most 1", dt.datetime(2026, 9, 12, 11, 32, tzinfo=dt.UTC))]
    assert store.saved_plans.all("other") == []


def test_names_are_one_whatever_their_case_and_in_the_order_of_the_alphabet(path: Path, clock: Clock) -> None:
    turkish = Store.open(path, fold=folded, sort_key=sort_text, now=clock)
    for name in ("Zil", "Çağrı", "İzmir", "Isparta"):
        turkish.saved_plans.save("acme", name, "busy: at most 1")
    turkish.saved_plans.save("acme", "ısparta", "busy: at most 2")
    assert [(plan.name, plan.plan[-1]) for plan in turkish.saved_plans.all("acme")] == [
        ("Çağrı", "1"), ("ısparta", "2"), ("İzmir", "1"), ("Zil", "1")]
    assert turkish.saved_plans.remove("acme", " IZMIR ")
    assert not turkish.saved_plans.remove("acme", "izmir")
    assert len(turkish.saved_plans.all("acme")) == 3
    turkish.close()


def test_what_was_never_written_is_damage(store: Store) -> None:
    store.saved_plans.save("acme", "Akşam", "busy: at most 1")
    store._context.database.run("UPDATE follow_up_plans SET saved_at = 'soon'")
    with pytest.raises(StoreDamaged):
        store.saved_plans.all("acme")
