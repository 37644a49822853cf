"""Terminal columns, in which a Chinese character takes two cells."""

from unicodedata import east_asian_width


def padded(text: str, width: int) -> str:
    """Pad ``text`` with spaces to ``width`` cells."""
    return text + " " * (width - cells_of(text))


def cells_of(text: str) -> int:
    """Return the number of cells that ``text`` takes."""
    return sum(1 + (east_asian_width(character) in "WF") for character in text)
