"""data/REPORT.md and REPORT.html: for a person who has to decide whether to close the account."""

from collections.abc import Iterator
from pathlib import Path

from auditor.archive.facts import RunFacts
from auditor.archive.folder import DATA
from auditor.archive.outcome import Outcome
from auditor.archive.proof import Proof
from auditor.archive.report_content import (
    BALANCE_HEADS,
    HEADLINES,
    PRIVATE,
    balance_cells,
    checks,
    made_line,
    sections,
    title,
)
from auditor.archive.report_html import report_page
from auditor.formats.as_markdown import text as escaped
from auditor.formats.atomic_write import replace_file
from auditor.i18n import Text, Translator, _


def write_report(folder: Path, facts: RunFacts, proof: Proof, outcome: Outcome, translate: Translator) -> None:
    """Write both reports into the folder of an archive."""
    markdown = "\n".join(report_lines(facts, proof, outcome, translate)) + "\n"
    replace_file(folder / DATA / "REPORT.md", markdown.encode())
    replace_file(folder / DATA / "REPORT.html", report_page(facts, proof, outcome, translate).encode())


def report_lines(facts: RunFacts, proof: Proof, outcome: Outcome, translate: Translator) -> Iterator[str]:
    """Yield the lines of the report in Markdown."""

    def line(text: Text) -> str:
        return escaped(translate(text))

    yield from (f"# {line(title(facts))}", "", f"**{line(HEADLINES[outcome.status])}**", "")
    yield from (line(made_line(facts)), line(PRIVATE))
    for heading, items in sections(outcome, proof):
        yield from ("", f"## {line(heading)}", "", *(f"- {line(one)}" for one in items))
    yield from ("", f"## {line(_('Balances'))}", "", *_balances(proof, translate))
    for heading, items in checks(outcome, proof):
        # The program's own words, with commands to copy.
        yield from ("", f"## {line(heading)}", "", *(f"- {translate(one)}" for one in items))


def _balances(proof: Proof, translate: Translator) -> Iterator[str]:
    yield f"| {' | '.join(escaped(translate(head)) for head in BALANCE_HEADS)} |"
    yield f"|---|---|{'---:|' * 4}---|---|"
    for wallet in proof.wallets:
        for coin in wallet.coins:
            cells = (translate(_(wallet.ledger.title)), *balance_cells(coin, translate))
            yield f"| {' | '.join(map(escaped, cells))} |"
