"""What is measured, the home in which it is, and the command."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from benchmarks import __main__ as command
from benchmarks import bare, check, in_process, installed, limits, person, plans, refused, results, verdicts
from benchmarks.databases import Kind, filled_place
from benchmarks.figures import Figure, NotMeasured
from benchmarks.home import DRAFTS, FIRST_ROW, NAME, PROFILE, crowd, filled_home, opened_store
from benchmarks.key_to_paint import SCREENS, SIZES, Measured
from benchmarks.pseudo_terminal import KEYS, NotShown
from tests.benchmarks.homes import home_of_the_moment
from tests.postgresql import missing
from tui.bootstrap import sort_text
from tui.campaign.fields import FIELDS, TARGET_FIELDS
from tui.campaign.lifecycle import State
from tui.campaign.parsed_draft import parse_field
from tui.config import load
from tui.i18n.words import folded
from tui.operations.left_out import NOBODY_REFUSED
from tui.store import ListFilter, Sort, Store
from tui.store.suppression import Suppression

pytestmark = pytest.mark.usefixtures("moment")  # what is measured goes by the clock


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_every_key_of_a_screen_can_be_sent(screen: Measured) -> None:
    assert screen.keys
    assert all(key in KEYS or len(key) == 1 for key in (*screen.leads, *screen.keys))


def test_the_list_begins_with_the_row_that_is_waited_for() -> None:
    with filled_home() as environ:
        home = Path(environ["HOME"])
        config = load(None, environ)
        store = Store.open(config.database.location, fold=folded, sort_key=sort_text)
        try:
            profile = config.choose().name
            assert store.campaigns.count(profile, ListFilter()) == DRAFTS == bare.ROWS
            first, = store.campaigns.page(profile, filter=ListFilter(), sort=Sort(), offset=0, limit=1)
        finally:
            store.close()
        assert first.name == FIRST_ROW
    assert not home.exists()


def test_the_crowd_has_every_state_and_begins_with_the_row_that_is_waited_for() -> None:
    many = 60
    with filled_home(partial(crowd, campaigns=many)) as environ, \
            closing(opened_store(Path(environ["HOME"]) / "santral.db")) as store:
        counts = store.campaigns.counts(PROFILE)
        first, = store.campaigns.page(PROFILE, limit=1)
    assert sum(counts.values()) == many
    assert counts.keys() == {State.DRAFT, State.ON, State.OFF, State.UNCONFIRMED}
    assert first.name == FIRST_ROW


def test_what_is_installed_is_measured_from_an_empty_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, ...]] = []

    def run(folder: Path, *command: str) -> None:
        steps.append(command)
        if "build" in command:
            (folder / "santral-0.whl").touch()

    monkeypatch.setattr(installed, "_run", run)
    monkeypatch.setattr(installed, "_shown", lambda command, _environ, _text: 1.0 + command[0].endswith("santral"))
    whole, start = installed.measure({})
    assert [step[-1].rpartition("/")[2] for step in steps[1:]] == ["ours", "santral-0.whl", "bare", "textual"]
    assert whole.ours > start.ours / 1000
    assert (start.ours, start.baseline) == (2000, 1000)


def test_each_number_of_the_campaign_with_results_was_called_as_often_as_it_may_be() -> None:
    numbers = 60
    with home_of_the_moment(partial(results.fill, numbers=numbers)) as environ:
        seconds = in_process.measured_inside(in_process.REPAINT, environ, "80", "24")["seconds"]
        told = in_process.measured_inside(in_process.EXPORT, environ)
        with closing(opened_store(Path(environ["HOME"]) / "santral.db")) as store:
            (campaign,) = store.campaigns.page(PROFILE, limit=2)
            totals = store.results.totals(campaign.id)
    assert campaign.name == NAME
    assert (totals.numbers, totals.called, totals.unlisted) == (numbers, numbers, 0)
    assert totals.notifications == results.CALLS * numbers + len(seconds)
    assert totals.answered
    assert 0 < told["seconds"] < told["most_resident"]


@pytest.mark.long
def test_the_form_that_is_checked_has_every_target_and_each_text_is_right() -> None:
    with home_of_the_moment(partial(check.fill, numbers=60)) as environ:
        figures = check.measure(environ)
        with closing(opened_store(Path(environ["HOME"]) / "santral.db")) as store:
            (campaign,) = store.campaigns.page(PROFILE, limit=2)
    assert all(campaign.draft.target(name) is not None for name in TARGET_FIELDS)
    assert campaign.numbers == 60
    assert not [name for name, texts in check.TYPED.items() for text in texts
                if parse_field(FIELDS[name], text).problem is not None]
    assert len(figures) == 2 * len(check.TYPED)
    assert all(figure.ours > 0 and figure.baseline for figure in figures)


@pytest.fixture
def measured(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """In place of measuring: what was to be measured, and with how many keys (0: start and results)."""
    asked: list[tuple[str, int]] = []

    @contextmanager
    def no_home(*_fill: object) -> Iterator[Mapping[str, str]]:
        yield {}

    def keys(screen: Measured, size: tuple[int, int], _environ: Mapping[str, str], count: int) -> list[Figure]:
        asked.append((screen.name, count))
        if screen.name == "form":
            raise NotShown("the form did not appear")
        return [Figure(f"{screen.name} {size[0]}", "ms", 8, 4, screen.limit)]

    def start(size: tuple[int, int], _environ: Mapping[str, str]) -> list[Figure]:
        asked.append(("start", 0))
        return [Figure(f"start {size[0]}", "ms", 3, 2)]

    def screen(size: tuple[int, int], _environ: Mapping[str, str]) -> list[Figure]:
        asked.append(("results", 0))
        return [Figure(f"results {size[0]}", "ms", 301, most=300)]

    def whole(_environ: Mapping[str, str]) -> list[Figure]:
        return [Figure("results as a whole", "s", 5, most=10)]

    monkeypatch.setattr(command, "filled_home", no_home)
    monkeypatch.setattr("benchmarks.campaigns.measure", start)
    monkeypatch.setattr("benchmarks.results.screen", screen)
    monkeypatch.setattr("benchmarks.results.export", whole)
    monkeypatch.setattr("benchmarks.results.intake", whole)
    monkeypatch.setattr("benchmarks.key_to_paint.measure", keys)
    monkeypatch.setattr("benchmarks.start.measure", start)
    monkeypatch.setitem(command.WORK, "verdicts", lambda: [Figure("verdicts", "µs", 1, 30, 1 / 20)])
    return asked


@pytest.mark.long
def test_what_is_named_is_measured_in_both_sizes(
    measured: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["typing", "start", "--keys", "7", "--json"]) == 0
    assert measured == [("start", 0)] * len(SIZES) + [("typing", 7)] * len(SIZES)
    told = json.loads(capsys.readouterr().out)
    assert [figure["name"] for figure in told["figures"]] == ["start 80", "start 120", "typing 80", "typing 120"]
    assert told["machine"]["textual"]


def test_what_needs_no_terminal_is_measured_once(
    measured: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["verdicts"]) == 0
    assert measured == []
    assert capsys.readouterr().out.count("verdicts") == 1


def test_who_must_not_be_called_is_found_beside_reading_the_list() -> None:
    half, nobody, without_consent = refused.measure(numbers=50_000)
    assert (half.limit, nobody.limit, without_consent.limit) == (refused.LIMIT,) * 3
    assert "25,000 of 50,000" in half.name
    assert half.baseline


def test_no_figure_where_others_were_found_than_stand_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Suppression, "find", lambda *_: NOBODY_REFUSED.refused)
    with pytest.raises(NotMeasured, match="0 of 100 were found"):
        refused.measure(numbers=100)


def test_verdicts_are_measured_beside_the_librarys() -> None:
    figure, = verdicts.measure(count=500, seed=3)
    assert "500 numbers" in figure.name
    assert figure.ours > 0
    assert figure.baseline
    assert figure.limit == verdicts.LIMIT


def test_a_verdict_that_differs_has_no_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "is_valid", lambda _typed: False)
    with pytest.raises(verdicts.Different, match="of 500, such as '"):
        verdicts.measure(count=500, seed=3)


def test_a_limit_that_is_exceeded_fails(measured: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["menu"]) == 1
    assert measured == [("menu", 200)] * len(SIZES)
    assert "2.00  ≤ 1.50 ✗" in capsys.readouterr().out


def test_results_are_measured_on_a_screen_and_as_a_whole(
    measured: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["results"]) == 1
    assert measured == [("results", 0)] * len(SIZES)
    told = capsys.readouterr().out
    assert "≤ 300 ms ✗" in told
    assert told.count("results as a whole") == 2


def test_what_cannot_be_measured_is_told_and_the_rest_goes_on(
    measured: list[tuple[str, int]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["form", "list"]) == 1
    assert ("list", 200) in measured
    told = capsys.readouterr()
    assert "form 80×24 can't be measured: the form did not appear" in told.err
    assert "list 120" in told.out


@pytest.mark.parametrize(("arguments", "sentence"), [
    (["lists"], "nothing is called 'lists'; there are start, list, wheel"),
    (["--keys", "0"], "a whole number from 1 on, not '0'"),
    (["--keys", "x"], "a whole number from 1 on, not 'x'"),
])
def test_wrong_usage_is_told(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        command.main(arguments)
    assert sentence in capsys.readouterr().err


@pytest.fixture(params=Kind)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each database that is there to be measured."""
    if request.param is Kind.POSTGRESQL and (why := missing()):
        pytest.skip(why)
    return Kind(request.param)


def test_of_each_number_that_is_asked_for_all_calls_are_found(kind: Kind) -> None:
    with filled_place(kind, partial(person.fill, campaigns=6, persons=500)) as place:
        figures = person.measure(place, persons=500)
        with closing(opened_store(place.location)) as store:
            found = store.persons.of("905320000000")
    assert (len(found.campaigns), found.calls) == (2, 2 * person.CALLS)
    assert all(figure.ours > 0 for figure in figures)
    assert figures[0].most == person.MOST_MS


def test_the_limit_is_measured_on_those_who_are_over_it(kind: Kind) -> None:
    with filled_place(kind, partial(person.fill, campaigns=6, persons=500)) as place:
        figures = limits.measure(place, numbers=600, persons=500)
    assert figures[0].name == f"{kind}: over the limit: 600 numbers against 2,500 calls"
    assert [figure.most for figure in figures] == [limits.MOST_SECONDS, limits.MOST_OF_FEW_MS, None]


def test_a_plan_is_measured_where_each_number_is_accounted_for(kind: Kind) -> None:
    with filled_place(kind, partial(plans.fill, numbers=200)) as place:
        figures = plans.measure(place, numbers=200)
    assert [figure.name.removeprefix(f"{kind}: a plan for 200 numbers, ") for figure in figures] == [
        "counted: a million would take", "its drafts made: a million would take",
        "counted beside these: a million would take"]
    assert all(figure.ours > 0 for figure in figures)
