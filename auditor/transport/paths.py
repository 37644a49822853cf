"""Paths with parts that are filled in: ``*``, or a name in braces such as ``{account_id}``."""

from collections.abc import Mapping

ANY = "*"
HEXADECIMAL = frozenset("0123456789abcdefABCDEF-")


def fits(known: str, sent: str) -> bool:
    """Return whether the path that is sent is the known one, with an id for each part that is filled in."""
    if known == sent:
        return True
    parts, asked = known.split("/"), sent.split("/")
    alike = (part == own or (is_open(part) and is_plain(own)) for part, own in zip(parts, asked, strict=False))
    return len(parts) == len(asked) and all(alike) and _ends_well(parts[-1], asked[-1])


def is_open(part: str) -> bool:
    """Return whether a part of a path is filled in."""
    return part == ANY or (part.startswith("{") and part.endswith("}"))


def is_last_id(own: str) -> bool:
    """Return whether an id can be the last part of a path: no verb, such as "confirm" or "confirm2".

    It has a digit, and begins with one unless it is hexadecimal throughout.
    """
    has_digit = is_plain(own) and any(map(str.isdigit, own))
    return has_digit and (own[0].isdigit() or HEXADECIMAL.issuperset(own))


def odd_part(path: str, params: Mapping[str, str]) -> str | None:
    """Return the name of a part of the path for which ``params`` have no id that may be sent; None where all may."""
    *parts, last = path.split("/")
    odd = [part for part in parts if is_open(part) and not is_plain(str(params.get(part[1:-1], "")))]
    if is_open(last) and not is_last_id(str(params.get(last[1:-1], ""))):
        odd.append(last)
    return odd[0][1:-1] if odd else None


def _ends_well(part: str, own: str) -> bool:
    return not is_open(part) or is_last_id(own)


def is_plain(own: str) -> bool:
    """Return whether a text can be one part of a path, and no way to anything else."""
    return own.isascii() and own.replace("-", "").replace("_", "").isalnum()
