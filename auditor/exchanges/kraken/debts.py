"""Kraken: credit lines (VIP and institutions); what a margin position borrowed shows in the position alone."""

from collections.abc import Iterable

from auditor.exchanges.kraken.asset_codes import usual_name
from auditor.exchanges.kraken.envelope import MISSING
from auditor.exchanges.kraken.no_result import KEY, ROW, check_result, where_result
from auditor.exchanges.kraken.rights import FUNDS
from auditor.exchanges.kraken.rows import keyed_rows_in
from auditor.exchanges.kraken.sources import private
from auditor.i18n import mark
from auditor.model.amounts import ZERO, parse
from auditor.model.records import Area, Debt, Record
from auditor.spec.fields import amount, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.surface import Surface

DETAILS = keyed_rows_in("asset_details")
USED = "credit_used"


def credit_line_rows(data: object) -> list[object]:
    """Return the credit line of each asset, and what is used together where no asset shows it.

    ``result`` is null for an account without any.
    """
    if data is None:
        return []
    if data is MISSING:
        return [ROW]
    lines = DETAILS(data)
    return [*lines, *_used_together(data)] if all(map(_is_unused, lines)) else lines


def _is_unused(line: object) -> bool:
    return isinstance(line, dict) and parse(line.get(USED)) == ZERO


def _used_together(data: object) -> list[object]:
    """Return a row for the total in USD, none where it is zero or not there."""
    monitor = data.get("limits_monitor") if isinstance(data, dict) else None
    used = monitor.get("total_credit_used_usd") if isinstance(monitor, dict) else None
    return [] if used is None or parse(used) == ZERO else [{KEY: "USD", USED: used}]


@reads(text(KEY), where_result(amount(USED)))
def credit_line(row: Row, _context: Context) -> Iterable[Record]:
    """Read what is used of a credit line; the balances show it again."""
    check_result(row, "spot")
    code = row.text(KEY)
    yield Debt(
        subject=code,
        row=row.raw,
        kind=mark("credit line"),
        asset=usual_name(code),
        amount=row.amount(USED),
        held={},
        collateral=False,
    )


CREDIT_LINES = Surface(
    id="credit-lines",
    area=Area.DEBTS,
    title="Credit lines",
    endpoint=private("CreditLines", "Get Credit Lines", rows=credit_line_rows),
    reader=credit_line,
    right=FUNDS,
)
DEBTS = (CREDIT_LINES,)
