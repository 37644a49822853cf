"""The form of a secret: a private key made whole, and a check before anything is asked.

Some exchanges' secrets are not any text: one that was cut off or mistyped cannot sign, and ccxt says so late and
unclearly. Sources: Kraken REST API, Authentication (June 2026); Coinbase CDP API keys (2026).
"""

import base64
import binascii
import re
from collections.abc import Callable, Mapping

from auditor.i18n import Message, _
from auditor.model.errors import UserError

_LINE_ENDS = re.compile(r"\\[rn]|\s")
_AROUND = f"(?:{_LINE_ENDS.pattern})*"
_PEM = re.compile(rf"{_AROUND}-----BEGIN ([A-Z0-9 ]{{1,40}})-----(.*)-----END \1-----{_AROUND}", re.DOTALL)
LINE = 64
# ES256, as Coinbase signs.
CURVE = "secp256r1"
ED25519_LENGTHS = frozenset({32, 64})


def whole_pem(value: str) -> str:
    r"""Return a private key in PEM form with its line ends, any other secret unchanged.

    It may have come on one line, with the letters ``\n`` for line ends, or without the last one.
    """
    pem = _PEM.fullmatch(value)
    if pem is None:
        return value
    label, body = pem[1], _LINE_ENDS.sub("", pem[2])
    lines = "\n".join(body[start : start + LINE] for start in range(0, len(body), LINE))
    return f"-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"


def check_secret_form(exchange: str, name: str, value: str, place: str) -> None:
    """Raise UserError for a secret that cannot sign at ``exchange``, without repeating it.

    ``name``: ccxt's name of it; ``place``: whose it is, for the message.
    """
    check = FORMS.get(exchange)
    fault = None if check is None or name != "secret" else check(value)
    if fault is not None:
        message = _("{place} is malformed: {fault}. Copy it again from the exchange.")
        raise UserError(message.format(place=place, fault=fault))


def _kraken(value: str) -> Message | None:
    decoded = _decoded(value)
    return None if decoded else _("it is no whole text in base64, as this exchange's secrets are")


def _coinbase(value: str) -> Message | None:
    """Return the fault of an EC private key in PEM form, or of an Ed25519 key in base64; older secrets are any text."""
    if "PRIVATE KEY" in value or "-----" in value:
        return _pem_fault(value)
    decoded = _decoded(value)
    is_ed25519 = value.endswith("=") or "+" in value or "/" in value
    if is_ed25519 and (decoded is None or len(decoded) not in ED25519_LENGTHS):
        return _("it is no whole private key: one in PEM form, or an Ed25519 key in base64, is due")
    return None


def _pem_fault(value: str) -> Message | None:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey  # noqa: PLC0415 - slow to import
    from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: PLC0415

    try:
        key = load_pem_private_key(value.encode(), None)
    except (ValueError, TypeError, OverflowError):
        return _("it is no whole private key in PEM form, from -----BEGIN to -----END")
    except Exception:  # noqa: BLE001 - cryptography has errors of its own for each unknown algorithm
        return _("it is a private key of a kind that this exchange does not take")
    if not isinstance(key, EllipticCurvePrivateKey) or key.curve.name != CURVE:
        return _("it is a private key of a kind that this exchange does not take")
    return None


def _decoded(value: str) -> bytes | None:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError):
        return None


FORMS: Mapping[str, Callable[[str], Message | None]] = {
    "kraken": _kraken,
    "krakenfutures": _kraken,
    "coinbase": _coinbase,
}
