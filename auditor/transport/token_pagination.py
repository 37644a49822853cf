"""Read a list by the token that each answer gives for the next page, and detect a lost page."""

from collections.abc import AsyncIterator, Callable, Mapping

from auditor.i18n import _
from auditor.spec.endpoint import Query, Token
from auditor.spec.fields import MalformedError
from auditor.transport.cursor_pagination import Ask, Page, PageLostError
from auditor.transport.seen_rows import SeenRows

FLAGS: Mapping[object, bool] = {True: True, False: False, "true": True, "false": False}


async def token_pages(
    ask: Ask, rows_of: Callable[[object], Page], token: Token, query: Query, seen: SeenRows
) -> AsyncIterator[Page]:
    """Yield the pages of the query until an answer gives no further token.

    An empty page that repeats its own token ends the list as well. Raises PageLostError where rows or a token come
    again, or the flag promises a page that no token leads to, or that is empty; MalformedError; and the errors of
    ``ask``.
    """
    size = {token.limit: str(token.size)} if token.limit else {}
    position: dict[str, str] = {}
    used: set[str] = set()
    is_promised = False
    while True:
        answer = await ask({**query.params, **size, **position})
        page = rows_of(answer)
        if seen.repeats(page):
            raise PageLostError(_("a page repeats rows of the page before it"))
        seen.add(page)
        yield page
        if is_promised and not page:
            raise PageLostError(_("the exchange said that there is another page, and it is empty"))
        following = next_token(answer, token)
        is_promised = token.more is not None and bool(following) and _flag(answer, token.more)
        if not following or (not page and following in used):
            return
        if following in used:
            raise PageLostError(_("a page led back to itself instead of the next one"))
        used.add(following)
        position = {token.parameter: following}


def next_token(answer: object, token: Token) -> str:
    """Return the token of the next page, blank on the last one.

    A token beside a flag that says no is followed all the same: the next page proves the end.
    """
    more = None if token.more is None else _flag(answer, token.more)
    value = value_at(answer, token.next)
    if value is None and (token.may_lack or more is False):
        value = ""
    if not isinstance(value, str):
        raise MalformedError(_("{name} is missing").format(name=token.next))
    value = "" if value == token.last else value
    if more and not value:
        raise PageLostError(_("the exchange says that there is another page, but not where"))
    return value


def _flag(answer: object, path: str) -> bool:
    value = value_at(answer, path)
    if not isinstance(value, bool | str) or value not in FLAGS:
        raise MalformedError(_("{name} is missing").format(name=path))
    return FLAGS[value]


def value_at(answer: object, path: str) -> object:
    """Return the value at a dotted path, None where there is none."""
    for part in path.split("."):
        answer = answer.get(part) if isinstance(answer, dict) else None
    return answer
