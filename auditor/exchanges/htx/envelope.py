"""HTX: the envelopes of its answers, and the id with which the next page of a list is asked for.

Paths with ``v1`` answer ``{"status": "ok", "data": ...}``, those with ``v2`` ``{"code": 200, "data": ...}``.
"""

from collections.abc import Mapping
from typing import Final

from auditor.exchanges.shared.envelopes import data_in
from auditor.i18n import _
from auditor.spec.fields import MalformedError
from auditor.spec.rows import list_rows

SUCCESS, OK = "200", "ok"
FOLLOWING = ("next-id", "nextId")
NEXT, ROWS = "next", "rows"
"""Where `unwrap` puts the id of the next page, and the rows of this one."""
NEVER_OPENED = frozenset({"1220", "1228", "1010", "1012"})
"""Codes by which the contracts' API says that an account never had contracts."""
NOT_OPENED: Final = "not opened"
"""What `unwrap` returns for such an answer, which is no data of anything else."""
_data = data_in("data")


def unwrap(body: object) -> object:
    """Return the data of an answer, with the id of the next page where it has one. Raises MalformedError."""
    if isinstance(body, dict) and _code(body) in NEVER_OPENED:
        return NOT_OPENED
    data = _data(body)
    named = body if isinstance(body, Mapping) else {}
    following = [named[name] for name in FOLLOWING if named.get(name) is not None]
    if not following:
        return data
    if not isinstance(following[0], str):
        raise MalformedError(_("{name} is not a whole number").format(name=FOLLOWING[0]))
    return {ROWS: data, NEXT: following[0]}


def paged_rows(data: object) -> list[object]:
    """Return the rows of a page, which may name the next one."""
    return list_rows(data[ROWS] if isinstance(data, dict) and data.keys() == {ROWS, NEXT} else data)


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success; an answer without either is an error."""
    if not isinstance(body, dict):
        return None
    if body.get("status") == OK or ("status" not in body and str(body.get("code")) == SUCCESS):
        return None
    code = _code(body)
    if code in NEVER_OPENED:
        return None
    message = next((body[name] for name in ("err-msg", "err_msg", "message", "msg") if body.get(name)), "")
    return code, str(message)


def _code(body: Mapping[str, object]) -> str:
    return next((str(body[name]) for name in ("err-code", "err_code", "code") if body.get(name) is not None), "")
