"""Text that also breaks where it has no spaces: between Chinese characters, never before a closing mark."""

import re
from collections.abc import Iterator

from rich.cells import cell_len
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text

# Characters two cells wide, each of which may end a line unless a mark follows that belongs to it.
_WIDE = "\u2e80-\u9fff\uff01-\uff60"
_OPENING = "\uff08\u300a\u300c"
_CLOSING = "\uff0c\u3002\uff1b\uff1a\u3001\uff09\u300b\u300d\uff1f\uff01"
_PIECES = re.compile(rf"\s*[{_OPENING}\u201c]*(?:[{_WIDE}]|[^\s{_WIDE}\u201c\u201d]+)[{_CLOSING}\u201d]*\s*|\s+|.")


class Flowing(Text):
    """A text whose Chinese is wrapped by characters. A text without any is wrapped as ever."""

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
        """Break where Chinese may be broken, then let the ordinary wrapping do the rest."""
        if no_wrap or not re.search(f"[{_WIDE}]", self.plain):
            return super().wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size, no_wrap=no_wrap)
        lines = Lines()
        for line in self.divide(list(_breaks(self.plain, width))):
            line.rstrip()
            lines.extend(line.wrap(console, width, justify=justify, overflow=overflow, tab_size=tab_size))
        return lines


def _breaks(words: str, width: int) -> Iterator[int]:
    """Where lines of at most ``width`` cells begin."""
    used = 0
    for piece in _PIECES.finditer(words):
        text = piece.group()
        if used and used + cell_len(text.rstrip()) > width:
            yield piece.start()
            used = 0
        used += cell_len(text)
