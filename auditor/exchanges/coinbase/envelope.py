"""Coinbase: the data and the error code of an answer, in the shapes of its three APIs."""

from collections.abc import Mapping
from urllib.parse import parse_qs, urlsplit

NEXT, MORE = "next_page", "has_next_page"
"""Where `unwrap` puts the id after which the next page begins ("" on the last one), and whether there is one."""
AFTER = "starting_after"


def unwrap(body: object) -> object:
    """Return the result of a JSON-RPC answer, and any other body with what leads to its next page."""
    if not isinstance(body, dict):
        return body
    if "jsonrpc" in body and "result" in body:
        return body["result"]
    pages = body.get("pagination")
    if not isinstance(pages, dict):
        return body
    following = _next_page(pages)
    return {**body, NEXT: following, MORE: None if following is None else bool(following)}


def _next_page(pages: Mapping[str, object]) -> str | None:
    """Return the id after which the next page begins, "" on the last page; None where that is not said plainly.

    ``next_uri`` is the address of the next page, null on the last one; bodies of real accounts also have the id itself.
    """
    uri, stated = _plain(pages.get("next_uri", False)), _plain(pages.get("next_" + AFTER, False))
    named = parse_qs(urlsplit(uri or "").query).get(AFTER, [])
    if "next_uri" in pages and (uri is None or len(named) > 1):
        return None
    if stated is None:
        return None if bool(uri) is not bool(named) or "next_uri" not in pages else "".join(named)
    agree = "next_uri" not in pages or (bool(uri) is bool(stated) and named in ([], [stated]))
    return stated if agree else None


def _plain(value: object) -> str | None:
    return "" if value is None else value if isinstance(value, str) else None


def error_code(body: object) -> tuple[str, str] | None:
    """Return code and message of an error answer, None for a success."""
    if not isinstance(body, dict):
        return None
    errors, error = body.get("errors"), body.get("error")
    if isinstance(errors, list) and errors and isinstance(errors[0], dict):
        return str(errors[0].get("id") or "?"), str(errors[0].get("message") or "")
    if isinstance(error, dict):
        return str(error.get("code") or "?"), str(error.get("message") or "")
    if isinstance(error, str) and error:
        message = body.get("message") or body.get("error_details") or body.get("error_description")
        return error, str(message or "")
    # An error in any other shape is one all the same, whatever lists stand beside it.
    return ("?", str(error or errors)) if error or errors else None
