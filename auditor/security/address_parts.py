"""The parts of an address that may be secrets by themselves: of a webhook, a service of apprise, a database."""

import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_plus

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://(?P<rest>.+)", re.IGNORECASE | re.DOTALL)
_BOT = "bot"
"""Stands before the token in addresses of Telegram."""
_WEB = ("http://", "https://")


def address_parts(text: str) -> Iterator[str]:
    """Yield user, password, each part of the path and each value of the query, as they stand and decoded.

    The host, too, unless it is a name with dots or one on the web: with many services the token stands there.
    Yields nothing for a text that is no address.
    """
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return
    before_fragment, _hash, fragment = found["rest"].partition("#")
    place, _mark, query = before_fragment.partition("?")
    site, _slash, path = place.partition("/")
    user, _at, host = site.rpartition("@")
    hosts = () if "." in host or text.lower().startswith(_WEB) else (host, *host.split(":"))
    pairs = re.split("[&;]", query)
    values = (pair.partition("=")[2] or pair for pair in pairs)
    for part in (user, *user.split(":"), *hosts, *path.split("/"), *pairs, *values, fragment):
        yield from dict.fromkeys((part, unquote(part), unquote_plus(part)))
        yield from (piece for word in re.split("[:,=]", part) for piece in (word, word.removeprefix(_BOT)))
