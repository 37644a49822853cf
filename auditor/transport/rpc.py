"""The bodies of JSON-RPC requests: the method that they name decides what the server does, whatever the path.

Source: JSON-RPC 2.0 specification, section 4 (Request object).
"""

import json
from collections.abc import Mapping

VERSION = "2.0"
NUMBER = 1
WORDS: Mapping[str, object] = {"true": True, "false": False}
FIELDS = frozenset({"jsonrpc", "id", "method", "params"})


def rpc_body(method: str, params: Mapping[str, object]) -> str:
    """Return the body of a request for ``method``; ``true`` and ``false`` are JSON's, all else stays a text."""
    typed = {name: WORDS.get(str(value), value) for name, value in params.items()}
    return json.dumps({"jsonrpc": VERSION, "id": NUMBER, "method": method, "params": typed})


def method_in(body: object) -> str | None:
    """Return the method that a body names; None unless it is one request that every server reads alike.

    Several requests in a list, a field that comes twice and one that no request has are none; nor is one whose
    parameters have parts of their own, or the name of a field of the request.
    """
    if not isinstance(body, bytes):
        return None
    try:
        request = json.loads(body.decode("ascii"), object_pairs_hook=_fields_once)
    except (ValueError, RecursionError):
        return None
    if not isinstance(request, dict) or frozenset(request) != FIELDS or request["jsonrpc"] != VERSION:
        return None
    method, params = request["method"], request["params"]
    return method if isinstance(method, str) and _is_flat(params) else None


def _is_flat(params: object) -> bool:
    """Return whether parameters are texts and truth values under names of their own."""
    if not isinstance(params, dict) or FIELDS & frozenset(params):
        return False
    return all(isinstance(value, str | bool) for value in params.values())


def _fields_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError
    return fields
