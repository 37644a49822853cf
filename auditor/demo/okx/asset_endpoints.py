"""The endpoints about money: wallets, earn, debts, deposits and withdrawals.

Sources: https://www.okx.com/docs-v5/en/#funding-account, #trading-account and #financial-product (June 2026).
"""

from __future__ import annotations

from auditor.demo.okx.spec import Endpoint, after_before, after_until, begin_end, begin_end_id, one_of

_STAKING = one_of("pending success failed")
_FIAT = one_of("completed failed pending canceled inqueue processing")
_WITHDRAWAL = one_of("19 17 10 0 4 5 6 8 9 12 7 1 15 16 -3 -2 -1 2")
_DEPOSIT = one_of("0 1 2 8 11 12 13 14 17")
_DCD = one_of("initial live pending_settle settled pending_redeem redeemed rejected")


def _staking(coin: str, status: frozenset[str]) -> tuple[Endpoint, Endpoint]:
    base = f"finance/staking-defi/{coin}"
    history = Endpoint(
        f"{base}/purchase-redeem-history",
        (6, 1),
        filters=("type", "status"),
        choices={"status": status, "type": one_of("purchase redeem")},
        bounds=after_before("requestTime"),
        order="requestTime",
        live_only=True,
    )
    return Endpoint(f"{base}/balance", (6, 1), live_only=True), history


def _fiat(path: str) -> Endpoint:
    filters = ("ccy", "paymentMethod", "state")
    bounds = after_until("cTime")
    return Endpoint(
        path, (3, 1), filters=filters, choices={"state": _FIAT}, bounds=bounds, order="cTime", live_only=True
    )


WALLETS = (
    Endpoint("asset/balances", (6, 1), filters=("ccy",)),
    Endpoint("account/balance", (10, 2), filters=("ccy",)),
    Endpoint("asset/asset-valuation", (1, 1)),
    Endpoint("asset/non-tradable-assets", (6, 1), filters=("ccy",), live_only=True),
    Endpoint("account/max-withdrawal", (20, 2), filters=("ccy",)),
    Endpoint("asset/bills", (6, 1), filters=("ccy", "type"), bounds=after_before("ts"), order="ts"),
    Endpoint(
        "asset/bills-history",
        (1, 1),
        filters=("ccy", "type"),
        choices={"pagingType": one_of("1 2")},
        defaults={"pagingType": "1"},
        bounds=after_before("ts"),
        order="billId",
    ),
    Endpoint(
        "account/bills",
        (5, 1),
        filters=("instType", "instId", "ccy", "mgnMode", "type", "subType"),
        bounds=after_before("billId") + begin_end("ts"),
        order="billId",
    ),
    Endpoint(
        "account/bills-archive",
        (5, 2),
        filters=("instType", "instId", "ccy", "mgnMode", "type", "subType"),
        bounds=after_before("billId") + begin_end("ts"),
        order="billId",
        reach=90,
    ),
)

EARN = (
    Endpoint("finance/savings/balance", (6, 1), filters=("ccy",), live_only=True),
    Endpoint(
        "finance/staking-defi/orders-active",
        (3, 1),
        filters=("productId", "protocolType", "ccy", "state"),
        choices={"state": one_of("8 13 9 1 2"), "protocolType": one_of("defi")},
        order="purchasedTime",
        live_only=True,
    ),
    Endpoint(
        "finance/staking-defi/orders-history",
        (3, 1),
        filters=("productId", "protocolType", "ccy"),
        choices={"protocolType": one_of("defi")},
        bounds=after_before("ordId"),
        order="ordId",
        live_only=True,
    ),
    *_staking("eth", _STAKING | {"cancelled"}),
    *_staking("sol", _STAKING),
    Endpoint(
        "finance/sfp/dcd/order-history",
        (1, 1),
        filters=("ordId", "productId", "uly", "state"),
        choices={"state": _DCD},
        bounds=begin_end_id("ordId") + begin_end("cTime"),
        order="ordId",
        live_only=True,
    ),
    Endpoint("finance/stable-rewards/balance", (5, 2), live_only=True),
    Endpoint(
        "finance/stable-rewards/subscribe-redeem-history",
        (5, 2),
        ("ccy",),
        filters=("ccy", "type", "status"),
        choices={"status": _STAKING, "type": one_of("subscribe redeem")},
        bounds=after_before("ordId"),
        order="ordId",
        live_only=True,
    ),
    Endpoint("finance/okusd/account", (5, 2), live_only=True, empty_code="404"),
    Endpoint(
        "finance/simple-earn-fixed/order-list",
        (3, 1),
        filters=("ccy", "state"),
        choices={"state": one_of("pending earning expired settled cancelled")},
        order="cTime",
        live_only=True,
    ),
)

DEBTS = (
    Endpoint("finance/flexible-loan/loan-info", (5, 2), live_only=True),
    Endpoint("account/interest-limits", (5, 2), choices={"type": one_of("2")}),
    Endpoint(
        "trade/one-click-repay-currency-list",
        (1, 2),
        filters=("debtType",),
        choices={"debtType": one_of("cross isolated")},
        modes=frozenset("34"),
    ),
    Endpoint("trade/one-click-repay-currency-list-v2", (1, 2), modes=frozenset("134")),
    Endpoint("account/vip-loan-order-list", (5, 2), filters=("ccy", "state"), order="ordId", empty_code="50005"),
    Endpoint(
        "account/fixed-loan/borrowing-orders-list", (5, 2), filters=("ccy", "state"), order="ordId", empty_code="50005"
    ),
)

FLOWS = (
    Endpoint(
        "asset/deposit-history",
        (6, 1),
        filters=("ccy", "depId", "fromWdId", "txId", "state"),
        choices={"state": _DEPOSIT},
        bounds=after_before("ts"),
        order="ts",
        live_only=True,
    ),
    Endpoint(
        "asset/withdrawal-history",
        (6, 1),
        filters=("ccy", "wdId", "clientId", "txId", "state"),
        choices={"state": _WITHDRAWAL},
        bounds=after_before("ts"),
        order="ts",
        live_only=True,
    ),
    Endpoint("asset/convert/history", (6, 1), filters=("clTReqId",), bounds=after_before("ts"), order="ts"),
    Endpoint(
        "asset/subaccount/bills",
        (6, 1),
        filters=("ccy", "type", "subAcct"),
        choices={"type": one_of("0 1")},
        bounds=after_before("ts"),
        order="ts",
        main_only=True,
    ),
    Endpoint("trade/easy-convert-history", (1, 2), bounds=after_before("uTime"), order="uTime"),
    _fiat("fiat/deposit-order-history"),
    _fiat("fiat/withdrawal-order-history"),
    Endpoint(
        "fiat/buy-sell/history",
        (6, 1),
        filters=("ordId", "clOrdId", "state"),
        choices={"state": one_of("processing completed failed")},
        bounds=begin_end("cTime"),
        order="cTime",
        live_only=True,
    ),
)
