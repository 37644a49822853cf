"""Page of lines and borderless tables that every terminal can show."""

import io
from collections.abc import Iterable, Sequence
from typing import Literal

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from auditor.formats import Sink
from auditor.formats.escape import escape_invisible, escape_unencodable
from auditor.formats.terminal.cjk_wrap import CjkText
from auditor.i18n import Text as Words

# In the encoding of a Chinese console these marks are missing or two columns wide.
FANCY = {"bad": "✗", "good": "✓", "warn": "!", "note": "·", "doubt": "?", "todo": "[ ]", "done": "[x]", "rule": "─"}
PLAIN = {"bad": "x", "good": "+", "warn": "!", "note": "-", "doubt": "?", "todo": "[ ]", "done": "[x]", "rule": "-"}
STYLES = {
    "bad": "bold red",
    "good": "bold green",
    "warn": "yellow",
    "note": "cyan",
    "doubt": "magenta",
    "todo": "cyan",
    "done": "green",
}

Mark = Literal["bad", "good", "warn", "note", "doubt", "todo", "done"]
NARROWEST = 40
# Columns beyond which the eye loses the line.
WIDEST = 100
CUT = "..."
GAP = 2


class TerminalPage:
    """A page of text; characters that a terminal would act on are escaped before layout."""

    def __init__(self, sink: Sink) -> None:
        """Start an empty page for ``sink``."""
        self.translate = sink.translate
        self._encoding = sink.encoding
        self._marks = FANCY if sink.encoding.lower().startswith("utf") else PLAIN
        self._paper = io.StringIO()
        self._console = Console(
            file=self._paper,
            width=min(max(sink.width, NARROWEST), WIDEST),
            color_system="standard" if sink.colour else None,
            force_terminal=sink.colour,
            legacy_windows=False,
            markup=False,
            emoji=False,
            highlight=False,
            _environ={},
        )

    @property
    def height(self) -> int:
        """The number of lines written so far."""
        return self._paper.getvalue().count("\n")

    @property
    def width(self) -> int:
        """The number of columns of a line."""
        return self._console.width

    def text(self, words: Words, style: str = "") -> Text:
        """Return escaped text in the language and the encoding of the sink."""
        return CjkText(escape_unencodable(escape_invisible(self.translate(words)), self._encoding), style=style)

    def mark(self, mark: Mark) -> Text:
        """Return a mark whose shape means the same as its colour."""
        return Text(self._marks[mark], style=STYLES[mark])

    def blank(self) -> None:
        """Write an empty line."""
        self._console.print()

    def rule(self) -> None:
        """Draw a line across the page."""
        self._console.print(Text(self._marks["rule"] * self._console.width, style="dim"))

    def heading(self, words: Words) -> None:
        """Write a heading after an empty line."""
        self.blank()
        self._console.print(self.text(self.translate(words).upper(), "bold"))

    def line(self, words: Words, style: str = "", indent: int = 0) -> None:
        """Write a wrapped sentence."""
        self._print(self.text(words, style), indent)

    def show(self, words: Text) -> None:
        """Write a line of text that is already escaped."""
        self._console.print(words)

    def clipped(self, words: Words, style: str = "", indent: int = 0, *, lines: int = 1) -> None:
        """Write a wrapped sentence in at most ``lines`` lines; what does not fit is cut off."""
        room = self.width - indent
        wrapped = self.text(words, style).wrap(self._console, room)
        for number, line in enumerate(wrapped[:lines], 1):
            is_cut = number == lines < len(wrapped)
            self._print(cut(line, min(line.cell_len, room - len(CUT)), always=True) if is_cut else line, indent)

    def ends(self, left: Text, right: Text) -> None:
        """Write a line with text at both ends, or on lines of their own where one has no room for both."""
        room = self.width - right.cell_len - GAP
        if left.cell_len <= room:
            left.append(" " * (self.width - right.cell_len - left.cell_len))
            self.show(left.append_text(right))
        else:
            self.show(left)
            self._print(cut(right, self.width - GAP), GAP)

    def item(self, mark: Mark, words: Words, detail: Words = "", *, end: Words = "", indent: int = 0) -> None:
        """Write a marked sentence; ``detail`` goes below it, ``end`` at the right."""
        self.items([(mark, words, detail, end)], indent=indent)

    def items(self, rows: Iterable[tuple[Mark, Words, Words, Words]], *, indent: int = 0) -> None:
        """Write marked sentences whose right-hand ends form one column."""
        grid = Table.grid(padding=(0, 2, 0, 0), expand=True, pad_edge=False)
        grid.add_column(no_wrap=True)
        grid.add_column(ratio=1, overflow="fold")
        grid.add_column(justify="right", no_wrap=True)
        for mark, words, detail, end in rows:
            grid.add_row(self.mark(mark), self._with_detail(words, detail), self.text(end))
        self._print(grid, indent)

    def table(self, columns: Sequence[tuple[Words, bool]], rows: Iterable[Sequence[Words]]) -> None:
        """Write a table; ``columns``: title, and whether its cells are right-aligned figures."""
        table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="dim")
        for title, figures in columns:
            justify: Literal["right", "left"] = "right" if figures else "left"
            table.add_column(self.text(title), justify=justify, overflow="fold")
        for row in rows:
            table.add_row(*(self.text(cell) for cell in row))
        self._print(table, 2)

    def finish(self) -> str:
        """Return the whole page, without trailing blanks."""
        return "".join(f"{line.rstrip()}\n" for line in self._paper.getvalue().splitlines())

    def _with_detail(self, words: Words, detail: Words) -> RenderableType:
        return Group(self.text(words), self.text(detail, "dim")) if detail else self.text(words)

    def _print(self, content: RenderableType, indent: int) -> None:
        self._console.print(Padding(content, (0, 0, 0, indent)))


def cut(text: Text, cells: int, *, always: bool = False) -> Text:
    """Return ``text`` in at most ``cells`` columns, marked where its end is missing; ``always``: mark it anyway."""
    if text.cell_len <= cells and not always:
        return text
    room = max(cells if always else cells - len(CUT), 0)
    shorter = text.copy()
    shorter.truncate(room)
    return shorter.append(CUT)
