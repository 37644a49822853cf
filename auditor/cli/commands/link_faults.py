"""What is wrong with a link: odd letters, a disguised host, and imitations of an official one."""

import difflib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from urllib.parse import unquote, urlsplit

from auditor.formats.escape import is_visible
from auditor.i18n import Message, _, mark
from auditor.settings.official_hosts import domain_of, owners

HTTPS = 443
USER_NAME = mark("Everything before the @ is only a user name; the browser goes to the host after it.")
# Similarity (0 to 1) at which a hasty reader takes one host for the other.
LOOKS_LIKE = 0.75
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE | re.ASCII)
_MAIL_SCHEME = re.compile(r"mailto:", re.IGNORECASE)
_ADDRESS_WITHIN = re.compile(r"//|https?:", re.IGNORECASE | re.ASCII)
_LABELS = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+", re.ASCII)
_SENDER = re.compile(r"[^@\s:/?#\\<>]+@[^@\s:/?#\\<>]+")
_NAMED_SENDER = re.compile(r"[^<>]*<([^<>]*)>")


class Ownership(Enum):
    """Whose an address is: official, on an exchange's domain but not listed, a sender from there, or unknown."""

    OFFICIAL = auto()
    UNLISTED = auto()
    SENDER = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkAssessment:
    """The assessment of a link.

    ``owner``: name of the exchange that owns ``host`` or ``domain``, None if none does; ``why``: reasons, as sentences.
    """

    host: str = ""
    owner: str | None = None
    domain: str = ""
    standing: Ownership = Ownership.UNKNOWN
    why: tuple[Message, ...] = ()
    is_sender: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """The parts of a link. ``authority``: user name, host and port as they are written; ``rest``: all behind it."""

    host: str
    scheme: str = "https"
    authority: str = ""
    port: int | None = None
    rest: str = ""


def parse_address(text: str) -> Address | None:
    """Parse a link, with or without a scheme; None if it is no address."""
    has_scheme = _SCHEME.match(text) and "://" in text
    try:
        url = urlsplit(text if has_scheme else f"https://{text.removeprefix('//')}")
        port = url.port
    except ValueError:
        return None
    rest = f"{url.path}?{url.query}#{url.fragment}"
    host = (url.hostname or "").removesuffix(".")
    return Address(host=host, scheme=url.scheme, authority=url.netloc, port=port, rest=rest)


def sender_within(text: str) -> str | None:
    """Return the e-mail address that ``text`` is, with or without a display name; None if it is none."""
    named = _NAMED_SENDER.fullmatch(text.strip())
    plain = _MAIL_SCHEME.sub("", named[1] if named else text.strip(), count=1)
    return plain if _SENDER.fullmatch(plain) else None


def odd_letters(text: str) -> Iterator[Message]:
    """Yield warnings about characters that browsers drop, change or display as others."""
    if not text.strip():
        yield _("It is not an address.")
    if any(character.isspace() or not is_visible(character) for character in text):
        yield _("It has white space or invisible characters in it, which browsers leave out.")
    if "\\" in text:
        yield _("It has a backslash in it, which browsers read as a slash.")
    authority = re.split(r"[/?#]", _SCHEME.sub("", text, count=1).removeprefix("//"), maxsplit=1)[0]
    foreign = dict.fromkeys(character for character in authority if not character.isascii())
    if foreign:
        names = ", ".join(f"U+{ord(c):04X} {unicodedata.name(c, '')}".strip() for c in foreign)
        yield _("It has letters that only look like those of an official address: {names}.").format(names=names)


def link_faults(address: Address) -> Iterator[Message]:
    """Yield what an official link never has: another scheme, a user name, a coded host, a port of its own."""
    if address.scheme != "https":
        yield _("It does not begin with https://, so anyone on the way can change what you see.")
    if "@" in address.authority:
        yield _(USER_NAME)
    if "%" in address.authority:
        yield _("Its host is written in codes (%); official addresses never are.")
    if address.port not in {None, HTTPS}:
        yield _("It names a port of its own ({port}); official addresses never do.").format(port=address.port)


def user_names(sender: str) -> Iterator[Message]:
    """Yield a warning when an official host is written where an e-mail address has the name of a person."""
    name, _at, host = sender.lower().rpartition("@")
    if domain_of(host) is None and any(known in name for known in owners()):
        yield _(USER_NAME)


def imitations(address: Address) -> Iterator[Message]:
    """Yield the ways in which an unknown host imitates a known one."""
    host = address.host
    if host in owners():
        return
    if any(label.startswith("xn--") for label in host.split(".")):
        text = _("Its host is code for other letters ({shown}), which can look like an official name.")
        yield text.format(shown=_decoded(host))
    if not _LABELS.fullmatch(host) or host.rpartition(".")[2].isdigit():
        yield _("Its host is not a plain name.")
    if domain_of(host) is None:
        yield from _borrowed_names(host, unquote(address.rest).lower())


def cautions(address: Address) -> Iterator[Message]:
    """Yield what to look out for behind an official host."""
    if _ADDRESS_WITHIN.search(unquote(unquote(address.rest))):
        yield _("But the link names a second address: check where your browser ends up before you enter anything.")


def _borrowed_names(host: str, rest: str) -> Iterator[Message]:
    """Yield the signs of a look-alike: an official name in a link to another host, or a host that resembles one."""
    dotted = f".{host.rstrip('.')}"
    within = next((known for known in owners() if f".{known}." in dotted), None)
    if within is not None:
        end = dotted.split(f".{within}.", 1)[1]
        text = _("{official} is only the beginning of the name; the address belongs to whoever owns {end}.")
        yield text.format(official=within, end=end)
    named = next((known for known in owners() if known in rest), None)
    if named is not None:
        yield _("{official} appears only behind the host, where anyone can write it.").format(official=named)
    near = difflib.get_close_matches(host, owners(), n=1, cutoff=LOOKS_LIKE)
    if near and within is None:
        yield _("It looks like {official}, but it is not an address of {exchange}.").format(
            official=near[0], exchange=owners()[near[0]]
        )


def _decoded(host: str) -> str:
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host
