"""What can be told from within the program alone, in a process of its own: its command prints seconds as JSON."""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Final

from benchmarks.in_process import CHECK, EXPORT, REPAINT
from benchmarks.memory import peak_bytes
from benchmarks.session import session_for
from tui.bootstrap import Session
from tui.campaign.lifecycle import AskedBy
from tui.core.clock import utc_now

_CAMPAIGN: Final = 1
_TIMES: Final = 40
_PAUSE: Final = 0.02
_KEYS: Final = 200
_NEW: Final = "Genel Hata"  # as no number has ended: each changes a figure that is shown, else nothing would be painted


def main(what: str, *size: str) -> None:
    os.environ["TEXTUAL_ANIMATIONS"] = "none"
    with session_for(AskedBy.APP) as session:
        found: object = None
        match what:
            case _ if what == REPAINT:
                found = asyncio.run(_repaint(session, (int(size[0]), int(size[1]))))
            case _ if what == EXPORT:
                found = asyncio.run(_export(session))
            case _ if what == CHECK:
                found = asyncio.run(_check(session))
    print(json.dumps(found))


async def _repaint(session: Session, size: tuple[int, int]) -> dict[str, list[float]]:
    """From a result that another program has stored to the frame that shows it; the wait for the next look apart."""
    from benchmarks.home import opened_store
    from benchmarks.pseudo_terminal import QUIET
    from benchmarks.results import result
    from tui.app.app import SantralApp
    from tui.screens.results import ResultsScreen
    from tui.screens.routes import ScreenRoutes

    app = SantralApp(session, ScreenRoutes())
    painted = [0.0]
    # No class of ours: Textual would look for the app's style sheets beside it.
    app.post_display_hook = lambda: painted.append(time.perf_counter())  # type: ignore[method-assign]
    seconds = []
    location = session.config.database.location
    assert isinstance(location, Path)  # noqa: S101 - the home's is a file
    async with app.run_test(size=size) as pilot:
        screen = ResultsScreen(_CAMPAIGN)
        await app.push_screen(screen)
        while not screen.listed.pages.items:
            await pilot.pause(_PAUSE)
        screen.on_screen_suspend()  # it looks when it is told to: its own looks would be measured along with that
        with closing(opened_store(location)) as other:
            for place in range(_TIMES):
                other.deliveries.ingest([result(2 * 10**9 + place, place, _NEW, "", utc_now())])
                begun = time.perf_counter()
                await screen.reload()
                # Until nothing happens any more, which no event tells.
                while painted[-1] < begun or time.perf_counter() - painted[-1] < QUIET:  # noqa: ASYNC110
                    await asyncio.sleep(_PAUSE)
                seconds.append(painted[-1] - begun)
        app.exit()
    return {"seconds": seconds}


async def _check(session: Session) -> dict[str, dict[str, list[float]]]:
    """What a key takes in each of some fields, by how its draft is made; in seconds of the thread's processor time."""
    from benchmarks.check import TYPED
    from tui.app.app import SantralApp
    from tui.campaign.fields import FIELDS
    from tui.campaign.parsed_draft import ParsedDraft
    from tui.screens.campaign_form import CampaignFormScreen
    from tui.screens.routes import ScreenRoutes

    app, found = SantralApp(session, ScreenRoutes()), {}
    assert session.services is not None  # noqa: S101 - a profile is in use
    draft = session.services.store.campaigns.get(_CAMPAIGN)
    async with app.run_test(size=(120, 36)) as pilot:
        form = CampaignFormScreen(draft)
        await app.push_screen(form)
        await session.services.load_holidays()
        for name, texts in TYPED.items():
            await form.navigation.go_to(FIELDS[name].section)
            await pilot.pause(_PAUSE)
            seconds: dict[str, list[float]] = {"changed": [], "parsed_anew": []}
            for place in range(_KEYS):
                change = {name: texts[place % len(texts)]}
                for how, taken in seconds.items():
                    begun = time.thread_time()
                    if how == "changed":
                        form.model.draft = form.model.draft.changed(change)
                    else:
                        form.model.draft = ParsedDraft({**form.model.draft.values, **change})
                    form.model.recheck(change)
                    taken.append(time.thread_time() - begun)
                    await pilot.pause(0)
            found[name] = seconds
        app.exit()
    return found


async def _export(session: Session) -> dict[str, float]:
    from tui.operations.export import ExportFormat, export

    assert session.services is not None  # noqa: S101 - a profile is in use
    with tempfile.TemporaryDirectory(prefix="santral-bench-") as folder:
        begun = time.perf_counter()
        await export(session.services, _CAMPAIGN, Path(folder) / "results.csv", ExportFormat.CSV)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds,
            "most_resident": float(peak_bytes())}


if __name__ == "__main__":
    main(*sys.argv[1:])
