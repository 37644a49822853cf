"""data/REPORT.md and REPORT.html: for a person who has to decide whether to close the account."""

from collections.abc import Iterator
from pathlib import Path

from auditor.archive.folder import DATA
from auditor.archive.proof import Proof
from auditor.archive.report_content import (
    BALANCE_HEADS,
    PRIVATE,
    Contents,
    balance_cells,
    checks,
    has_commands,
    headline,
    made_line,
    sections,
    title,
)
from auditor.archive.report_html import report_page
from auditor.formats.as_markdown import text as escaped
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Text, Translator, _
from auditor.model.amounts import is_plain


def write_report(folder: Path, contents: Contents, translate: Translator) -> None:
    """Write both reports into the folder of an archive."""
    markdown = "\n".join(report_lines(contents, translate)) + "\n"
    replace_file(folder / DATA / "REPORT.md", markdown.encode())
    replace_file(folder / DATA / "REPORT.html", report_page(contents, translate).encode())


def report_lines(contents: Contents, translate: Translator) -> Iterator[str]:
    """Yield the lines of the report in Markdown."""

    def line(text: Text) -> str:
        return escaped(translate(text))

    def own(text: Text) -> str:
        """Return a sentence; the commands of one that holds nothing from outside stay as they are."""
        parts = translate(text).split("`") if has_commands(text) else [translate(text)]
        return "".join(f"`{part}`" if number % 2 else escaped(part) for number, part in enumerate(parts))

    yield from (
        f"# {line(title(contents.facts))}",
        "",
        f"**{line(headline(contents.outcome.status, contents.outcome.kind))}**",
        "",
    )
    yield from (line(made_line(contents.facts)), line(PRIVATE))
    for heading, items in sections(contents):
        yield from ("", f"## {line(heading)}", "", *(f"- {own(one)}" for one in items))
    yield from ("", f"## {line(_('Balances'))}", "", *_balances(contents.proof, translate))
    for heading, items in checks(contents):
        yield from ("", f"## {line(heading)}", "", *(f"- {own(one)}" for one in items))


def _balances(proof: Proof, translate: Translator) -> Iterator[str]:
    yield f"| {' | '.join(escaped(translate(head)) for head in BALANCE_HEADS)} |"
    yield f"|---|---|{'---:|' * 4}---|---|"
    for wallet in proof.places:
        for coin in wallet.coins:
            cells = (translate(_(wallet.ledger.title)), *balance_cells(coin, translate))
            # Amounts are digits, with a minus at most, which starts no list within a cell.
            shown = (cell if is_plain(cell) else escaped(cell) for cell in cells)
            yield f"| {' | '.join(shown)} |"
