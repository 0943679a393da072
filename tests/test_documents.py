"""What the documents name exists: files, tests, classes and functions, sections of one another."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

import pytest

from tests.sources import nodes, tree
from tui.config.keymap import COMMANDS
from tui.i18n.key_names import character_of

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "README.md"])
SOURCES = sorted(path for room in ("tui", "tests", "benchmarks", "docs") for path in (ROOT / room).rglob("*.py"))
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
RULE = re.compile(r"^(\d)\. \*\*", re.MULTILINE)
# docs/provider.md, "Create"; the name may stand in the next line of a comment.
REFERENCE = re.compile(r'docs/(\w+)\.md`?,\s*(?:#\s*)?((?:(?:, | and )?"[^"]+")+|rule \d)')
SUFFIXES = "py|md|toml|sql|tcss|txt|png|json"
FILE = re.compile(rf"(?:(?:tui|tests|docs|themes|benchmarks|\.ci)/[\w./-]*|[\w-]+\.(?:{SUFFIXES}))")
WORD = re.compile(r"\w+")
# A class, a constant, a private name; a member behind a dot.
IN_CODE = re.compile(r"(?:_?[A-Z]|_[a-z])\w+(?:\.\w+)*")
LETTER = re.compile(r"^\| `(.)` \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)
MADE_BY_USERS = frozenset({"config.toml", "numbers.csv", "campaign.toml"})


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def quoted(path: Path) -> Iterator[str]:
    yield from QUOTED.findall(FENCED.sub("", text_of(path)))


@cache
def defined_in(path: Path) -> frozenset[str]:
    """Dotted names of what a file defines: functions, classes, their members, its own constants."""
    return frozenset(names_in(tree(path).body, ""))


def names_in(body: list[ast.stmt], within: str) -> Iterator[str]:
    for node in body:
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield within + name
            case ast.ClassDef(name=name):
                yield within + name
                yield from names_in(node.body, f"{within}{name}.")
            case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
                yield within + name


def exists(name: str) -> bool:
    """`file`, `folder/` or `file::Class.member`."""
    file, _, member = name.partition("::")
    path = ROOT / file
    return path.exists() and (not member or (path.suffix == ".py" and member.split("[")[0] in defined_in(path)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_file_test_and_name_in_it_exists(path: Path) -> None:
    named = {name for name in quoted(path) if FILE.fullmatch(name.partition("::")[0])} - MADE_BY_USERS
    assert [name for name in sorted(named) if not exists(name)] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_within_the_repository_leads_somewhere(path: Path) -> None:
    assert [link for link in links(path) if not (path.parent / link).exists()] == []


def links(path: Path) -> list[str]:
    found = (link.partition("#")[0] for link in LINK.findall(text_of(path)) if "://" not in link)
    return [link for link in found if link]


def test_the_source_distribution_has_the_documents_and_what_they_link_to() -> None:
    built = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]
    needed = {*DOCUMENTS, *((path.parent / link).resolve() for path in DOCUMENTS for link in links(path))}
    names = {path.relative_to(ROOT).as_posix() for path in needed}
    assert [name for name in sorted(names)
            if not any(fnmatch(name, pattern) or name.startswith(f"{pattern}/") for pattern in built)] == []


@cache
def words_of_the_code() -> frozenset[str]:
    return frozenset(word for path in SOURCES if path != Path(__file__) for word in WORD.findall(text_of(path)))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_class_and_constant_in_it_is_in_the_code(path: Path) -> None:
    named = {name for name in quoted(path) if IN_CODE.fullmatch(name) and not FILE.fullmatch(name)}
    assert [name for name in sorted(named) if not words_of_the_code().issuperset(name.split("."))] == []


def test_the_glossary_names_what_is_in_the_code() -> None:
    text = text_of(ROOT / "docs" / "glossary.md").partition("## Words in code")[0]
    rows = [row.strip("| ").split(" | ") for row in text.splitlines() if row.startswith("| ")]
    named = {name for _turkish, _english, code in rows for name in QUOTED.findall(code) if not FILE.fullmatch(name)}
    assert [name for name in sorted(named) if not words_of_the_code().issuperset(WORD.findall(name))] == []


def test_the_glossary_has_every_letter_that_is_a_command() -> None:
    """Those of the telephone and the days apart: they are what they are."""
    given: dict[str, set[str]] = {}
    for command in COMMANDS.values():
        if command.group not in ("phone", "days"):
            for letter in filter(None, map(character_of, command.keys)):
                given.setdefault(letter, set()).add(command.id)
    given.pop(" ", None)
    listed = {letter: set(QUOTED.findall(commands))
              for letter, commands in LETTER.findall(text_of(ROOT / "docs" / "glossary.md"))}
    assert listed == given


def sections(document: str) -> set[str]:
    path = ROOT / "docs" / f"{document}.md"
    return {*HEADING.findall(text_of(path)), *RULE.findall(text_of(path))} if path.exists() else set()


def test_every_reference_leads_to_a_section_or_a_rule() -> None:
    wrong = [f"{path.relative_to(ROOT)}: {found[0]}" for path in (*SOURCES, *DOCUMENTS)
             for found in REFERENCE.finditer(text_of(path))
             if not sections(found[1]).issuperset(re.findall(r'"([^"]+)"', found[2]) or found[2].removeprefix("rule "))]
    assert wrong == []


def test_there_are_references_that_this_sees() -> None:
    assert any(REFERENCE.search(text_of(path)) for path in SOURCES if path.is_relative_to(ROOT / "tui"))


# Documents that are not in the repository, and sections as other descriptions of the API name them.
OUTSIDE = re.compile(
    r"\((?:the )?document, [*`]|\bAPI\.md|\(API,|(?<!docs/)\barchitecture, rule|\bredraw\b|[Dd]ocument, \*")


def test_nothing_is_referred_to_that_is_not_here() -> None:
    found = [f"{path.relative_to(ROOT)}: {line.strip()}" for path in SOURCES if path != Path(__file__)
             for line in text_of(path).splitlines() if OUTSIDE.search(line)]
    assert found == []


def test_every_rule_of_the_architecture_names_a_test_that_holds_it() -> None:
    text = text_of(ROOT / "docs" / "architecture.md").partition("## Rules")[2].partition("\n## ")[0]
    rules = re.split(r"^(?=\d\. \*\*)", text, flags=re.MULTILINE)[1:]
    assert [rule[0] for rule in rules] == list("12345678")
    assert [rule[0] for rule in rules if not re.search(r"`tests/[\w/]+\.py::test_\w+`", rule)] == []


def room_of(module: str) -> str:
    return module.split(".")[1] if module.startswith("tui.") else ""


def imported_names() -> Iterator[tuple[str, str, str]]:
    """Who imports what of ours: the room, the module, and the name."""
    for path in SOURCES:
        if path.is_relative_to(ROOT / "tui"):
            for node in nodes(path):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("tui."):
                    for alias in node.names:
                        yield room_of(".".join(path.relative_to(ROOT).with_suffix("").parts)), node.module, alias.name


def test_what_a_room_uses_of_another_says_what_it_is() -> None:
    used = {(module, name) for room, module, name in imported_names() if room != room_of(module)}
    silent = [f"{path.relative_to(ROOT)}: {node.name}" for path in SOURCES if path.is_relative_to(ROOT / "tui")
              for node in tree(path).body
              if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef)
              and (".".join(path.relative_to(ROOT).with_suffix("").parts), node.name) in used
              and ast.get_docstring(node) is None]
    assert silent == []
