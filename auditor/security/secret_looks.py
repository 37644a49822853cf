"""What a pasted value looks like: one that was pasted into the wrong field is asked about before it is used.

Sources: the keys that the exchanges' own documentation shows as examples (OKX API v5, KuCoin API, 2026).
"""

import re
from collections.abc import Mapping

from auditor.i18n import Message, _, mark
from auditor.security.secret_checks import PEM, secret_fault

API_KEY, SECRET, PASSPHRASE = "apiKey", "secret", "password"
LABELS: Mapping[str, str] = {
    API_KEY: mark("API key"),
    SECRET: mark("Secret"),
    PASSPHRASE: mark("Passphrase (the one you chose when creating the key, not your login password)"),
    "uid": mark("User id or memo"),
}
_AROUND = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width that come along when a web page is copied."""
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_HEX_32, _HEX_24 = re.compile(r"[0-9a-fA-F]{32}"), re.compile(r"[0-9a-fA-F]{24}")
_MACHINE_MADE = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9+/=_-]{24,}")
_ASSIGNED = re.compile(r"(?:export |set |\$env:)?\s*[A-Za-z_]\w*\s*=\s*\S.{5,}", re.ASCII)
_OKX = {API_KEY: _UUID, SECRET: _HEX_32}
_SHAPES: Mapping[str, Mapping[str, re.Pattern[str]]] = {
    **dict.fromkeys(("okx", "myokx", "okxus"), _OKX),
    "kucoin": {API_KEY: _HEX_24, SECRET: _UUID},
}


def label(name: str) -> Message:
    """Return the words for a credential. ``name``: ccxt's."""
    return _(LABELS.get(name, name))


def short_label(name: str) -> Message:
    """Return the words for a credential without their explanation."""
    return _("Passphrase") if name == PASSPHRASE else label(name)


def trimmed(value: str) -> str:
    """Return a pasted value without white space and invisible characters around it."""
    before = None
    while before != value:
        before, value = value, value.strip().strip(_AROUND)
    return value


def pasted_fault(name: str, value: str, earlier: Mapping[str, str]) -> Message | None:
    """Return why a value cannot be this credential, None if it may be. ``earlier``: the values given before."""
    twin = next((other for other, known in earlier.items() if known == value), None)
    if twin is not None:
        return _("it is the same as what you gave before ({label})").format(label=short_label(twin))
    if name != PASSPHRASE and not value.startswith(PEM):
        if _is_assignment(value):
            return _('it begins with a name and "=": paste the value alone')
        if re.search(r"\s", value):
            return _("it has spaces in it")
    return secret_fault(value)


def _is_assignment(value: str) -> bool:
    """Return whether it is a line such as NAME=value; a text in base64 has its "=" at the end."""
    return _ASSIGNED.fullmatch(value) is not None


def doubt(exchange: str, name: str, value: str) -> Message | None:
    """Return why a value may belong into another field, None if nothing says so."""
    if name == PASSPHRASE:
        is_odd = _UUID.fullmatch(value) or _MACHINE_MADE.fullmatch(value)
        return _("This looks like a key or a secret, not like a passphrase that you chose.") if is_odd else None
    shapes = _SHAPES.get(exchange, {})
    own = shapes.get(name)
    other = next((field for field, shape in shapes.items() if field != name and shape.fullmatch(value)), None)
    if own is None or other is None or own.fullmatch(value):
        return None
    return _("This looks like the other value ({label}).").format(label=short_label(other))
