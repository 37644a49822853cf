"""What runs by default of a test that is marked as a campaign, and in parts of the rest."""

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from tests import conftest

NUMBERS, PARTS = 5, 3


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
    """A run of pytest as far as it chooses tests, with an option."""

    def __init__(self, items: list[Any], option: str, value: object) -> None:
        """Choose among the tests."""
        self.chosen = list(items)
        self.hook = SimpleNamespace(pytest_deselected=self._note)
        self._options = {option: value}
        self.others: list[Any] = []
        conftest.pytest_collection_modifyitems(self, self.chosen)  # type: ignore[arg-type]

    def getoption(self, name: str) -> object:
        return self._options.get(name)

    def _note(self, items: list[Any]) -> None:
        self.others = items


def _case(name: str, **marked: object) -> Any:
    marker = pytest.mark.campaign(**marked).mark if marked else None
    return SimpleNamespace(nodeid=name, get_closest_marker=lambda _name: marker)


def test_the_parts_of_what_samples_leave_out_are_all_of_it_and_each_case_is_in_one() -> None:
    items = [_case("plain"), *(_case(f"test[{number}]", one_of=NUMBERS) for number in range(4 * NUMBERS))]
    sample = _Deselected(items, "--campaign", None)

    parts = [_Deselected(items, "--left-out", f"{number}/{PARTS}") for number in range(PARTS)]

    assert 1 + 4 == len(sample.chosen)
    assert sorted(one.nodeid for one in sample.others) == sorted(one.nodeid for part in parts for one in part.chosen)
    assert [] == [part for part in parts if not part.chosen]
    assert [len(items)] * PARTS == [len(part.chosen) + len(part.others) for part in parts]


def test_a_campaign_without_a_sample_is_in_no_part() -> None:
    long = SimpleNamespace(nodeid="long", get_closest_marker=lambda _name: pytest.mark.campaign.mark)

    assert [] == _Deselected([long], "--left-out", "0/1").chosen
