"""What a form takes at each key: everything is checked anew and shown at its fields, before the key's picture."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from typing import Final

from benchmarks import in_process
from benchmarks.figures import Figure, percentile
from benchmarks.home import DRAFT, PROFILE
from tui.campaign.fields import TARGET_FIELDS
from tui.store import NumberRow, Store

NUMBERS: Final = 100_000
LIMIT: Final = 2.0  # milliseconds
TARGETS: Final = dict(zip(TARGET_FIELDS, (
    "announcement/421", "queue/201", "user/1000", "group/700", "ivr/10", "external/05321234567", "voicemail/1000",
    "announcement/128", "restart", "fax", "tts/tr-TR/Teşekkür ederiz", "external/00491234567", "hangup/hangup",
    "hangup/busy"), strict=True))
# The field that is typed in, and what: each of a section that shows something else beneath its fields.
TYPED: Final = {
    "name": tuple(f"Borç hatırlatma {place}" for place in range(10)),
    "time_range_end": ("17:00", "17:30", "18:00", "18:30", "19:00"),
    "digit_timeout": tuple(str(seconds) for seconds in range(1, 11)),
}


def fill(store: Store, numbers: int = NUMBERS) -> None:
    """A draft with every target set, and a list."""
    draft = store.drafts.create(PROFILE, {**DRAFT, **TARGETS, "name": "Borç hatırlatma", "opt_out_key": "9",
                                          "webhook_url": "https://calls.example.com/results"})
    store.numbers.add(draft, (NumberRow(f"90{5_300_000_000 + place}", f"90{5_300_000_000 + place}", "#456 73.56")
                              for place in range(numbers)))


def measure(environ: Mapping[str, str]) -> list[Figure]:
    """Processor time of the screen's thread for a key, beside the same with every field parsed anew. NotShown."""
    found = in_process.measured_inside(in_process.CHECK, environ)
    return [figure for name in TYPED for figure in _figures(name, found[name]["changed"], found[name]["parsed_anew"])]


def _figures(name: str, ours: list[float], anew: list[float]) -> list[Figure]:
    what = f"check: {len(TARGETS)} targets, {NUMBERS:,} numbers, a key in {name}"
    return [Figure(f"{what}, median", "ms", 1000 * statistics.median(ours), 1000 * statistics.median(anew), most=LIMIT),
            Figure(f"{what}, p99", "ms", 1000 * percentile(ours, 99), 1000 * percentile(anew, 99), most=LIMIT)]
