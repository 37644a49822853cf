"""The pages of an answer that shows balances, where one does not hold them all."""

from collections.abc import Mapping
from pathlib import Path

from auditor.archive.folder import ANCHOR, raw_file
from auditor.archive.raw import RawAnswer, answers, places
from auditor.archive.session import Session
from auditor.i18n import _
from auditor.spec.endpoint import Endpoint, Token
from auditor.spec.exchange import Exchange
from auditor.transport.ccxt.json_body import decoded_body
from auditor.transport.cursor_pagination import PageLostError
from auditor.transport.token_pagination import next_token


async def ask_pages(session: Session, endpoint: Endpoint, kept: list[RawAnswer]) -> list[object]:
    """Return the data of every page, the first one first, and add each answer to ``kept``."""
    params, pages, used = _first(endpoint), list[object](), set[str]()
    while True:
        data = await session.ask(endpoint, params, kept)
        pages.append(data)
        token = _token(endpoint, data)
        if not token:
            return pages
        if token in used:
            raise PageLostError(_("a page led back to itself instead of the next one"))
        used.add(token)
        params = {**params, _parameter(endpoint): token}


def last_pages(folder: Path, exchange: Exchange, endpoint: Endpoint) -> list[object] | None:
    """Return the pages that came last, the first one first; None where not all are there. Raises DamagedError."""
    path, wanted = raw_file(folder, ANCHOR), endpoint.full_path(exchange.api.prefix)
    pages, following = list[object](), ""
    for _line, one in answers(path, places(path)) if path.exists() else ():
        if one.path != wanted or not _is_asked(endpoint, one.params):
            continue
        data = exchange.api.unwrap(decoded_body(one.body))
        if _token(endpoint, data) != following:
            return None
        pages.insert(0, data)
        following = one.params.get(_parameter(endpoint), "")
        if not following:
            return pages
    return None


def _first(endpoint: Endpoint) -> Mapping[str, str]:
    params, pagination = endpoint.queries[-1].params, endpoint.pagination
    if isinstance(pagination, Token) and pagination.limit:
        return {**params, pagination.limit: str(pagination.size)}
    return params


def _is_asked(endpoint: Endpoint, params: Mapping[str, str]) -> bool:
    """Return whether a request was for these balances: those of another wallet may have the same path."""
    return {name: value for name, value in params.items() if name != _parameter(endpoint)} == dict(_first(endpoint))


def _parameter(endpoint: Endpoint) -> str:
    return endpoint.pagination.parameter if isinstance(endpoint.pagination, Token) else ""


def _token(endpoint: Endpoint, data: object) -> str:
    """Return what leads to the page after one, "" after the last one."""
    return next_token(data, endpoint.pagination) if isinstance(endpoint.pagination, Token) else ""
