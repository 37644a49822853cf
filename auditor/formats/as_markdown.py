"""The report as Markdown: for a ticket, an issue or a note, with the plan first."""

import re
from collections.abc import Iterable, Iterator, Sequence

from auditor.formats import Format, Sink
from auditor.formats.checksum import PLACEHOLDER, seal
from auditor.formats.escape import visible
from auditor.formats.terminal import coverage
from auditor.formats.terminal import dust as crumbs
from auditor.formats.terminal import labels as words
from auditor.formats.terminal import requirements as conditions
from auditor.formats.terminal import summary as head
from auditor.i18n import _, labelled, sentences
from auditor.model.amounts import plain
from auditor.model.report import Finding, Report, Requirement, Status
from auditor.plan import Plan, Step, make_plan

# What makes emphasis, code, a link, a tag, a cell, a mention, a reference, a formula or an entity in any dialect, an
# address that is linked by itself, and what makes a list, a quotation or a heading at the beginning.
_MARKS = re.compile(
    r"[\\`*_\[\]<#|~&@$]|:(?=//)|(?<=www)\.|^[-+=>]|(?<=^\d)[.)]|(?<=^\d\d)[.)]", re.IGNORECASE | re.ASCII
)


def render(report: Report, sink: Sink | None = None) -> str:  # noqa: ARG001 - Markdown is the same everywhere
    """Write the report as Markdown; whatever came from outside is escaped."""
    plan = plan_blocks(make_plan(report))
    parts = (_top(report), plan, _findings(report), _dust(report), _unread(report), _todo(report))
    return seal("\n\n".join(block for part in parts for block in part) + f"\n\n{_foot(report)}\n")


def text(value: str) -> str:
    """Write ``value`` so that Markdown shows it as it is."""
    return _MARKS.sub(r"\\\g<0>", visible(value))


def _top(report: Report) -> Iterator[str]:
    yield f"# {text(_('Account closure audit, {time}').format(time=words.moment(report.generated_at)))}"
    yield f"**{text(head.headline(report))}** {text(head.meaning(report))} {text(head.confirmed(report))}".rstrip()
    yield _list(_account_lines(report))
    yield text(_(", ").join(f"{name} {number}" for name, number in head.count_pairs(report)))


def _account_lines(report: Report) -> Iterator[str]:
    for account in report.accounts:
        snapshot = account.snapshot
        told = (head.environment_warning(snapshot.environment), snapshot.refused or "")
        warnings = "".join(f" **{text(each)}**" for each in told if each)
        yield f"{text(labelled(words.account_line(snapshot), words.verdict_word(account.verdict)))}{warnings}"


def plan_blocks(plan: Plan) -> Iterator[str]:
    """Yield the plan's paragraphs; none where there is nothing to do."""
    if not plan.steps:
        return
    yield f"## {text(_('Plan'))}"
    if plan.earliest_clean is not None:
        told = _("It can be over at the earliest on {time}.").format(time=words.moment(plan.earliest_clean))
        yield text(told)
    elif plan.waits:
        yield text(_("When it can be over is not known: something that takes time has no date."))
    numbers = {step.id: number for number, step in enumerate(plan.steps, 1)}
    yield "\n".join(_step(number, step, numbers) for number, step in enumerate(plan.steps, 1))


def _step(number: int, step: Step, numbers: dict[str, int]) -> str:
    after = ", ".join(str(numbers[other]) for other in step.after)
    lines = [f"{number}. **{text(step.title)}**", f"   {text(_('Where: {where}').format(where=step.where))}"]
    lines += [f"   {text(_('After: {steps}').format(steps=after))}"] if after else []
    lines += [f"   - [ ] {text(line)}" for line in (*(finding.message for finding in step.findings), *step.todo)]
    return "\n".join(lines)


def _findings(report: Report) -> Iterator[str]:
    if not report.findings:
        return
    yield f"## {text(_('Findings'))}"
    heads = (_("Severity"), _("Area"), _("Account"), _("What was found"), _("To do"), _("USD"))
    yield _table(heads, (_finding(finding) for finding in report.findings))


def _finding(finding: Finding) -> Sequence[str]:
    severity = words.severity_words()[finding.severity]
    muted = _(" (muted)") if finding.muted else ""
    area = words.area_title(finding.area)
    return severity + muted, area, finding.account, finding.message, finding.remedy, words.value(finding)


def _dust(report: Report) -> Iterator[str]:
    if not report.dust:
        return
    yield f"## {text(_('Dust: what cannot simply be sold'))}"
    heads = (_("Account"), _("Asset"), _("Wallet"), _("Amount"), _("USD"), _("Why"), _("Way out"))
    rows = (
        (
            *(line.account, line.asset, _(line.wallet), plain(line.amount)),
            "?" if line.value_usd is None else plain(line.value_usd),
            *(crumbs.why(line.kind), labelled(crumbs.way_out(line.route), line.reason)),
        )
        for line in report.dust
    )
    yield _table(heads, rows)


def _unread(report: Report) -> Iterator[str]:
    lines = [
        text(
            sentences(
                labelled(account.snapshot.name, _("{clause}.").format(clause=coverage.names_of(places))),
                reason,
            )
        )
        for account in report.accounts
        for reason, places in coverage.by_reason(account.unread).items()
    ]
    if lines:
        yield f"## {text(_('Not read'))}"
        yield _list(lines)


def _todo(report: Report) -> Iterator[str]:
    if report.requirements:
        yield f"## {text(_('What closing takes'))}"
        yield "\n".join(_condition(line) for line in report.requirements)


def _condition(line: Requirement) -> str:
    box = "x" if line.status in {Status.MET, Status.ATTESTED} else " "
    said = labelled(conditions.status_word(line.status), line.title)
    return f"- [{box}] {text(said)} ({text(conditions.voucher(line))})"


def _foot(report: Report) -> str:
    tool = report.tool
    program = _("audit {version}, ccxt {ccxt}, facts {facts}").format(
        version=tool.version, ccxt=tool.ccxt, facts=tool.config_sha256
    )
    # In a code span, so that the digest stands there digit for digit.
    return f"{text(program)}, `{PLACEHOLDER}`"


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    cells = [[cell if cell == "---" and index == 1 else text(cell) for cell in row] for index, row in enumerate(lines)]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


FORMAT = Format(name="markdown", suffix=".md", render=render)
