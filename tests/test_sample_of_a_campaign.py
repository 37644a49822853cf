"""What runs by default of tests that are marked as a campaign or as slow, and where the rest runs."""

from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest, turns

NUMBERS, PARTS = 5, 3
HERE = Path(__file__).resolve().parent


def group_of(group: str, number: int) -> str:
    """The group of a case below."""
    assert number < NUMBERS
    return group


@pytest.mark.campaign(one_per=group_of)
@pytest.mark.parametrize("number", range(NUMBERS))
@pytest.mark.parametrize("group", ["a", "b"])
def test_a_case_in_the_sample_of_a_campaign(group: str, number: int) -> None:
    assert group_of(group, number) in {"a", "b"}


def test_the_sample_of_a_campaign_has_one_case_of_each_group(request: pytest.FixtureRequest, campaign: bool) -> None:
    cases = [item for item in request.session.items if isinstance(item, pytest.Function)]
    groups = Counter(
        one.callspec.params["group"] for one in cases if one.function is test_a_case_in_the_sample_of_a_campaign
    )
    expected = NUMBERS if campaign else 1
    assert {"a": expected, "b": expected} == groups


class _Deselected:
    """A run of pytest as far as it chooses tests, with an option and words of the command line."""

    def __init__(
        self, items: list[Any], option: str = "", value: object = None, *, words: tuple[str, ...] = ()
    ) -> None:
        """Choose among the tests."""
        self.chosen = list(items)
        self.hook = SimpleNamespace(pytest_deselected=self._note)
        self.args = list(words)
        self.invocation_params = SimpleNamespace(dir=HERE)
        self.rootpath = HERE
        self._options = {option: value}
        self.others: list[Any] = []
        conftest.pytest_collection_modifyitems(self, self.chosen)  # type: ignore[arg-type]

    def getoption(self, name: str) -> object:
        return self._options.get(name)

    @property
    def names(self) -> list[str]:
        """What runs."""
        return [item.nodeid for item in self.chosen]

    def _note(self, items: list[Any]) -> None:
        self.others = items


def _case(name: str, *, slow: bool = False, file: str = "test_a.py", **campaign: object) -> Any:
    marks = {"campaign": pytest.mark.campaign(**campaign).mark} if campaign else {}
    if slow:
        marks["slow"] = pytest.mark.slow("it waits").mark
    return SimpleNamespace(nodeid=f"tests/{file}::{name}", path=HERE / "tests" / file, get_closest_marker=marks.get)


def _cases(name: str, number: int, **marked: Any) -> list[Any]:
    return [_case(f"{name}[{one}]", **marked) for one in range(number)]


def test_each_test_is_in_the_plain_run_or_slow_or_left_out_by_a_sample() -> None:
    items = [
        _case("plain"),
        _case("slow", slow=True),
        *_cases("sampled", 4 * NUMBERS, one_of=NUMBERS),
        *_cases("slow_and_sampled", 4 * NUMBERS, one_of=NUMBERS, slow=True),
    ]

    plain, slow = _Deselected(items), _Deselected(items, "--slow", value=True)
    parts = [_Deselected(items, "--left-out", f"{number}/{PARTS}") for number in range(PARTS)]

    assert [1 + 4, 1 + 4] == [len(plain.chosen), len(slow.chosen)]
    runs = [plain, slow, *parts]
    assert sorted(item.nodeid for item in items) == sorted(name for run in runs for name in run.names)
    assert [] == [run for run in runs if not run.chosen or len(items) != len(run.chosen) + len(run.others)]
    assert [item.nodeid for item in items] == _Deselected(items, "--campaign", value=True).names


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("tests",), ["b::quick"]),
        (("tests/test_a.py",), ["a::slow", "b::quick"]),
        (("tests/test_a.py::slow",), ["a::slow", "b::quick"]),
        ((str(HERE / "tests" / "test_b.py") + "::slow[tests/test_a.py]",), ["b::quick", "b::slow"]),
        (("tests", "./tests/../tests/test_b.py"), ["b::quick", "b::slow"]),
    ],
)
def test_a_slow_test_runs_where_its_file_is_named_and_not_where_a_folder_is(
    words: tuple[str, ...], expected: list[str]
) -> None:
    items = [
        _case("slow", slow=True),
        _case("quick", file="test_b.py"),
        _case("slow", file="test_b.py", slow=True),
    ]

    chosen = _Deselected(items, words=words).names

    assert expected == [name.removeprefix("tests/test_").replace(".py", "") for name in chosen]


def test_a_campaign_without_a_sample_is_in_no_part_and_not_among_the_slow_tests() -> None:
    marks = {"campaign": pytest.mark.campaign.mark, "slow": pytest.mark.slow.mark}
    long = SimpleNamespace(nodeid="long", path=HERE / "test_long.py", get_closest_marker=marks.get)

    assert [] == _Deselected([long], "--left-out", "0/1").chosen
    assert [] == _Deselected([long], "--slow", value=True).chosen


@pytest.mark.parametrize("number", [2, NUMBERS, 4 * turns.TURNS + 1])
def test_each_case_of_a_test_is_in_one_turn_of_so_many_at_the_latest(number: int) -> None:
    items = [_case("single"), *_cases("several", number)]

    chosen = [_Deselected(items, "--turn", turn, words=("tests",)).names for turn in range(turns.TURNS)]

    assert {item.nodeid for item in items} == {name for names in chosen for name in names}
    least, most = number // min(number, turns.TURNS), -(-number // turns.TURNS)
    assert [] == [names for names in chosen if not least <= len(names) - 1 <= most or names[0] != items[0].nodeid]


def test_what_a_turn_leaves_out_can_be_run_alone() -> None:
    items = [_case("single"), *_cases("several", 4 * turns.TURNS)]

    turn = _Deselected(items, words=("tests",)).names
    others = _Deselected(items, "--other-turns", value=True, words=("tests",)).names

    assert [item.nodeid for item in items if item.nodeid not in turn] == others


@pytest.mark.parametrize(
    ("words", "option"),
    [(("tests/archive",), ""), (("tests", "tests/archive"), ""), (("tests",), "--campaign"), (("tests",), "keyword")],
)
def test_whoever_names_anything_gets_all_cases(words: tuple[str, ...], option: str) -> None:
    items = _cases("several", 4 * turns.TURNS)
    assert [item.nodeid for item in items] == _Deselected(items, option, value=True, words=words).names


def test_each_turn_has_all_cases_of_what_proves_the_promises_but_slow_ones() -> None:
    folder = Path(turns.__file__).parent
    assert [] == [name for name in turns.WHOLE if not (folder / name).exists()]
    file = "fault_injection/test_a.py"
    items = [*_cases("quick", turns.TURNS, file=file), *_cases("slow", turns.TURNS, file=file, slow=True)]
    quick, slow = _Deselected(items, words=("tests",)), _Deselected(items, "--slow", value=True, words=("tests",))
    assert [item.nodeid for item in items[: turns.TURNS]] == quick.names
    assert 1 == len(slow.names)
