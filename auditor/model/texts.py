"""Texts of an exchange, cut to a length that a reader and a report can bear."""

ELLIPSIS = "\N{HORIZONTAL ELLIPSIS}"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
LONGEST_MESSAGE = 300
LONGEST_NAME = 100


def shorten(text: str, most: int) -> str:
    """Return ``text``, or its beginning with an ellipsis: at ``most`` so many characters."""
    return text if len(text) <= most else text[: most - 1] + ELLIPSIS
