"""What runs by default of a test that is marked as a campaign."""

from collections import Counter

import pytest

NUMBERS = 5


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
