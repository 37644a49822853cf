"""KuCoin: loans of institutions (VIP, over the counter), and their collateral.

Margin loans: `auditor.exchanges.kucoin.margin_wallets`. Loans against collateral that are taken in the app have no
request.
"""

from collections.abc import Iterable

from auditor.exchanges.kucoin.errors import SOME_ACCOUNTS
from auditor.exchanges.kucoin.sites import V1, management
from auditor.exchanges.kucoin.sources import documented
from auditor.exchanges.shared.readers import figures
from auditor.i18n import mark
from auditor.model.records import Area, Debt, Part, Record
from auditor.spec.fields import amount, rows, text
from auditor.spec.parsed_row import Row
from auditor.spec.reader import Context, reads
from auditor.spec.rows import object_row
from auditor.spec.surface import Surface

LOAN = mark("VIP loan")


@reads(
    rows("orders", text("orderId"), text("currency"), amount("principal"), amount("interest")),
    rows("margins", text("marginCcy"), amount("marginQty")),
)
def vip_loan(row: Row, _context: Context) -> Iterable[Record]:
    """Read the loans of an account, and what secures them."""
    for loan in row.rows("orders"):
        yield Debt(
            subject=loan.text("orderId"),
            row=loan.raw,
            kind=LOAN,
            asset=loan.text("currency"),
            amount=loan.amount("principal"),
            held=figures(loan, {Part.INTEREST: "interest"}),
            collateral=False,
        )
    for margin in row.rows("margins"):
        yield _collateral(margin, f"collateral:{margin.text('marginCcy')}")


def _collateral(row: Row, subject: str) -> Debt:
    return Debt(
        subject=subject,
        row=row.raw,
        kind=LOAN,
        asset=row.text("marginCcy"),
        amount=row.amount("marginQty"),
        held={},
        collateral=True,
    )


VIP_LOAN = Surface(
    id="vip-loan",
    area=Area.DEBTS,
    title="VIP loans",
    endpoint=documented(V1, "otc-loan/loan", management(5), rows=object_row),
    reader=vip_loan,
    manual_check=SOME_ACCOUNTS,
)


@reads(text("uid"), text("marginCcy"), amount("marginQty"))
def vip_collateral(row: Row, _context: Context) -> Iterable[Record]:
    """Read what one account gives as security for a loan."""
    where = f"{row.text('uid')}:{row.hint('accountType')}:{row.text('marginCcy')}"
    yield _collateral(row, f"collateral:{where}")


VIP_COLLATERAL = Surface(
    id="vip-loan-collateral",
    area=Area.DEBTS,
    title="VIP loans: collateral",
    endpoint=documented(V1, "otc-loan/accounts", management(20)),
    reader=vip_collateral,
    manual_check=SOME_ACCOUNTS,
)

DEBTS = (VIP_LOAN, VIP_COLLATERAL)
