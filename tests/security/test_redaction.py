"""The redaction filter."""

import base64
import html
import json
import logging
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model.report import Severity
from auditor.security.redaction import MASK, LogFilter, Redactor

SECRET = "aB3$/x +\"\\<q'9&z"


@pytest.fixture
def redactor() -> Redactor:
    made = Redactor()
    made.learn(SECRET)
    return made


ENCODINGS = {
    "raw": SECRET,
    "upper case": SECRET.upper(),
    "base64": base64.b64encode(SECRET.encode()).decode(),
    "base64 for URLs": base64.urlsafe_b64encode(SECRET.encode()).decode(),
    "hex": SECRET.encode().hex(),
    "URL-quoted": quote(SECRET),
    "URL-quoted whole": quote(SECRET, safe=""),
    "form-quoted": quote_plus(SECRET),
    "URL-quoted base64": quote(base64.b64encode(SECRET.encode()).decode(), safe=""),
    "JSON": json.dumps(SECRET)[1:-1],
    "JSON in JSON": json.dumps(json.dumps(SECRET))[1:-1],
    "repr": repr(SECRET)[1:-1],
    "HTML": html.escape(SECRET),
    "CSV": SECRET.replace('"', '""'),
}


@pytest.mark.parametrize("encoded", ENCODINGS.values(), ids=ENCODINGS.keys())
def test_a_secret_is_hidden_in_every_encoding(redactor: Redactor, encoded: str) -> None:
    found = redactor.text(f"<<{encoded}>>")

    assert encoded.rstrip("=") not in found
    assert found.startswith("<<")
    assert found.endswith(">>")
    assert "***" in found


@pytest.mark.parametrize("before", ["", "k", "ke", "key"])
def test_a_secret_is_hidden_in_base64_wherever_it_starts(redactor: Redactor, before: str) -> None:
    encoded = base64.b64encode(f"{before}:{SECRET}:after".encode()).decode()

    assert "***" in redactor.text(encoded)


@pytest.mark.parametrize(
    "line",
    [
        "{'OK-ACCESS-SIGN': 'q83vEjRWeJCrze8SNFZ4kKvN7xI='}",
        "OK-ACCESS-KEY: 0123456789abcdef0123456789abcdef",
        "X-MBX-APIKEY=0123456789abcdef0123456789abcdef",
        "GET /x?timestamp=1&signature=0123456789abcdef0123456789abcdef",
        "Authorization: Bearer 0123456789abcdef0123456789abcdef",
    ],
)
def test_signature_headers_are_hidden_though_their_value_is_not_known(line: str) -> None:
    found = Redactor().text(line)

    assert "***" in found
    assert "0123456789abcdef" not in found
    assert "q83vEjRW" not in found


SIGNATURES = {
    "base64": "5KBv6gFyyuFj0jLCB8E1ti/QibLqPBBCISj+blYMz3k=",
    "base64 for URLs": "5KBv6gFyyuFj0jLCB8E1ti_QibLqPBBCISj-blYMz3k=",
    "URL-quoted": "5KBv6gFyyuFj0jLCB8E1ti%2FQibLqPBBCISj%2BblYMz3k%3D",
    "escaped in JSON": "5KBv6gFyyuFj0jLCB8E1ti\\/QibLqPBBCISj+blYMz3k=",
    "SHA-512": "Q0" * 43 + "==",
}


@pytest.mark.parametrize("signature", SIGNATURES.values(), ids=SIGNATURES.keys())
def test_a_signature_is_hidden_though_nothing_names_it(signature: str) -> None:
    assert Redactor().text(f"bad signature '{signature}'.") == "bad signature '***'."


@pytest.mark.parametrize(
    "digest", ["0" * 64, f"sha256:{'ab' * 32}", "A" * 43, "A" * 44 + "=", "0." + "1" * 40, "=" * 44]
)
def test_digests_and_amounts_are_no_signatures(digest: str) -> None:
    assert Redactor().text(digest) == digest


def test_the_rest_of_a_line_stays_as_it_is(redactor: Redactor) -> None:
    assert redactor.text(f"0.00000001 BTC for {SECRET}.") == "0.00000001 BTC for ***."


def test_one_secret_within_another_is_hidden_with_it() -> None:
    redactor = Redactor()
    redactor.learn("abcdefgh")
    redactor.learn("abcdefgh-and-more")

    assert redactor.text("abcdefgh-and-more") == "***"


@given(st.decimals(allow_nan=False, allow_infinity=False).map(lambda amount: format(amount, "f")))
def test_amounts_are_never_filtered(amount: str) -> None:
    redactor = Redactor()
    redactor.learn("a1234567")
    redactor.learn("00000000x")

    assert redactor.text(amount) == amount


@dataclass(frozen=True)
class Inner:
    note: str
    amount: Decimal
    severity: Severity = Severity.BLOCKER


@dataclass(frozen=True)
class Outer:
    inners: tuple[Inner, ...]
    row: dict[str, object] = field(default_factory=dict)


def test_data_is_cleaned_however_deep_it_lies_and_keeps_its_shape(redactor: Redactor) -> None:
    given_data = Outer((Inner(f"a {SECRET}", Decimal("1.0")),), {SECRET: [SECRET, 1, None], "set": frozenset({SECRET})})

    expected = Outer((Inner("a ***", Decimal("1.0")),), {"***": ["***", 1, None], "set": frozenset({"***"})})
    assert expected == redactor.data(given_data)


def test_a_log_record_is_cleaned_with_its_arguments_and_without_its_traceback(redactor: Redactor) -> None:
    failed = (ValueError, ValueError(SECRET), None)
    record = logging.LogRecord("ccxt", logging.DEBUG, "f", 1, "headers %s", (SECRET,), failed)

    assert LogFilter(redactor).filter(record)
    assert record.getMessage() == "headers *** (ValueError: ***)"
    assert record.exc_info is None


def test_a_secret_learnt_later_is_masked_in_what_is_cleaned_from_then_on() -> None:
    redactor = Redactor()
    redactor.learn("first-secret-value")
    assert "*** second-secret-value" == redactor.text("first-secret-value second-secret-value")
    redactor.learn("second-secret-value")
    assert "*** ***" == redactor.text("FIRST-secret-value Second-Secret-Value")


def test_a_secret_is_masked_beside_letters_that_have_no_plain_case() -> None:
    redactor = Redactor()
    redactor.learn("plain-secret-value")
    assert "\u0130 ***" == redactor.text("\u0130 plain-\u017fecret-value")


def test_what_was_looked_through_before_a_secret_was_learnt_is_looked_through_again() -> None:
    redactor, secret = Redactor(), "a-secret-of-some-length"
    assert f"say {secret}" == redactor.text(f"say {secret}")
    redactor.learn(secret)
    assert f"say {MASK}" == redactor.text(f"say {secret}")


def test_bytes_are_no_text() -> None:
    with pytest.raises(TypeError):
        Redactor().text(b"text")  # type: ignore[arg-type]


def test_nothing_that_was_cleaned_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Raw answers pass here as well: they are large, and what was taken out of them must not stay behind."""
    redactor, seen = Redactor(), list[str]()
    clean = redactor.text

    def noted(text: str) -> str:
        seen.append(text)
        return clean(text)

    monkeypatch.setattr(redactor, "text", noted)
    for _ in range(2):
        assert ["an answer", "an answer"] == redactor.data(["an answer", "an answer"])
    assert ["an answer", "an answer"] == seen
