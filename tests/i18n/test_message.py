"""What was stored in one language is shown in another, as if it had been said in that one."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr

from auditor import i18n
from auditor.audit.report_builder import build_report
from auditor.history import serialization as codec
from auditor.i18n import _, joined, labelled, sentences
from auditor.i18n.message import Said, capital
from auditor.model.snapshot import Unread
from auditor.security.redaction import Redactor
from tests.conftest import Audit

BOTH_WAYS = {"en": "zh", "zh": "en"}


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    yield
    i18n.use("en")


def again(text: str, language: str) -> str:
    i18n.use(language)
    assert isinstance(text, Said)
    return text.again(_)


def stored_and_shown(audited: codec.Pass, spoken: str) -> codec.Pass:
    """A pass that was stored in one language and is read in the other."""
    i18n.use(spoken)
    said = build_report(audited.snapshot, now=audited.finished_at)
    content = codec.encode(codec.Pass(started_at=audited.started_at, finished_at=audited.finished_at, report=said))
    i18n.use(BOTH_WAYS[spoken])
    return codec.decode(content)


@pytest.mark.parametrize("spoken", BOTH_WAYS)
@pytest.mark.parametrize("name", ["messy", "dust"])
def test_findings_stored_in_one_language_are_shown_in_the_other(demo: Audit, name: str, spoken: str) -> None:
    audited = demo(name)
    shot = audited.snapshot
    made = codec.Pass(started_at=shot.started_at, finished_at=shot.finished_at, report=audited.report)

    shown = stored_and_shown(made, spoken).report
    direct = build_report(shot, now=shot.finished_at)

    mixed = {f.surface for f, g in zip(shown.findings, direct.findings, strict=True) if f.message != g.message}
    assert mixed <= {"borrowing"}  # a kind of loan whose name has a comma
    assert [f.remedy for f in direct.findings] == [f.remedy for f in shown.findings]
    assert [line.reason for line in direct.dust] == [line.reason for line in shown.dust]


def test_why_a_place_was_not_read_is_shown_in_the_language_of_the_person(demo: Audit) -> None:
    shot = demo("messy").snapshot
    made = codec.Pass(started_at=shot.started_at, finished_at=shot.finished_at, report=demo("messy").report)

    shown = stored_and_shown(made, "en")

    unread = [r.result for a in shown.snapshot.accounts for r in a.readings if isinstance(r.result, Unread)]
    assert unread
    assert [] == [each.reason for each in unread if each.reason.isascii()]


def test_a_sentence_is_said_again_with_everything_in_it() -> None:
    inner = _("{name} is blank").format(name="bal")
    said = sentences(labelled(_("Funding wallet"), inner), _(", ").join([_("frozen"), "x"]), joined(" ", (_("sell"),)))

    chinese = again(said, "zh")

    assert "Funding wallet: bal is blank frozen, x sell" == said
    assert said == again(chinese, "en")
    assert not any(word in chinese for word in ("wallet", "blank", "frozen", "sell"))


def test_an_error_passes_on_what_it_says() -> None:
    said = _("The answer was not understood: {error}.").format(error=ValueError(_("the data is not a list")))

    assert "data" in said
    assert "data" not in again(said, "zh")


def test_a_capital_stays_one() -> None:
    said = capital(_("the data is not a list"))

    assert "The data is not a list" == said == again(again(said, "zh"), "en")


def test_a_secret_in_a_sentence_is_not_kept() -> None:
    said = _("The {what} cannot be used: {why}.").format(what=SecretStr("planted-secret-1"), why="planted-secret-2")
    redactor = Redactor()
    redactor.learn("planted-secret-2")

    cleaned = redactor.data(said)

    assert isinstance(cleaned, Said)
    assert "The ********** cannot be used: ***." == cleaned == again(cleaned, "en")
    assert {"what": "**********", "why": "***"} == cleaned.values


def test_a_secret_that_only_the_whole_sentence_shows_is_cleaned_out_of_it() -> None:
    redactor = Redactor()
    redactor.learn("apikey: planted")

    assert "***" == redactor.data(labelled("apikey", "planted"))
