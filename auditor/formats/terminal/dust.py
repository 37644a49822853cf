"""Dust table: amounts that cannot be sold, with the reason and the exit route."""

from auditor.formats.terminal.canvas import TerminalPage
from auditor.i18n import Message, Text, _
from auditor.model.amounts import plain
from auditor.model.report import DustKind, DustLine, Report, Route


def show_dust(page: TerminalPage, report: Report) -> None:
    """Show the dust of all accounts."""
    if not report.dust:
        return
    several = len(report.accounts) > 1
    page.heading(_("Small leftovers (dust)"))
    columns: list[tuple[Text, bool]] = [
        *([(_("Account"), False)] if several else []),
        (_("Asset"), False),
        (_("Wallet"), False),
        (_("Amount"), True),
        (_("USD"), True),
        (_("Why"), False),
        (_("What to do"), False),
    ]
    page.table(columns, [_row(line, several=several) for line in report.dust])
    page.line(_("Minimums and fees: see the dust list (--dust-csv FILE)."), "dim", 2)


def _row(line: DustLine, *, several: bool) -> list[Text]:
    usd = "?" if line.value_usd is None else plain(line.value_usd)
    cells: list[Text] = [line.asset, _(line.wallet), plain(line.amount), usd, why(line.kind), way_out(line.route)]
    return [line.account, *cells] if several else cells


def why(kind: DustKind) -> Message:
    """Return in a few words why it cannot be sold."""
    return {
        DustKind.BELOW_MINIMUM: _("below minimum"),
        DustKind.LOT_RESIDUE: _("remainder after selling"),
        DustKind.NO_MARKET: _("no market"),
        DustKind.UNKNOWN: _("not known"),
    }[kind]


def way_out(route: Route) -> Message:
    """Return the name of an exit route."""
    return {
        Route.CONVERT: _("convert"),
        Route.SELL: _("sell"),
        Route.WITHDRAW: _("withdraw"),
        Route.TRANSFER: _("transfer"),
        Route.WAIT: _("wait"),
        Route.SUPPORT: _("ask support"),
    }[route]
