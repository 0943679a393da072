"""What holds of values, whichever they are: what one is made of, and that it stays so."""

from __future__ import annotations

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.sources import nodes
from tui.campaign.target import Target, TargetKind
from tui.core.reason import Reason

ROOT = Path(__file__).parent.parent


def classes() -> Iterator[tuple[Path, ast.ClassDef]]:
    for path in sorted((ROOT / "tui").rglob("*.py")):
        yield from ((path, node) for node in nodes(path) if isinstance(node, ast.ClassDef))


class Alike(Struct, frozen=True):
    """With the fields of a target, and none."""

    kind: TargetKind
    value: str = ""
    lang: str = ""


def test_a_dataclass_with_slots_says_why_it_is_no_struct() -> None:
    for path, node in classes():
        lines = path.read_text(encoding="utf-8").splitlines()
        for decorator in node.decorator_list:
            line = lines[decorator.lineno - 1]
            if line.strip().startswith("@dataclass(") and "slots=True" in line:
                assert re.search(r"\)  # \w", line), f"{path}:{decorator.lineno}"


@pytest.mark.parametrize("value", [Reason("a.b", {"n": 1}), Target(TargetKind.QUEUE, "204")], ids=repr)
def test_a_value_stays_what_it_was_made_as(value: Struct) -> None:
    name = value.__struct_fields__[0]
    before = getattr(value, name)
    with pytest.raises(AttributeError, match="immutable"):
        setattr(value, name, "other")
    with pytest.raises(AttributeError):
        value.other = 1  # type: ignore[attr-defined] # it has none
    assert getattr(value, name) == before


def test_values_are_equal_by_class_and_fields() -> None:
    one = Target(TargetKind.QUEUE, "204")
    assert one == Target(TargetKind.QUEUE, "204")
    assert hash(one) == hash(Target(TargetKind.QUEUE, "204"))
    assert one != replace(one, value="205")
    others: list[object] = [Alike(TargetKind.QUEUE, "204"), (TargetKind.QUEUE, "204", "")]
    assert one not in others
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301 - of this test's own making
