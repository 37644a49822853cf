"""The redaction filter takes time that grows as the length of a text, whatever an exchange writes into it."""

import time

import pytest

from auditor.security.redaction import MASK, Redactor

PEM = f"-----BEGIN EC PRIVATE KEY-----\n{'Zm9v' * 16}\n-----END EC PRIVATE KEY-----"
LENGTH, FACTOR = 4_000, 4
UNITS = [
    *("a", "-", "a-", "_", "0", "=", " ", "%", "%2f", "\\/", "/", "+", ".", '"', "'", "\n", "\u4f59", "\u0130"),
    *("api", "api-key", "apikey=", "x-api-key: ", "ok-access-", "ok-access-a", "signature", "-sign", "a-sign="),
    *("authorization", "authorization: basic ", "authorization: bearer ", 'signature"  ', "accesskeyid="),
    *("apikey=%E/", "signature=" + "a" * 15 + " ", "a" * 43 + "=", "a" * 85 + "="),
    *("signature:   ", "key-of-0", "key-of-00", PEM[:8], PEM[:40]),
]  # fmt: skip


@pytest.fixture(scope="module")
def redactor() -> Redactor:
    """A filter that knows the keys of many accounts."""
    made = Redactor()
    made.learn(PEM)
    for number in range(60):
        made.learn(f"key-of-{number:02d}-abcdef")
        made.learn(f"{number:02d}-secret/+of==that")
    return made


def seconds(redactor: Redactor, text: str) -> float:
    """The least CPU time of several runs, as a busy computer only ever adds to it."""
    spent = []
    for _attempt in range(7):
        before = time.process_time()
        redactor.text(text)
        spent.append(time.process_time() - before)
    return min(spent)


@pytest.mark.campaign(one_of=6)
@pytest.mark.parametrize("unit", UNITS)
def test_a_text_of_four_times_the_length_does_not_take_eight_times_as_long(redactor: Redactor, unit: str) -> None:
    short, long = (unit * (length // len(unit)) for length in (LENGTH, LENGTH * FACTOR))

    assert seconds(redactor, long) < 2 * FACTOR * seconds(redactor, short)


def test_a_long_word_is_looked_through_to_its_end(redactor: Redactor) -> None:
    word = "a" * 100_000

    assert f"{word}-api-key: {MASK}" == redactor.text(f"{word}-api-key: 0123456789abcdef")
    assert f"{word} {MASK} {word}" == redactor.text(f"{word} KEY-OF-07-abcdef {word}")


def test_many_secrets_that_begin_alike_take_no_longer_than_one() -> None:
    """What is looked up does not grow with the number of accounts."""
    one, many = Redactor(), Redactor()
    one.learn("same-beginning-0001-x")
    for number in range(100):
        many.learn(f"same-beginning-{number:04d}-x")
    text = "same-beginning-" * 1_000

    assert seconds(many, text) < 5 * seconds(one, text)
