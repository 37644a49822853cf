"""Paths with parts that are filled in: ``*``, or a name in braces such as ``{account_id}``."""

ANY = "*"


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
    """Return whether an id can be the last part of a path: it has a digit, which no verb has."""
    return is_plain(own) and any(map(str.isdigit, own))


def _ends_well(part: str, own: str) -> bool:
    """Return whether the last part is known, or an id with a digit in it: a verb such as "confirm" has none."""
    return not is_open(part) or is_last_id(own)


def is_plain(own: str) -> bool:
    """Return whether a text can be one part of a path, and no way to anything else."""
    return own.isascii() and own.replace("-", "").replace("_", "").isalnum()
