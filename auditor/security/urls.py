"""Check the URLs that the user gives: base URLs, proxies, trusted hosts.

A wrong one can steal secrets.
"""

import ipaddress
import re
from collections.abc import Collection
from typing import NoReturn
from urllib.parse import SplitResult, urlsplit

from auditor.i18n import Message, _
from auditor.model.errors import UserError

_HTTPS_PORT = 443
_LABELS = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*", re.ASCII)


def base_url(text: str, *, official: Collection[str], trusted: Collection[str]) -> str:
    """Return the checked base URL without a trailing slash. Raises UserError.

    Loopback may be http or https; any other must be https, at an ``official`` or ``trusted`` host.
    """
    url = _split(text, _("base URL"))
    host = url.hostname or ""
    if url.scheme not in {"http", "https"}:
        _refuse(_("base URL"), text, _("it must begin with https:// (or http:// for this computer)"))
    if not is_loopback(host):
        _check_remote(url, text, official, trusted)
    return f"{url.scheme}://{url.netloc.lower()}"


def proxy_url(text: str) -> str:
    """Return the checked URL of a CONNECT (http://) or socks5h:// proxy. Raises UserError."""
    url = _split(text, _("proxy"))
    if url.scheme not in {"http", "socks5h"}:
        _refuse(_("proxy"), text, _("it must begin with http:// or socks5h://"))
    if url.port is None:
        _refuse(_("proxy"), text, _("it has no port"))
    return f"{url.scheme}://{url.netloc.lower()}"


def trusted_host(text: str) -> str:
    """Return the checked host name of ``--trust-host``. Raises UserError."""
    host = text.lower()
    if not _is_host(host):
        _refuse(_("trusted host"), text, _("it must be a plain host name such as api.example.org"))
    return host


def is_loopback(host: str) -> bool:
    """Return whether the host is this computer, by a loopback address or the name localhost."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def url_host(url: str) -> str:
    """Return the host of a URL that was checked before."""
    return urlsplit(url).hostname or ""


def _check_remote(url: SplitResult, text: str, official: Collection[str], trusted: Collection[str]) -> None:
    if url.scheme != "https":
        _refuse(_("base URL"), text, _("only this computer may be asked without https"))
    own = url.hostname in official and url.port in {None, _HTTPS_PORT}
    if not own and url.hostname not in trusted:
        why = _("it is not the exchange's own; if that server is yours, add --trust-host {host}")
        _refuse(_("base URL"), text, why.format(host=url.hostname))


def _split(text: str, setting: Message) -> SplitResult:
    if "@" in text:
        _refuse(setting, None, _("it holds a user name or password; a secret must never be an argument"))
    if not text.isascii() or not text.isprintable() or set(text) & set(" \\%"):
        _refuse(setting, text, _("it has characters that no such address has"))
    try:
        url = urlsplit(text)
        port = url.port
    except ValueError:
        _refuse(setting, text, _("its host or port is not valid"))
    if url.path not in {"", "/"} or "?" in text or "#" in text:
        _refuse(setting, text, _("it must end after the host and port"))
    if not _is_host(url.hostname or "") or port == 0 or url.netloc.endswith(":"):
        _refuse(setting, text, _("its host or port is not valid"))
    return url


def _is_host(host: str) -> bool:
    if ":" in host or host.rpartition(".")[2].isdigit():
        return _is_ip(host)
    return bool(_LABELS.fullmatch(host)) and not host.rpartition(".")[2].startswith("0x")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _refuse(setting: Message, text: str | None, why: Message) -> NoReturn:
    if text is None:
        raise UserError(_("The {what} cannot be used: {why}.").format(what=setting, why=why))
    raise UserError(_("The {what} {text!r} cannot be used: {why}.").format(what=setting, text=text, why=why))
