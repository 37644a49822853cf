"""Wrapping of Chinese text: between any characters, but not before a closing mark."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

# Characters two cells wide; each may end a line unless a mark that belongs to it follows.
_WIDE = "\u2e80-\u9fff\uff01-\uff60"
_OPENING = "\uff08\u300a\u300c"
_CLOSING = "\uff0c\u3002\uff1b\uff1a\u3001\uff09\u300b\u300d\uff1f\uff01"
_PIECES = re.compile(rf"\s*[{_OPENING}\u201c]*(?:[{_WIDE}]|[^\s{_WIDE}\u201c\u201d]+)[{_CLOSING}\u201d]*\s*|\s+|.")


class CjkText(Text):
    """A text that wraps Chinese between characters, and all other text between words."""

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """Break lines between Chinese characters, then apply the ordinary wrapping."""
        if no_wrap or not re.search(f"[{_WIDE}]", self.plain):
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = Lines()
        for line in self.divide(list(_breaks(self.plain, width))):
            line.rstrip()
            lines.extend(line.wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size))
        return lines


def _breaks(words: str, width: int) -> Iterator[int]:
    """Yield the offsets at which lines of at most ``width`` cells begin."""
    used = 0
    for piece in _PIECES.finditer(words):
        text = piece.group()
        if used and used + cell_len(text.rstrip()) > width:
            yield piece.start()
            used = 0
        used += cell_len(text)
