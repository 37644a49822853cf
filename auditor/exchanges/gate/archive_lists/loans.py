"""Gate: what was borrowed and repaid, and interest: of isolated margin, the unified account, and against collateral."""

from auditor.exchanges.gate.archive_lists.explaining import BY_PAGE, explaining, in_table, of_spot
from auditor.exchanges.gate.sources import OFTEN, SELDOM, documented, months
from auditor.i18n import mark
from auditor.spec.endpoint import Windows
from auditor.spec.second_list import SecondList

BORROWED = of_spot("670 671 borrow repay margin_borrow margin_repay cross_borrow cross_repay")
INTEREST = of_spot("672 675 676 685 interest_out margin_interest_out")
PLEDGED = of_spot("635 640 641 642 643 644 645 646 647 648 655 656 657 658 cl_borrow cl_repay cl_dctd cl_rtd")


def _borrowed(list_id: str, title: str, path: str) -> SecondList:
    limit = OFTEN if path.startswith("margin/") else SELDOM
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(path, "Query loan records", limit=limit, pages=BY_PAGE),
        **in_table(
            "products",
            "loan",
            number="currency create_time type amount currency_pair id",
            time="create_time",
            unit="ms",
            columns="type asset:currency amount state:repayment_type",
        ),
        used_by=BORROWED,
    )


def _interest(list_id: str, title: str, path: str, **asking: str) -> SecondList:
    limit = OFTEN if path.startswith("margin/") else SELDOM
    page = "Query interest deduction records"
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(path, page, limit=limit, pages=BY_PAGE, windows=months(), asking=asking),
        **in_table(
            "products",
            "interest",
            number="currency create_time currency_pair interest",
            time="create_time",
            unit="ms",
            columns="type asset:currency earned:interest rate:actual_rate state:status",
        ),
        used_by=INTEREST,
    )


def _pledged(
    list_id: str, title: str, path: str, page: str, *, time: str, kind: str, windows: Windows, **asking: str
) -> SecondList:
    return explaining(
        id=list_id,
        title=title,
        endpoint=documented(
            f"loan/multi_collateral/{path}", page, limit=SELDOM, pages=BY_PAGE, windows=windows, asking=asking
        ),
        **in_table(
            "products", kind, number="record_id order_id", time=time, columns=f"type:={asking.get('type', 'adjust')}"
        ),
        used_by=PLEDGED,
    )


def _collateral_orders(kind: str) -> SecondList:
    """Return loans against collateral. ``kind``: current or fixed; without it Gate gives the current ones."""
    return explaining(
        id=f"collateral-loan-orders-{kind}",
        title=mark("Collateral loans: orders"),
        endpoint=documented(
            "loan/multi_collateral/orders",
            "Query multi-currency collateral order list",
            limit=SELDOM,
            pages=BY_PAGE,
            asking={"order_type": kind},
        ),
        **in_table(
            "products",
            "loan",
            number="order_id",
            time="borrow_time",
            columns=(
                "type:order_type asset:borrow_currencies.currency other_asset:collateral_currencies.currency "
                "rate:fixed_rate state:status"
            ),
        ),
        used_by=PLEDGED,
    )


REPAYMENTS = mark("Collateral loans: repaid")
LOAN_LISTS = (
    *map(_collateral_orders, ("current", "fixed")),
    _borrowed("margin-loans", mark("Loans of isolated margin"), "margin/uni/loan_records"),
    _borrowed("unified-loans", mark("Loans of the unified account"), "unified/loan_records"),
    _interest("margin-interest", mark("Interest of isolated margin"), "margin/uni/interest_records"),
    *(
        _interest(
            f"unified-interest-{kind}", mark("Interest of the unified account"), "unified/interest_records", type=kind
        )
        for kind in ("platform", "margin")
    ),
    *(
        _pledged(
            f"collateral-loans-{kind}",
            REPAYMENTS,
            "repay",
            "Query multi-currency collateral repayment records",
            time="repay_time",
            kind="loan",
            windows=months(),
            type=kind,
        )
        for kind in ("repay", "liquidate")
    ),
    _pledged(
        "collateral-adjustments",
        mark("Collateral loans: collateral added and reduced"),
        "mortgage",
        "Query collateral adjustment records",
        time="operate_time",
        kind="collateral",
        windows=months(),
    ),
)
