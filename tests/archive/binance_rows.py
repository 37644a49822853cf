"""Rows of lists at Binance that only explain, in the shapes that its documentation shows, for an account that has them.

Products that the account has, a few rows of each list, an hour apart, the newest one two days before now.
"""

from decimal import Decimal
from functools import cache
from typing import Any

from auditor import demo
from tests.archive.archiving import NOW
from tests.archive.binance_archiving import told

HOUR = 3_600_000
LAST = int(NOW.timestamp() * 1000) - 48 * HOUR
PAIR = "ETHUSDT"
SPOT = "sapi/v3/asset/getUserAsset"
MARGIN = "sapi/v1/margin"
PRODUCTS = ("isMarginEnabled", "isFutureEnabled", "isOptionsEnabled", "isPortfolioMarginRetailEnabled")
Rows = list[dict[str, Any]]


def at(rows: Rows, time: str) -> Rows:
    """The rows with a time each, the first one newest."""
    return [{**row, time: LAST - number * HOUR} for number, row in enumerate(rows)]


def fill(number: int, *, isolated: bool) -> dict[str, Any]:
    ids = {"id": number, "orderId": number + 1, "symbol": PAIR, "isIsolated": isolated}
    paid = {"price": "2600", "qty": "0.1", "commission": "0.0001", "commissionAsset": "BNB"}
    return {**ids, **paid, "isBestMatch": True, "isBuyer": True, "isMaker": False}


def order(number: int, *, isolated: bool) -> dict[str, Any]:
    ids = {"orderId": number + 1, "clientOrderId": f"demo-{number}", "symbol": PAIR, "isIsolated": isolated}
    figures = {"price": "2600", "origQty": "0.1", "executedQty": "0.1", "cummulativeQuoteQty": "260"}
    rest = {"side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "status": "FILLED", "isWorking": True}
    return {**ids, **figures, **rest, "updateTime": LAST}


def margin() -> dict[str, Rows]:
    flows = [
        {"id": 11, "tranId": 101, "asset": "USDT", "symbol": "", "type": "BORROW", "amount": "101"},
        {"id": 12, "tranId": 102, "asset": "ETH", "symbol": "", "type": "BUY_INCOME", "amount": "0.1"},
        {"id": 13, "tranId": 103, "asset": "USDT", "symbol": PAIR, "type": "TRANSFER", "amount": "50"},
    ]
    charged = {"asset": "USDT", "rawAsset": "USDT", "principal": "45", "interestRate": "0.0001", "type": "ON_BORROW"}
    interest = [
        {**charged, "txId": 21, "interest": "0.0045"},
        {**charged, "txId": 22, "interest": "0.0009", "isolatedSymbol": PAIR},
    ]
    loan = {"type": "MANUAL", "amount": "14", "asset": "USDT", "interest": "0.01", "principal": "13.99"}
    loans = [
        {**loan, "@type": kind, "txId": number, "status": "CONFIRMED", **pair}
        for number, (kind, pair) in enumerate(
            (kind, pair) for kind in ("BORROW", "REPAY") for pair in ({}, {"isolatedSymbol": PAIR})
        )
    ]
    moved = {"amount": "5", "asset": "USDT", "status": "CONFIRMED"}
    transfers = [
        {**moved, "txId": 41, "type": "ROLL_IN"},
        {**moved, "txId": 42, "type": "ROLL_IN", "isolatedSymbol": PAIR, "transFrom": "SPOT"},
    ]
    both = (False, True)
    return {
        f"{MARGIN}/capital-flow": at(flows, "timestamp"),
        f"{MARGIN}/interestHistory": at(interest, "interestAccuredTime"),
        f"{MARGIN}/borrow-repay": at(loans, "timestamp"),
        f"{MARGIN}/transfer": at(transfers, "timestamp"),
        f"{MARGIN}/myTrades": at([fill(50 + one, isolated=one) for one in both], "time"),
        f"{MARGIN}/allOrders": at([order(50 + one, isolated=one) for one in both], "time"),
        f"{MARGIN}/isolated/account": [{"symbol": PAIR}],
    }


SUB = "sub@example.com"
MAIN = "main@example.com"


def products() -> dict[str, Rows]:
    rewards = {"annualPercentageRate": "0.03"}
    loan, flexible = "sapi/v1/loan", "sapi/v2/loan/flexible"
    coins = {"loanCoin": "USDT", "collateralCoin": "BNB"}
    lent = {**coins, "initialLoanAmount": "10", "initialCollateralAmount": "1"}
    paid = {**coins, "repayAmount": "10", "collateralReturn": "1", "repayStatus": "Repaid"}
    moved = {**coins, "direction": "ADDITIONAL", "preLTV": "0.7", "afterLTV": "0.6"}
    taken = {"liquidationDebt": "10", "liquidationCollateralAmount": "1", "liquidationFee": "0.1"}
    earned = {"amountInETH": "0.2", "holding": "2.3", "holdingInETH": "2.4", **rewards}
    staked = {"amountInSOL": "0.2", "holding": "2.3", "holdingInSOL": "2.4", **rewards}
    bfusd = {"rewardAsset": "BFUSD", "rewardsAmount": "1", "BFUSDPosition": "100", **rewards}
    soft = {"asset": "BNB", "rewards": "0.5", "rewardAsset": "BNB", "avgAmount": "2"}
    return {
        "sapi/v1/eth-staking/eth/history/wbethRewardsHistory": at([earned], "time"),
        "sapi/v1/sol-staking/sol/history/bnsolRewardsHistory": at([staked], "time"),
        "sapi/v1/onchain-yields/locked/history/rewardsRecord": at(
            [{"positionId": "1", "asset": "SOLV", "amount": "7", "lockPeriod": "30"}], "time"
        ),
        # Two coins at one moment.
        "sapi/v1/soft-staking/history/rewardsRecord": [
            {**row, "time": LAST} for row in (soft, {**soft, "asset": "SOL", "rewardAsset": "SOL"})
        ],
        "sapi/v1/bfusd/history/rewardsHistory": at([bfusd], "time"),
        "sapi/v1/rwusd/history/rewardsHistory": at([{"rewardsAmount": "3", "rwusdPosition": "90", **rewards}], "time"),
        f"{loan}/income": at([{"asset": "USDT", "type": "borrowIn", "amount": "100", "tranId": "1"}], "timestamp"),
        f"{loan}/borrow/history": at([{"orderId": 1, **lent, "status": "Repaid"}], "borrowTime"),
        f"{loan}/repay/history": at([{"orderId": 1, **paid, "repayType": "1"}], "repayTime"),
        f"{loan}/ltv/adjustment/history": at([{"orderId": 1, **moved, "amount": "5"}], "adjustTime"),
        f"{flexible}/borrow/history": at([{**lent, "status": "SUCCESS"}], "borrowTime"),
        f"{flexible}/repay/history": at([paid], "repayTime"),
        f"{flexible}/ltv/adjustment/history": at([{**moved, "collateralAmount": "5"}], "adjustTime"),
        f"{flexible}/liquidation/history": at([{**coins, **taken, "status": "Liquidated"}], "liquidationStartingTime"),
    }


OPTION = "BTC-261225-90000-C"


def derivatives() -> dict[str, Rows]:
    trade = {"id": 7, "tradeId": 8, "orderId": 9, "symbol": OPTION, "price": "100", "quantity": "1", "fee": "-2"}
    sides = {"side": "BUY", "type": "LIMIT", "liquidity": "TAKER", "optionSide": "CALL", "quoteAsset": "USDT"}
    exercise = {"id": "1125", "currency": "USDT", "symbol": OPTION, "exercisePrice": "90000", "quantity": "1"}
    result = {"amount": "44", "fee": "1", "optionSide": "CALL", "positionSide": "LONG", "quoteAsset": "USDT"}
    income = {"symbol": "BTCUSDT", "incomeType": "FUNDING_FEE", "income": "-0.5", "asset": "USDT", "tranId": 3}
    return {
        "eapi/v1/bill": at([{"id": 5, "asset": "USDT", "amount": "-0.552", "type": "FEE"}], "createDate"),
        "eapi/v1/exerciseRecord": at([{**exercise, **result}], "createDate"),
        "eapi/v1/userTrades": at([{**trade, **sides}], "time"),
        "papi/v1/um/income": at([income], "time"),
        "papi/v1/cm/income": at([{**income, "symbol": "BTCUSD_PERP", "asset": "BTC", "income": "0.001"}], "time"),
    }


def with_sub_account(account: demo.Account) -> demo.Account:
    """The account with a sub-account: 30 USDT went there, 12 came back out of its futures, 400 did not go."""
    sent = {"fromEmail": MAIN, "toEmail": SUB, "fromAccountType": "SPOT", "toAccountType": "SPOT"}
    back = {"fromEmail": SUB, "toEmail": MAIN, "fromAccountType": "USDT_FUTURE", "toAccountType": "SPOT"}
    rows = [
        {**sent, "tranId": 9001, "asset": "USDT", "amount": "30", "status": "SUCCESS"},
        {**back, "tranId": 9002, "asset": "USDT", "amount": "12", "status": "SUCCESS"},
        {**sent, "tranId": 9003, "asset": "USDT", "amount": "400", "status": "FAILURE"},
    ]
    held = [dict(row) for row in account.books[SPOT]]
    usdt = next(row for row in held if row["asset"] == "USDT")
    usdt["free"] = format(Decimal(usdt["free"]) - 18, "f")
    books = {
        "sapi/v1/sub-account/list": [{"email": SUB, "isFreeze": False, "createTime": LAST}],
        "sapi/v1/sub-account/universalTransfer": at(rows, "createTimeStamp"),
        SPOT: held,
    }
    return account.with_(books={**account.books, **books})


def with_every_list() -> demo.Account:
    """The account of a story, with rows in every list that only explains."""
    account, enabled = with_sub_account(told()), [dict.fromkeys(PRODUCTS, True)]
    rows = {"sapi/v1/account/info": enabled, **margin(), **products(), **derivatives()}
    return account.with_(books={**account.books, **rows})


@cache
def small(events: int) -> demo.Account:
    """A small account with something in every list that changes a balance."""
    return with_sub_account(told(events))
