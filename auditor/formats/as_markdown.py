"""Markdown format: for a ticket, an issue or a note, with the plan first."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from auditor.formats import Format, Sink, plan_words
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import escape_invisible
from auditor.formats.terminal import coverage
from auditor.formats.terminal import dust as crumbs
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import requirements as conditions
from auditor.formats.terminal import summary as head
from auditor.i18n import Message, Text, Translator, _, joined, labelled, sentences
from auditor.model.amounts import plain
from auditor.model.report import DustLine, Finding, Report, Requirement, Status
from auditor.model.snapshot import Reading
from auditor.plan import Item, Plan, Step, make_plan

# Characters that start emphasis, code, a link, a tag, a cell, a mention, a reference, a formula or an entity in any
# dialect, or an automatic link, and those that start a list, a quotation or a heading at the beginning of a line.
_MARKS = re.compile(
    r"[\\`*_\[\]<#|~&@$]|:(?=//)|(?<=www)\.|^[-+=>]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.IGNORECASE | re.ASCII
)


def render(report: Report, sink: Sink | None = None) -> str:
    """Return the report as Markdown, with everything from outside escaped."""
    translate = (sink or Sink()).translate
    page = Markdown(translate)
    plan = plan_blocks(make_plan(report), translate)
    shown = (page.findings(report), page.dust(report), page.unread(report), page.todo(report))
    parts = (page.top(report), plan, *shown)
    return seal("\n\n".join(block for part in parts for block in part) + f"\n\n{page.foot(report)}\n")


def text(value: str) -> str:
    """Escape ``value`` so that Markdown shows it unchanged."""
    return _MARKS.sub(r"\\\g<0>", escape_invisible(value))


def plan_blocks(plan: Plan, translate: Translator, chosen: Sequence[Step] | None = None) -> Iterator[str]:
    """Yield the paragraphs of the plan; none if there is nothing to do. ``chosen``: the steps to show, else all."""
    return Markdown(translate).plan(plan, plan.steps if chosen is None else chosen)


@dataclass(frozen=True, slots=True)
class Markdown:
    """The blocks of a Markdown page, in one language."""

    translate: Translator

    def text(self, value: Text) -> str:
        """Render ``value``, escaped."""
        return text(self.translate(value))

    def top(self, report: Report) -> Iterator[str]:
        """Yield the title, the verdict, the accounts and the counts."""
        title = _("Account closure audit, {time}").format(time=words.moment(report.generated_at))
        yield f"# {self.text(title)}"
        verdict, more = self.text(head.headline(report)), (head.meaning(report), head.confirmation(report))
        yield f"**{verdict}** {' '.join(map(self.text, more))}".rstrip()
        yield _list(self._account_lines(report))
        yield self.text(head.counts(report))

    def _account_lines(self, report: Report) -> Iterator[str]:
        for account in report.accounts:
            snapshot = account.snapshot
            warnings = "".join(f" **{self.text(warning)}**" for warning in head.warnings(snapshot))
            line = labelled(words.account_line(snapshot), words.verdict_word(account.verdict))
            yield f"{self.text(line)}{warnings}"

    def plan(self, plan: Plan, steps: Sequence[Step]) -> Iterator[str]:
        """Yield the steps in order; nothing if there is nothing to do."""
        if not steps:
            return
        yield f"## {self.text(_('Plan'))}"
        if plan.waits:
            yield self.text(plan_words.earliest(plan))
        yield "\n".join(self._step(plan, step) for step in steps)

    def _step(self, plan: Plan, step: Step) -> str:
        where = _("Where: {where}").format(where=step.where)
        lines = [f"{step.number}. **{self.text(step.title)}** ({self.text(plan_words.totals(step))})"]
        notes = (where, plan_words.why(step), plan_words.after(step, plan))
        # Two spaces at the end of a line break it.
        lines.append("  \n".join(f"   {self.text(note)}" for note in notes if note))
        return "\n".join((*lines, *(line for item in step.items for line in self._item(plan, step, item))))

    def _item(self, plan: Plan, step: Step, item: Item) -> Iterator[str]:
        number, text = plan_words.item_number(step, item), self.text(plan_words.item_text(plan, item))
        yield f"   - [{'x' if item.done else ' '}] {number} {text}"
        if len(item.findings) > 1:
            yield from (f"     - {self.text(finding.message)}" for finding in item.findings)

    def findings(self, report: Report) -> Iterator[str]:
        """Yield the table of findings."""
        if report.findings:
            yield f"## {self.text(_('Findings'))}"
            heads = (_("Severity"), _("Area"), _("Account"), _("What was found"), _("To do"), _("USD"))
            yield self._table(heads, (_finding(finding) for finding in report.findings))

    def dust(self, report: Report) -> Iterator[str]:
        """Yield the table of dust."""
        if report.dust:
            yield f"## {self.text(_('Dust: what cannot simply be sold'))}"
            heads = (_("Account"), _("Asset"), _("Wallet"), _("Amount"), _("USD"), _("Why"), _("Way out"))
            yield self._table(heads, (_dust(line) for line in report.dust))

    def unread(self, report: Report) -> Iterator[str]:
        """Yield the list of unread surfaces, with the reasons."""
        lines = [
            self._unread(account.snapshot.name, places, reason)
            for account in report.accounts
            for reason, places in coverage.by_reason(account.unread).items()
        ]
        if lines:
            yield f"## {self.text(_('Not read'))}"
            yield _list(lines)

    def _unread(self, account: str, places: Sequence[Reading], reason: Message) -> str:
        names = _("{clause}.").format(clause=coverage.names_of(places, self.translate))
        return self.text(sentences(labelled(account, names), reason))

    def todo(self, report: Report) -> Iterator[str]:
        """Yield the conditions for closing."""
        if report.requirements:
            yield f"## {self.text(_('What closing takes'))}"
            yield "\n".join(map(self._condition, report.requirements))

    def _condition(self, line: Requirement) -> str:
        box = "x" if line.status in {Status.MET, Status.ATTESTED} else " "
        condition = labelled(conditions.status_word(line.status), line.title)
        return f"- [{box}] {self.text(condition)} ({self.text(conditions.voucher(line))})"

    def foot(self, report: Report) -> str:
        """Return the versions of the program and the digest."""
        tool = report.tool
        program = _("audit {version}, ccxt {ccxt}, facts {facts}").format(
            version=tool.version, ccxt=tool.ccxt, facts=tool.config_sha256
        )
        # A code span keeps the digest unchanged.
        return f"{self.text(program)}, `{PLACEHOLDER}`"

    def _table(self, heads: Sequence[Text], rows: Iterable[Sequence[Text]]) -> str:
        titles, *cells = ([self.text(cell) for cell in row] for row in (heads, *rows))
        lines = (titles, ["---"] * len(heads), *cells)
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _finding(finding: Finding) -> Sequence[Text]:
    severity = words.severity_words()[finding.severity]
    muted = _(" (muted)") if finding.muted else ""
    area = words.area_title(finding.area)
    return joined("", (severity, muted)), area, finding.account, finding.message, finding.remedy, words.value(finding)


def _dust(line: DustLine) -> Sequence[Text]:
    usd = "?" if line.value_usd is None else plain(line.value_usd)
    way_out = labelled(crumbs.way_out(line.route), line.reason)
    return line.account, line.asset, _(line.wallet), plain(line.amount), usd, crumbs.why(line.kind), way_out


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


FORMAT = Format(name="markdown", suffix=".md", render=render)
