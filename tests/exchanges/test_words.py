"""Every state, kind and side that a table names is told in words; one that it does not name stays visible."""

import importlib
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from auditor.i18n import Text, Translator
from auditor.i18n.catalogues import EXCHANGES
from auditor.model.records import Record
from auditor.spec.words import kind_in_words, side_in_words, state_in_words
from tests.builders import bot, earning, find_all, order, position

LANGUAGES = [Translator("en"), Translator("zh")]
TABLES = sorted(file.parent.name for file in EXCHANGES.glob("*/words.py"))


def tables(exchange: str) -> Mapping[str, Mapping[str, str]]:
    module = importlib.import_module(f"auditor.exchanges.{exchange}.words")
    return {name: table for name, table in vars(module).items() if name.isupper() and isinstance(table, Mapping)}


NAMED = [(exchange, name) for exchange in TABLES for name in tables(exchange)]


def records(name: str, words: Text) -> list[Record]:
    """Return records that are told with these words, which stand in the table of that name."""
    if name == "SIDES":
        return [order(side=words), replace(position(), side=words)]
    if name.endswith("KINDS"):
        return [replace(order(), kind=words), replace(position(), kind=words)]
    return [
        replace(order(), state=words),
        replace(bot(), state=words),
        bot("recurring buy", state=words, repeats=True),
        bot("copy position", state=words, copies=True),
        bot(state=words, stopped=True),
        replace(earning(), state=words),
        replace(earning(redeeming=True), state=words),
    ]


@pytest.mark.parametrize(("exchange", "name"), NAMED)
def test_a_word_of_the_interface_is_told_in_words(exchange: str, name: str) -> None:
    assert {} == {raw: told for raw, words in tables(exchange)[name].items() if (told := untold(name, raw, words))}


def untold(name: str, raw: str, words: str) -> list[str]:
    """Sentences that repeat a word of the interface, or that call it unknown."""
    findings = [finding for record in records(name, words) for finding in find_all(record)]
    told = [translate(finding.message) for finding in findings for translate in LANGUAGES]
    # Words such as "limit" are English as well, and acronyms are the words of the app.
    said_as_it_is = raw == words or (raw == raw.lower() and "_" not in raw)
    repeated = [line for line in told if not said_as_it_is and re.search(rf"(?<![\w-]){raw}(?!\w)", line)]
    return repeated + [line for line in told if "unknown" in line]


@pytest.mark.parametrize("exchange", TABLES)
def test_each_word_is_translated(exchange: str) -> None:
    _english, chinese = LANGUAGES
    words = {word for table in tables(exchange).values() for word in table.values() if word}
    assert [] == sorted(word for word in words if chinese.template(word) == word and not word.isupper())


@pytest.mark.parametrize("in_words", [state_in_words, kind_in_words, side_in_words])
def test_a_word_that_no_table_names_is_told_as_it_came(in_words: object) -> None:
    assert callable(in_words)
    for translate in LANGUAGES:
        assert "SOME_NEW_WORD" in translate(in_words("SOME_NEW_WORD", {"OPEN": "open"}))


def test_a_state_that_no_table_names_is_told_in_the_finding_with_the_word_itself() -> None:
    for record in records("STATES", state_in_words("SOME_NEW_WORD", {}))[:-1]:
        (finding,) = find_all(record)
        assert "unknown state 'SOME_NEW_WORD'" in str(finding.message)


def test_no_state_is_no_word() -> None:
    assert ("", "", None) == (state_in_words("", {}), kind_in_words("", {}), side_in_words("", {}))


def test_every_table_of_words_is_looked_at() -> None:
    assert {"okx", "binance"} <= set(TABLES)
    assert all(Path(EXCHANGES / exchange / "words.py").is_file() for exchange in TABLES)
