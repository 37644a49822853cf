"""This task's latest request and the headers of its answer: ccxt keeps only one set of headers for all tasks."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from auditor.transport.http_time import header


@dataclass(frozen=True, slots=True)
class UnsignedRequest:
    """A request by ccxt's names, before it is signed: it holds no key, no signature and no time of signing."""

    section: str
    method: str
    path: str
    params: Mapping[str, Any] = field(default_factory=dict)


REQUEST: ContextVar[UnsignedRequest] = ContextVar("REQUEST")
# Names of the request's parameters, before ccxt signs it.
ASKED: ContextVar[frozenset[str]] = ContextVar("ASKED", default=frozenset())
ANSWER_HEADERS: ContextVar[Mapping[str, str]] = ContextVar("ANSWER_HEADERS")
NO_HEADERS: Mapping[str, str] = MappingProxyType({})
# When the answer arrived, in the event loop's time; None before it.
ANSWERED_AT: ContextVar[float | None] = ContextVar("ANSWERED_AT", default=None)


def note_request(path: object, api: object, method: object, params: Mapping[str, Any] | None) -> None:
    """Keep a request by ccxt's names; ``api``: the section, or a list of sections one within another."""
    section = ".".join(map(str, api)) if isinstance(api, list | tuple) else str(api)
    asked = dict(params or {})
    ASKED.set(frozenset(map(str, asked)))
    REQUEST.set(UnsignedRequest(section, str(method), str(path), asked))


def answer_header(name: str) -> str | None:
    """Return a header of the latest answer; the name is case-insensitive."""
    return header(ANSWER_HEADERS.get(), name)
