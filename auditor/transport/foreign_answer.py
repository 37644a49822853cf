"""Tell an answer of the exchange from one that something on the way gave in its place.

A gateway, a firewall, a network's login page or a proxy answers with a page, a redirect, a status of its own, or
nothing. Sources: RFC 9110 and RFC 6585 (status 407, 511); Cloudflare's error pages, 1xxx (2026).
"""

import html
import json
import re
from dataclasses import dataclass

from auditor.i18n import Message, _, sentences
from auditor.model.snapshot import Trouble, Unread

OK, UNAUTHORIZED, PROXY_LOGIN, LEGAL_REASONS, NETWORK_LOGIN, SERVER_TROUBLE = 200, 401, 407, 451, 511, 500
REDIRECTS = range(300, 400)
# Limits: whoever says so, the pause is kept, and nothing else follows from the page.
LIMITS = frozenset({418, 429})
BEGINNING = 20_000
LONGEST_TITLE = 80
_TITLE = re.compile(r"<title[^>]{0,80}>([^<]{1,400})", re.IGNORECASE)
_LOGIN = re.compile(
    r"type=[\"']?password|captive|hotspot|wi-?fi|<title[^>]{0,80}>[^<]{0,80}(?:log ?in|sign ?in)", re.IGNORECASE
)
REGION_WORDS = (
    "restricted location",
    "restricted region",
    "restricted jurisdiction",
    "non-restricted country",
    "from your country",
    "in your country",
    "in your region",
    "in your location",
    "in your jurisdiction",
    "country or region",
    "not available in your",
    "from a country",
    "error code: 1009",
    "error 1009",
    "ip address is located",
    "ip is located",
)


@dataclass(frozen=True, slots=True)
class ForeignAnswer:
    """An answer that is not the exchange's: ``description`` of it, and ``advice`` on what to try."""

    status: int
    description: Message
    advice: Message
    trouble: Trouble

    @property
    def retry(self) -> bool:
        """Whether the same request may be answered by the exchange a moment later."""
        return self.status == OK or (self.status >= SERVER_TROUBLE and self.status != NETWORK_LOGIN)

    def unread(self) -> Unread:
        """Return the Unread that names what came and what to try."""
        reason = _(
            "Not the exchange answered but something on the way to it: {what} came in place of its answer "
            "(HTTP {status})."
        )
        return Unread(
            reason=sentences(reason.format(what=self.description, status=self.status), self.advice),
            trouble=self.trouble,
        )


def foreign_answer(status: int, body: object, decoded: object) -> ForeignAnswer | None:
    """Return what answered in the exchange's place, None for an answer that may be the exchange's.

    ``decoded``: the body as JSON, None when it is none.
    """
    if status in LIMITS:
        return None
    text = body.strip("\ufeff \t\r\n") if isinstance(body, str) else ""
    description = _description(status, text, is_json=isinstance(decoded, dict | list) or _is_json(text))
    if description is None:
        return None
    if status == LEGAL_REASONS or says_region(text[:BEGINNING]):
        return ForeignAnswer(status, description, region_advice(), Trouble.REGION)
    # A success that is no answer of the API is malformed first of all: whoever wrote it, nothing was read.
    trouble = Trouble.MALFORMED if status == OK else Trouble.GATEWAY
    return ForeignAnswer(status, description, _advice(status, text[:BEGINNING]), trouble)


def says_region(text: str) -> bool:
    """Return whether a text of an error says that the place of the asker is not served."""
    lower = text.lower()
    return any(words in lower for words in REGION_WORDS)


def region_advice() -> Message:
    """Return what to try where the exchange does not serve the place of the asker."""
    return _(
        "It does not serve the place that this computer's address belongs to: audit from the network in which you use "
        "the exchange, with VPN off, or on if you use it so."
    )


def _description(status: int, text: str, *, is_json: bool) -> Message | None:
    if status in REDIRECTS:
        return _("a redirect to another address, which is never followed")
    if status in {PROXY_LOGIN, NETWORK_LOGIN}:
        return _("a demand to log in")
    if is_json:
        return None
    if status == UNAUTHORIZED and not text.startswith("<"):
        return None  # Coinbase refuses a key with a plain text
    if not text:
        return _("an empty answer")
    return _page(text) if text.startswith("<") else _('a text ("{text}")').format(text=_short(text))


def _page(text: str) -> Message:
    title = _TITLE.search(text[:BEGINNING])
    name = _short(html.unescape(title[1])) if title else ""
    return _('a web page ("{title}")').format(title=name) if name else _("a web page")


def _short(text: str) -> str:
    return " ".join(text[:BEGINNING].split())[:LONGEST_TITLE]


def _advice(status: int, text: str) -> Message:
    if status == PROXY_LOGIN:
        return _("The proxy wants a user and a password: give them with --proxy, or try another network.")
    if status == NETWORK_LOGIN or _LOGIN.search(text):
        return _(
            "This network may want a login first: open any page in a browser, log in, and audit again; or try "
            "another network, with or without VPN or proxy."
        )
    return _("Try another network, with or without VPN or proxy, or wait a while, and audit again.")


def _is_json(text: str) -> bool:
    """Return whether a text begins as JSON does, or is a plain value: malformed, and not a page.

    Nothing long is decoded for that: few bytes can stand for very many parts.
    """
    if text[:1] in {"{", "["}:
        return True
    try:
        json.loads(text[:BEGINNING], parse_int=str, parse_float=str)
    except ValueError:
        return False
    return len(text) <= BEGINNING
