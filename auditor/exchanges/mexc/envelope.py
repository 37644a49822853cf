"""MEXC: an answer of futures has its data in ``data``; one of spot has no envelope, and may count its pages."""

from collections.abc import Mapping

from auditor.exchanges.mexc.errors import NO_FUTURES
from auditor.i18n import _
from auditor.spec.fields import MalformedError

ROWS, NEXT = "resultList", "nextPage"
"""The list in an answer of futures, also where it is the whole data; the number of the page after one of spot."""
PAGE, PAGES = "page", "totalPageNum"


def unwrap(body: object) -> object:
    """Return an answer's data: with the number of the page that follows, "" after the last one, where it counts pages.

    Raises MalformedError for an answer of futures without data.
    """
    if isinstance(body, dict) and "success" in body:
        return _of_futures(body)
    if isinstance(body, dict) and PAGES in body:
        return {**body, NEXT: _following(body)}
    if (
        isinstance(body, list)
        and len(body) == 1
        and isinstance(body[0], dict)
        and isinstance(body[0].get("rows"), list)
    ):
        # The documentation prints a list around it (Query User Universal Transfer History), accounts show none.
        return body[0]
    return body


def _of_futures(body: Mapping[str, object]) -> object:
    if "data" not in body and str(body.get("code")) == NO_FUTURES:
        # What an account has that was never opened: nothing.
        return {ROWS: []}
    if "data" not in body:
        raise MalformedError(_("{name} is missing").format(name="data"))
    data = body["data"]
    return {ROWS: data} if isinstance(data, list) else data


def _following(body: Mapping[str, object]) -> str:
    numbers = [str(body.get(name)) for name in (PAGE, PAGES)]
    if not all(number.isascii() and number.isdigit() for number in numbers):
        raise MalformedError(_("{name} is not a count").format(name=PAGES))
    page, pages = map(int, numbers)
    return str(page + 1) if page < pages else ""
