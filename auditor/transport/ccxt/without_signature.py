"""A request and its answer without what signs: a URL with the parameters that were asked, a body without its token."""

import json
import re
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from auditor.transport.ccxt.latest_call import ASKED

# A query that is written again as it is, and the names in it.
_PLAIN = re.compile(r"[\w.-]+=[\w.-]*(?:&[\w.-]+=[\w.-]*)*", re.ASCII)
_NAME = re.compile(r"(?:^|&)([^=]*)")


def without_token(body: str, name: str) -> str:
    """Return an answer's body without the token in its field ``name``; nothing of one that cannot be read."""
    if name not in body:
        return body
    try:
        decoded = json.loads(body, parse_float=str, parse_int=str)
    except ValueError:
        return ""
    return json.dumps(_blanked(decoded))


def _blanked(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: "left out" if key.endswith("token") else _blanked(inner) for key, inner in value.items()}
    return [_blanked(inner) for inner in value] if isinstance(value, list) else value


def asked_url(url: str) -> str:
    """Return the URL with those parameters that were asked; ``name[]`` and ``name[0]`` are parts of a list ``name``."""
    parts, asked = urlsplit(url), ASKED.get()
    if _PLAIN.fullmatch(parts.query) and asked.issuperset(_NAME.findall(parts.query)):
        return url
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if name.partition("[")[0] in asked]
    return parts._replace(query=urlencode(kept)).geturl()
