"""A request that the provider would answer with 400."""

from __future__ import annotations


class Refused(Exception):
    """The text is the answer's body, in the provider's own style."""
