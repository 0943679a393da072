"""The program's files as trees, each parsed once for all tests that look through them.

Files whose tests do so run one after another (`tests/sampling.py`), mostly in one process.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """All that a file consists of, in the order of `ast.walk`."""
    return tuple(ast.walk(tree(path)))
