"""What was stored in one language is shown in another, as if it had been said in that one."""

import re
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pydantic import SecretStr

from auditor.history import serialization as codec
from auditor.i18n import EMPTY, Message, Translator, _, capital, joined, labelled, phrase, sentences, verbatim
from auditor.i18n.message import check_message
from auditor.model.errors import UserError
from auditor.model.snapshot import Unread
from auditor.security.redaction import Redactor
from tests.conftest import Audit, DemoAudit

CHINESE = Translator("zh")


def stored_and_read(audited: DemoAudit) -> codec.Pass:
    """A pass as the history gives it back."""
    shot = audited.snapshot
    made = codec.Pass(started_at=shot.started_at, finished_at=shot.finished_at, report=audited.report)
    return codec.decode(codec.encode(made))


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", ["messy", "dust"])
def test_findings_are_shown_after_they_were_stored_as_before(demo: Audit, name: str, language: str) -> None:
    translate, audited = Translator(language), demo(name)
    direct, shown = audited.report, stored_and_read(audited).report

    pairs = zip(shown.findings, direct.findings, strict=True)
    mixed = {f.surface for f, g in pairs if translate(f.message) != translate(g.message)}
    assert mixed <= {"borrowing"}  # a kind of loan whose name has a comma
    assert [translate(f.remedy) for f in direct.findings] == [translate(f.remedy) for f in shown.findings]
    assert [translate(line.reason) for line in direct.dust] == [translate(line.reason) for line in shown.dust]


def test_why_a_place_was_not_read_is_shown_in_the_language_of_the_person(demo: Audit) -> None:
    shown = stored_and_read(demo("messy"))

    unread = [r.result for a in shown.snapshot.accounts for r in a.readings if isinstance(r.result, Unread)]
    assert unread
    assert [] == [each.reason for each in unread if CHINESE(each.reason).isascii()]


def test_a_sentence_is_rendered_with_everything_in_it() -> None:
    inner = _("{name} is blank").format(name="bal")
    whole = sentences(labelled(_("Funding wallet"), inner), _(", ").join([_("frozen"), "x"]), joined(" ", (_("sell"),)))

    assert "Funding wallet: bal is blank frozen, x sell" == str(whole) == Translator()(whole)
    assert not any(word in CHINESE(whole) for word in ("wallet", "blank", "frozen", "sell"))


def test_an_error_passes_on_what_it_says() -> None:
    message = _("The answer was not understood: {error}.").format(error=ValueError(_("the data is not a list")))

    assert "data" in str(message)
    assert "data" not in CHINESE(message)
    assert "data" not in CHINESE(
        _("{problem} The watch goes on.").format(problem=UserError(_("the data is not a list")))
    )


def test_a_capital_stays_one() -> None:
    assert "The data is not a list" == str(capital(_("the data is not a list")))


def test_somebody_elses_words_are_never_translated() -> None:
    assert ("Open orders", "\u5f53\u524d\u59d4\u6258") == (CHINESE(verbatim("Open orders")), CHINESE(_("Open orders")))


@pytest.mark.parametrize(
    "empty", [EMPTY, _(""), verbatim(""), sentences(), sentences("", EMPTY), joined(" ", []), _(", ").join([EMPTY])]
)
def test_a_message_without_text_is_false(empty: Message) -> None:
    assert (False, "") == (bool(empty), str(empty))


def test_messages_are_equal_when_they_say_the_same_digit_for_digit() -> None:
    one, same, other = (_("{n} left").format(n=Decimal(n)) for n in ("1.0", "1.0", "1.00"))

    assert (True, True, False) == (one == same, hash(one) == hash(same), one == other)
    assert 2 == len({one, same, other})


def test_words_with_commas_are_translated_as_a_whole_or_else_one_by_one() -> None:
    assert ("VIP loan, Pending", "VIP \u501f\u5e01\u3001Pending") == (
        str(phrase("VIP loan, Pending")),
        CHINESE(phrase("VIP loan, Pending")),
    )


def test_values_may_be_times_and_amounts() -> None:
    message = _("{at} {n} {none}").format(at=datetime(2026, 7, 1, tzinfo=UTC), n=Decimal("0.10"), none=None)

    assert "2026-07-01 00:00:00+00:00 0.10 None" == str(message)


@pytest.mark.parametrize("template", ["{a.__class__}", "{a[0]}", "{a:>9999999}", "{0}", "{}", "{a:{a}}"])
def test_a_template_reaches_nothing_but_the_values(template: str) -> None:
    message = Message(template, {"a": "x", "0": "x"})

    with pytest.raises(ValueError, match=re.escape(template)):
        str(message)
    with pytest.raises(ValueError, match=re.escape(template)):
        check_message(message)


def test_a_value_that_is_missing_is_found_before_it_is_needed() -> None:
    with pytest.raises(KeyError):
        check_message(_("{a} {b}").format(a=_("{c}").format(c=1)))
    with pytest.raises(KeyError):
        check_message(labelled("x", _("{a}").format(c=1)))


def test_a_secret_in_a_sentence_is_not_kept() -> None:
    said = _("The {what} cannot be used: {why}.").format(what=SecretStr("planted-secret-1"), why="planted-secret-2")
    redactor = Redactor()
    redactor.learn("planted-secret-2")

    cleaned = redactor.data(said)

    assert "The ********** cannot be used: ***." == str(cleaned)
    assert {"what": "**********", "why": "***"} == cleaned.values


def test_a_secret_that_only_the_whole_sentence_shows_is_cleaned_out_of_it() -> None:
    redactor = Redactor()
    redactor.learn("apikey: planted")

    assert "***" == str(redactor.data(labelled("apikey", "planted")))


def test_a_secret_that_only_the_translation_shows_is_cleaned_as_it_is_rendered() -> None:
    redactor = Redactor()
    redactor.learn("apikey\uff1aplanted")
    cleaned = redactor.data(labelled("apikey", "planted"))

    assert ("apikey: planted", "***") == (str(cleaned), Translator("zh", redactor.text)(cleaned))
