"""Columns of a terminal, in which a Chinese character takes two cells."""

from unicodedata import east_asian_width


def padded(text: str, width: int) -> str:
    """Fill ``text`` up to ``width`` cells."""
    return text + " " * (width - cells_of(text))


def cells_of(text: str) -> int:
    """Count the cells that ``text`` takes."""
    return sum(1 + (east_asian_width(character) in "WF") for character in text)
