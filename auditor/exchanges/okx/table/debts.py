"""OKX: everything owed, and what is locked as security for it."""

from auditor.exchanges.okx.readers import debts
from auditor.exchanges.okx.sources import CCXT, DOC
from auditor.exchanges.okx.table.shared import TRADING, UNDOCUMENTED, WRONG_MODE
from auditor.model.records import Area
from auditor.spec.fields import always, amount, retired, rows, text
from auditor.spec.surface import Limit, Surface, single

NO_VIP_LOAN = {"59310": "This account has no VIP loans."}
DEBTS = (
    Surface(
        id="borrowing",
        area=Area.DEBTS,
        title="Borrowing and interest",
        path="account/interest-limits",
        limit=Limit(5, 2),
        proves=(
            amount("debt"),
            amount("interest"),
            rows(
                "records",
                text("ccy"),
                amount("usedLmt"),
                *(amount(name, always) for name in ("interest", "usedLoan", "posLoan")),
                retired("interestFreeLiab"),
            ),
        ),
        rows=single,
        read=debts.interest_limits,
        absent=WRONG_MODE,
        absent_in=frozenset({"1", "2"}),
        services=TRADING,
        source=f"{DOC}, Trading account, Get borrow interest and limit",
    ),
    Surface(
        id="flexible-loan",
        area=Area.DEBTS,
        title="Flexible loan and its collateral",
        path="finance/flexible-loan/loan-info",
        limit=Limit(5, 2),
        proves=(
            amount("loanNotionalUsd"),
            amount("collateralNotionalUsd"),
            rows("loanData", text("ccy"), amount("amt")),
            rows("collateralData", text("ccy"), amount("amt")),
        ),
        read=debts.flexible_loan,
        source=f"{DOC}, Flexible loan, Get loan info",
    ),
    *(
        Surface(
            id=f"one-click-repay{suffix}",
            area=Area.DEBTS,
            title=f"Debts for one-click repay ({'spot' if suffix else 'margin'} list)",
            path=f"trade/one-click-repay-currency-list{suffix}",
            limit=Limit(1, 2),
            proves=(rows("debtData", text("debtCcy"), amount("debtAmt")),),
            read=debts.repayable,
            modes=modes,
            absent=WRONG_MODE,
            services=TRADING,
            source=f"{DOC}, Trade, Get one-click repay currency list",
        )
        for suffix, modes in (("", frozenset({"3", "4"})), ("-v2", frozenset({"1", "3", "4"})))
    ),
    *(
        Surface(
            id=name,
            area=Area.DEBTS,
            title=title,
            path=path,
            limit=Limit(1, 1),
            proves=(),
            read=debts.undescribed_loan,
            absent=absent,
            standing=UNDOCUMENTED,
            source=CCXT,
        )
        for name, title, path, absent in (
            ("vip-loan", "VIP loans", "account/vip-loan-order-list", NO_VIP_LOAN),
            ("fixed-loan", "Fixed-rate loans", "account/fixed-loan/borrowing-orders-list", {}),
        )
    ),
)
