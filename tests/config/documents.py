"""TOML documents of every shape."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import strategies as st

_LETTERS = st.characters(codec="utf-8")
_NAMES = st.one_of(st.sampled_from(["language", "profiles", "acme", "api_key", "keys", "a.b", "#", '"', "'", ""]),
                   st.text(_LETTERS, max_size=8))
_SCALARS = st.one_of(
    st.text(_LETTERS, max_size=20),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.floats(allow_nan=False),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.datetimes(timezones=st.just(dt.UTC)),
    st.sampled_from(["# no comment", '"""', "'''", "a\r\nb", "]", "}\n[x]\ny = 1"]),
)


def values() -> st.SearchStrategy[Any]:
    return st.recursive(
        _SCALARS,
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(_NAMES, inner, max_size=3)),
        max_leaves=8,
    )


def documents() -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(_NAMES, values(), max_size=5)
