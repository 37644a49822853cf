"""A clock that is minutes off is named, since dates are judged by it; one that is right is not mentioned."""

import pytest

from auditor.formats import Sink, get_format
from auditor.i18n import Translator
from tests.formats.conftest import Maker

FORMS = ["terminal", "markdown", "html", "github"]


def shown(make: Maker, form: str, skew: float | None, language: str = "en") -> str:
    """The report in one line, without what HTML and annotations escape."""
    report = make.report(make.account(clock_skew=skew))
    text = get_format(form).render(report, Sink(width=400, translate=Translator(language)))
    return " ".join(text.replace("&#39;", "'").split())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("skew", "expected"), [(61.2, "61 s behind OKX's"), (-180.0, "180 s ahead of OKX's")])
def test_a_clock_that_is_a_minute_off_is_named(make: Maker, form: str, skew: float, expected: str) -> None:
    assert f"Your computer's clock is {expected}." in shown(make, form, skew)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("skew", [None, 0.0, 59.4, -59.4])
def test_a_clock_that_is_right_to_a_minute_is_not_mentioned(make: Maker, form: str, skew: float | None) -> None:
    assert "clock" not in shown(make, form, skew).lower()


@pytest.mark.parametrize("form", FORMS)
def test_the_warning_is_translated_like_everything_else(make: Maker, form: str) -> None:
    assert "\u6bd4 OKX \u6162 300 \u79d2" in shown(make, form, 300.0, "zh")
