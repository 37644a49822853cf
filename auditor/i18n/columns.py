"""Terminal columns, in which a Chinese character takes two cells."""

import re
from collections.abc import Iterator
from unicodedata import east_asian_width

_WIDE = "\u2e80-\u9fff\uff01-\uff60"
# A Chinese character may end a line unless a closing mark follows; all other text is broken between words.
_CLOSING = "\uff0c\u3002\uff1b\uff1a\u3001\uff09\u300b\u300d\uff1f\uff01"
_OPENING = "\uff08\u300a\u300c"
_PIECES = re.compile(rf"\s+|[{_OPENING}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSING}]*")


def padded(text: str, width: int) -> str:
    """Pad ``text`` with spaces to ``width`` cells."""
    return text + " " * (width - cells_of(text))


def cells_of(text: str) -> int:
    """Return the number of cells that ``text`` takes."""
    if text.isascii():
        return len(text)
    return sum(1 + (east_asian_width(character) in "WF") for character in text)


def wrapped(text: str, width: int) -> list[str]:
    """Break ``text`` into lines of at most ``width`` cells; a longer word stands alone, broken where it must be."""
    lines, line = [], ""
    for piece in _pieces(text, width):
        if line and cells_of(f"{line}{piece}".rstrip()) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _pieces(text: str, width: int) -> Iterator[str]:
    """Yield words, spaces and Chinese characters, none of them wider than a line."""
    for piece in _PIECES.findall(text):
        if cells_of(piece) <= width:
            yield piece
        else:
            yield from re.findall(rf".{{1,{max(width, 1)}}}", piece)
