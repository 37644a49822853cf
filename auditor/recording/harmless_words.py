"""Words that say nothing about an account: those in the exchange's table, in ccxt's, and in public answers."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

from auditor import exchanges
from auditor.exchanges.unified.spec import FOLDER as UNIFIED
from auditor.transport.ccxt.loader import exchange_class

LONGEST = 40
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:[_-][A-Za-z0-9]+)*")
_LETTER = re.compile(r"[A-Za-z]")


@cache
def known_words(exchange: str) -> frozenset[str]:
    """Return the words of an exchange's table, of its unified calls, and of ccxt's class for it."""
    texts = (*_table_texts(exchange), *_call_texts(exchange), *_ccxt_texts(exchange))
    return frozenset(_tokens(texts))


def tokens_of(values: Iterable[str]) -> frozenset[str]:
    """Return the values that are words, not mere numbers, and of a sane length."""
    return frozenset(value for value in values if len(value) <= LONGEST and _LETTER.search(value))


def _tokens(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        if "\n" not in text:
            yield from (token for token in (text, *_TOKEN.findall(text)) if tokens_of((token,)))


def _table_texts(exchange: str) -> Iterator[str]:
    """Yield every text in the modules of the exchange's folder, and of the folders that it takes its table from."""
    for folder in (path for base in exchanges.__path__ for path in (Path(base) / exchange, Path(base) / "shared")):
        for file in sorted(folder.glob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            constants = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
            yield from (value for value in constants if isinstance(value, str))
            yield from (text for name in _inherited(tree, exchange) for text in _table_texts(name))


def _inherited(tree: ast.AST, exchange: str) -> set[str]:
    modules = (node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom))
    names = {module.split(".")[2] for module in modules if re.fullmatch(r"auditor\.exchanges\.\w+\.exchange", module)}
    return names - {exchange, "unified"}


def _call_texts(exchange: str) -> Iterator[str]:
    file = UNIFIED / "calls" / f"{exchange}.toml"
    if file.is_file():
        yield from _texts(tomllib.loads(file.read_text(encoding="utf-8")))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for part in pair for text in _texts(part))
    elif isinstance(value, list | tuple | frozenset):
        yield from (text for item in value for text in _texts(item))


def _ccxt_texts(exchange: str) -> Iterator[str]:
    """Yield every text in the code of ccxt's class and of its bases: fields, states, codes, errors."""
    for base in exchange_class(exchange).__mro__:
        if base.__module__.startswith("ccxt.") and ".base." not in base.__module__:
            functions = (value for value in vars(base).values() if isinstance(value, FunctionType))
            yield from (text for function in functions for text in _constants(function.__code__))


def _constants(code: CodeType) -> Iterator[str]:
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _constants(constant)
        else:
            yield from _texts(constant)
