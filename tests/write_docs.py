"""Write the pages and the picture that follow from the program itself: ``python -m tests.write_docs``."""

import asyncio
import inspect
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.text import Text

from auditor.audit.report_builder import build_report
from auditor.exchanges.registry import load, table_ids
from auditor.formats import Sink
from auditor.formats.as_terminal import render
from auditor.rules import all_rules
from auditor.spec.surface import Surface
from tests.recording import audited_live, frozen, of_that_moment

FOLDER = Path(__file__).parent.parent / "docs"
PICTURE = "report.svg"
# A plan after more places than this one waits for what is left in any of them.
MOST_NAMED = 3
MADE = "<!-- Made by `python -m tests.write_docs`: do not edit. -->"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    by_table = {name: load(name).surfaces for name in sorted(table_ids(), key=len)}
    first = {name: ids for name, ids in _sites(by_table) if name == ids[0]}
    return {
        "rules.md": rules(),
        **{f"surfaces-{name}.md": surfaces(ids, by_table[name]) for name, ids in first.items()},
    }


def _sites(by_table: Mapping[str, Sequence[Surface]]) -> Iterator[tuple[str, list[str]]]:
    for name, table in by_table.items():
        yield name, [other for other in by_table if by_table[other] == table]


def surfaces(exchanges: Sequence[str], table: Sequence[Surface]) -> str:
    """All places of one table, by area."""
    undocumented = sum(surface.standing.value == "undocumented" for surface in table)
    lines = [
        MADE,
        f"# Where the audit looks: {', '.join(exchanges)}",
        "",
        f"{len(table)} places, of which {undocumented} are not in the exchange's documentation: those are asked, and",
        "what fails there becomes a line to check in the app. If one of the others cannot be read, no account is",
        "called clean.",
        *_unserved(table),
    ]
    for area, places in groupby(sorted(table, key=lambda surface: surface.area), key=lambda surface: surface.area):
        lines += ["", f"## {area}", "", "| place | request | asked | applies to | source |", "|---|---|---|---|---|"]
        lines += [_row(surface) for surface in places]
    return "\n".join(lines) + "\n"


def _unserved(table: Sequence[Surface]) -> list[str]:
    count = sum(surface.not_served is not None for surface in table)
    said = [
        "",
        f"{count} places are not served to accounts of these sites, as the exchange documents: a refusal that says so",
        "leaves them to one line to check in the app, and what answers all the same counts as anywhere.",
    ]
    return said if count else []


def _row(surface: Surface) -> str:
    mark = " (undocumented)" if surface.standing.value == "undocumented" else ""
    mark += " (not served here)" if surface.not_served else ""
    cells = (
        f"{surface.title}<br>`{surface.id}`{mark}",
        f"`{surface.address}`",
        "<br>".join(_asked(surface)),
        _applies(surface),
        surface.source,
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _asked(surface: Surface) -> Iterator[str]:
    for query in surface.endpoint.queries if surface.endpoint else ():
        said = [f"{name}={value}" for name, value in query.params.items()]
        yield ", ".join(said) or ("everything" if query.back is None else f"everything of {query.back.days} days")
    if surface.plan:
        after = surface.plan.after
        if not after:
            yield "no request"
            return
        yield f"(after {', '.join(after)})" if len(after) <= MOST_NAMED else "(when something is left)"


def _applies(surface: Surface) -> str:
    modes = [f"mode {', '.join(sorted(surface.applies_to.modes))}"] if surface.applies_to.modes else []
    kinds = [f"{', '.join(sorted(surface.applies_to.kinds))} accounts"] if surface.applies_to.kinds else []
    return "; ".join(modes + kinds) or "all"


def rules() -> str:
    """All rules, as `audit explain` tells them."""
    told = [
        f"## {rule.id}\n\n{rule.title} ({rule.severity.value}).\n\n{_listed(inspect.getdoc(module) or '')}\n"
        for rule, module in all_rules()
    ]
    return "\n".join([MADE, "# What the audit reports", "", *told])


def _listed(docstring: str) -> str:
    """What begins a line and ends in a colon begins a point of a list."""
    return re.sub(r"^([A-Z][a-z ]+): ", r"- **\1**: ", docstring, flags=re.MULTILINE)


def picture() -> str:
    """What `audit demo` shows, at the moment of the cassettes."""
    with frozen():
        snapshot = asyncio.run(audited_live(of_that_moment("messy")))
    report = build_report(snapshot, now=snapshot.finished_at)
    return drawn(render(report, Sink(width=80, colour=True)))


def drawn(text: str) -> str:
    """Terminal text as a picture that loads nothing from elsewhere."""
    console = Console(record=True, file=io.StringIO(), width=80, force_terminal=True, legacy_windows=False)
    console.print(Text.from_ansi(text))
    svg = console.export_svg(title="audit demo", unique_id="report")
    return re.sub(r"[ ]*(@font-face \{.*?\}|<!--.*?-->)\n", "", svg, flags=re.DOTALL)


def words(svg: str) -> list[str]:
    """The texts of a picture, whatever draws it."""
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def main() -> None:
    """Write everything."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in {**pages(), PICTURE: picture()}.items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
