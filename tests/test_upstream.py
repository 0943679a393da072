"""docs/upstream.md names every private name of other packages that the program touches, and where."""

from __future__ import annotations

import ast
import importlib
import inspect
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.sources import nodes

ROOT = Path(__file__).resolve().parents[1]
DOCUMENT = ROOT / "docs" / "upstream.md"
# Public in spite of the underscore: named tuples, `os._exit`, and what type checkers alone read.
DOCUMENTED = frozenset({"_replace", "_make", "_asdict", "_fields", "_typeshed"})
OWN = ("tui",)
ACCESSORS = ("getattr", "setattr", "hasattr", "delattr")
ROW = re.compile(r"\| `([\w.]+)` \| (`tui/[^|]*`) \|")
TOTAL = re.compile(r"\*\*(\d+) private names and\s+(\d+) private modules\*\*")

Found = dict[str, set[str]]  # private name → paths of the files that touch it


def is_private(name: str) -> bool:
    return len(name) > 1 and name.startswith("_") and not name.startswith("__") and name not in DOCUMENTED


def is_foreign(module: str) -> bool:
    return module.partition(".")[0] not in OWN


@cache
def classes_of(file: str) -> dict[str, ast.ClassDef]:
    return {node.name: node for node in ast.walk(ast.parse(Path(file).read_text(encoding="utf-8")))
            if isinstance(node, ast.ClassDef)}


@cache
def private_names_of(dotted: str) -> frozenset[str]:
    """What a foreign class and its bases call private: methods, attributes, and what they set on `self`."""
    module, _, name = dotted.rpartition(".")
    kind = getattr(importlib.import_module(module), name)
    found: set[str] = set()
    for base in inspect.getmro(kind) if isinstance(kind, type) else ():  # NamedTuple is a function
        file = getattr(sys.modules.get(base.__module__), "__file__", None)
        if file is None or not file.endswith(".py") or base.__name__ not in classes_of(file):
            continue  # built in, or compiled
        for node in ast.walk(classes_of(file)[base.__name__]):
            found.update(defined_by(node))
        found.update(filter(is_private, vars(base)))
    return frozenset(found)


def sets_on_self(node: ast.AST) -> bool:
    return (isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
            and isinstance(node.value, ast.Name) and node.value.id == "self")


def module_name(path: Path, root: Path) -> str:
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


class Source:
    """One file: what its names stand for, its classes with their bases, and what it defines."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path.relative_to(root).as_posix()
        self.module = module_name(path, root)
        self.nodes = nodes(path)
        self.names: dict[str, str] = {}  # a name in this file → what it is imported from, dotted
        for node in self.nodes:
            if isinstance(node, ast.ImportFrom) and node.module:
                self.names |= {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            elif isinstance(node, ast.Import):
                self.names |= {alias.asname or alias.name: alias.name for alias in node.names}
        self.classes = {f"{self.module}.{node.name}": node for node in self.nodes if isinstance(node, ast.ClassDef)}
        self.defined = {name for node in self.nodes for name in defined_by(node)}

    def bases(self, node: ast.ClassDef) -> Iterator[str]:
        """Dotted names of the bases, as far as imports and this file tell them."""
        for base in node.bases:
            expression = base.value if isinstance(base, ast.Subscript) else base
            head, dot, tail = ast.unparse(expression).partition(".")
            yield self.names.get(head, f"{self.module}.{head}") + dot + tail


def defined_by(node: ast.AST) -> Iterator[str]:
    """Private names that a node gives to something of ours."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and is_private(node.name):
        yield node.name
    elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and is_private(node.target.id):
        yield node.target.id
    elif sets_on_self(node) and isinstance(node, ast.Attribute) and is_private(node.attr):
        yield node.attr


class Program:
    """All files of the program."""

    def __init__(self, root: Path) -> None:
        self.sources = [Source(path, root) for name in OWN for path in sorted((root / name).rglob("*.py"))]
        self.classes = {name: (source, node) for source in self.sources for name, node in source.classes.items()}

    def ancestors(self, name: str) -> Iterator[str]:
        """All bases of a class, ours and the first foreign ones above them; not itself."""
        if name in self.classes:
            source, node = self.classes[name]
            for base in source.bases(node):
                yield base
                yield from self.ancestors(base)

    @cache  # noqa: B019 - one program for each test
    def foreign(self, name: str) -> frozenset[str]:
        """Private names that the foreign bases of a class have."""
        bases = {base for base in self.ancestors(name) if is_foreign(base) and "." in base}
        return frozenset().union(*(private_names_of(base) for base in bases))

    def touched(self) -> Found:
        found: Found = {}
        for source in self.sources:
            for name in (*imported(source), *reached(source)):
                found.setdefault(name, set()).add(source.path)
        for one in self.classes:
            for name, source in self.inherited(one):
                found.setdefault(name, set()).add(source.path)
        return found

    def inherited(self, name: str) -> Iterator[tuple[str, Source]]:
        """What a class, or a base of ours that is mixed into it, overrides of its foreign bases or uses on itself."""
        theirs = self.foreign(name)
        for one in (name, *self.ancestors(name)):
            if theirs and one in self.classes:
                source, node = self.classes[one]
                for inner in ast.walk(node):
                    used = ((inner.attr,) if isinstance(inner, ast.Attribute) and is_self(inner.value)
                            else defined_by(inner))
                    yield from ((member, source) for member in used if member in theirs)


def is_self(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def imported(source: Source) -> Iterator[str]:
    """Private modules as their dotted names, private names of public modules as they are."""
    for node in source.nodes:
        modules = ([node.module] if isinstance(node, ast.ImportFrom) and node.module and not node.level
                   else [alias.name for alias in node.names] if isinstance(node, ast.Import) else [])
        for module in filter(is_foreign, modules):
            if any(map(is_private, module.split("."))):
                yield module
            elif isinstance(node, ast.ImportFrom):
                yield from (alias.name for alias in node.names if is_private(alias.name))


def reached(source: Source) -> Iterator[str]:
    """Private names of objects other than `self` that the file itself does not define, and those of a foreign class."""
    for node in source.nodes:
        if isinstance(node, ast.Attribute) and is_private(node.attr) and not is_self(node.value):
            whose = source.names.get(ast.unparse(node.value), OWN[0])
            if whose != "os" and (node.attr not in source.defined or is_foreign(whose)):
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ACCESSORS:
            yield from (str(name.value) for name in node.args[1:2]
                        if isinstance(name, ast.Constant) and is_private(str(name.value)))


def listed() -> Found:
    found: Found = {}
    for name, places in ROW.findall(DOCUMENT.read_text(encoding="utf-8")):
        assert name not in found, f"{name} is listed twice"
        found[name] = {place.strip("` ") for place in places.split(",")}
    return found


def test_every_private_name_of_another_package_is_listed_with_where_it_is_touched() -> None:
    assert listed() == Program(ROOT).touched()


def test_they_are_counted() -> None:
    names = listed()
    modules = sum("." in name for name in names)
    counted = TOTAL.search(DOCUMENT.read_text(encoding="utf-8"))
    assert counted is not None
    assert (len(names) - modules, modules) == (int(counted[1]), int(counted[2]))


EXAMPLE = """
import os
from textual._context import active_app
from textual.widget import Widget
from textual.screen import Screen

class Mixed:
    def _on_mount(self): ...

class Ours(Mixed, Widget):
    def __init__(self):
        self._mine = 1
        self._size = 2

    def _render(self):
        return self._mine + self._styles_cache

def outside(widget):
    Screen._refresh_layout(widget)
    os._exit(getattr(widget, "_pruning"))
    return widget._task
"""


def test_what_is_touched_is_found(tmp_path: Path) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "example.py").write_text(EXAMPLE, encoding="utf-8")
    assert set(Program(tmp_path).touched()) == {
        "textual._context", "_on_mount", "_size", "_render", "_styles_cache", "_refresh_layout", "_pruning", "_task"}
