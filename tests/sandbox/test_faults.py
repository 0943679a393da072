from __future__ import annotations

import pytest

from tui.i18n.words import say
from tui.sandbox.faults import BadFault, Fault, FaultKind, FaultPlan, Operation, parse_fault

ALL = [Fault(kind, operation) for operation in Operation for kind in FaultKind
       if operation is Operation.CREATE or kind is not FaultKind.REFUSE_WEBHOOK]


@pytest.mark.parametrize("fault", ALL, ids=str)
@pytest.mark.parametrize("times", [None, 1, 20, 12_345_678_901])
def test_every_fault_is_read_as_it_is_written(fault: Fault, times: int | None) -> None:
    text = str(fault) if times is None else f"{fault}:{times}"

    assert parse_fault(text) == Fault(fault.kind, fault.operation, times)


def test_create_may_be_named_too() -> None:
    assert parse_fault("create:429:2") == Fault(FaultKind.TOO_MANY, Operation.CREATE, 2)


@pytest.mark.parametrize(("text", "near"), [
    ("lost_answer", "lost-answer"), ("LOST-ANSWER", "lost-answer"), ("stal", "stall"), ("switch:lostanswer",
                                                                                       "switch:lost-answer"),
    ("lookups:429", "lookup:429"), ("switch:refuse-webhook", "refuse-webhook"), ("500-afer", "500-after"),
])
def test_a_near_miss_is_told_what_was_meant(text: str, near: str) -> None:
    with pytest.raises(BadFault) as bad:
        parse_fault(text)

    assert (bad.value.reason.code, bad.value.reason.params["near"]) == ("sandbox.fault.meant", near)


@pytest.mark.parametrize(("text", "code"), [
    ("", "unknown"), ("xyzzy", "unknown"), (":", "unknown"),
    ("429:0", "times"), ("429:-1", "times"), ("429:", "times"), ("429:iki", "times"), ("switch:cut:1.5", "times"),
    ("429:²", "times"), ("429:٣", "times"), ("429:" + "9" * 19, "times"),
])
def test_what_is_no_fault_says_so_in_both_languages(text: str, code: str, language: str) -> None:
    with pytest.raises(BadFault) as bad:
        parse_fault(text)

    assert bad.value.reason.code == f"sandbox.fault.{code}"
    assert f"“{text}”" in say(bad.value.reason.code, **bad.value.reason.params)


def test_faults_befall_in_order_each_as_often_as_asked_for() -> None:
    plan = FaultPlan(map(parse_fault, ["500:2", "switch:cut:1", "stall:1", "lookup:429"]))

    assert [str(plan.take(Operation.CREATE)) for _ in range(4)] == ["500", "500", "stall", "None"]
    assert [str(plan.take(Operation.SWITCH)) for _ in range(2)] == ["switch:cut", "None"]
    assert [str(plan.take(Operation.LOOKUP)) for _ in range(9)] == ["lookup:429"] * 9
    assert plan.take(Operation.DELETE) is None
    assert plan.take(None) is None
