"""The lists beside the ledgers of a generated history: what each event leaves in them.

Rows are as documented at https://bybit-exchange.github.io/docs/v5 (July 2026): order/execution, order/order-list,
position/close-pnl, asset/deposit, asset/withdraw, asset/transfer, asset/convert, asset/convert-small-balance,
account/borrow-history, finance/earn/easy-onchain and p2p/order/order-list. Real answers have yields in a `list`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.demo.bybit.story_wallets import MEMBER, plain
from auditor.demo.model import Row

SUB_MEMBER = "71000099"
DEPOSITS, INSIDE = "/v5/asset/deposit/query-record", "/v5/asset/deposit/query-internal-record"
WITHDRAWALS = "/v5/asset/withdraw/query-record"
MOVES, GIFTS = "/v5/asset/transfer/query-inter-transfer-list", "/v5/asset/transfer/query-universal-transfer-list"
CONVERSIONS, SWEEPS = "/v5/asset/exchange/query-convert-history", "/v5/asset/covert/small-balance-history"
FILLS, ORDERS, CLOSED = "/v5/execution/list", "/v5/order/history", "/v5/position/closed-pnl"
EARN_ORDERS, YIELDS, BORROWED = "/v5/earn/order", "/v5/earn/yield", "/v5/account/borrow-history"
P2P = "/v5/p2p/order/simplifyList"
DAY = 86_400_000
"""Milliseconds."""
KEPT = {YIELDS: ("createdAt", 90 * DAY), P2P: ("createDate", 90 * DAY)}
"""Lists that go back no further: the field with a row's time, and how far."""
Coin = tuple[str, Decimal]


@dataclass(frozen=True)
class Trade:
    """One trade: what its rows in the ledger and in the lists have in common."""

    order: str
    trade: str
    symbol: str
    category: str
    side: str
    price: Decimal
    size: Decimal

    @property
    def ids(self) -> dict[str, str]:
        """Return the fields of a row in the ledger that name it: its rows have one id."""
        names = {"symbol": self.symbol, "category": self.category, "tradePrice": plain(self.price)}
        return {**names, "orderId": self.order, "tradeId": self.trade, "sequence": self.trade.rpartition("-")[2]}


@dataclass
class Records:
    """Rows of each list, by its path, the oldest first."""

    rows: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    count: int = 0

    def books(self, now: int) -> dict[str, list[Row]]:
        """Return the rows that are listed at a time (Unix ms), the newest first."""
        listed = {path: list(reversed(rows)) for path, rows in self.rows.items()}
        for path, (name, span) in KEPT.items():
            listed[path] = [row for row in listed.get(path, ()) if int(row[name]) >= now - span]
        return listed

    def received(self, time: int, coin: str, amount: Decimal, *, is_inside: bool) -> None:
        """Write a deposit, of another user's or from a chain."""
        number, tx = self._number(), f"demo-tx-{self.count}"
        known: Row = {"id": number, "coin": coin, "amount": plain(amount), "txID": tx, "taxDepositRecordsId": "0"}
        if is_inside:
            sender = {"type": 1, "address": "demo@example.com", "fromMemberId": "71000050", "complianceStatus": 0}
            self.rows[INSIDE].append({**known, **sender, "status": 2, "createdTime": str(time // 1000), "taxStatus": 0})
            return
        place = {"chain": f"{coin}-DEMO", "toAddress": "demo-address", "fromAddress": "", "tag": "", "depositFee": ""}
        block = {"confirmations": "50", "txIndex": "0", "blockHash": "demo", "batchReleaseLimit": "-1"}
        state = {"status": 3, "depositType": "0", "taxStatus": 0, "successAt": str(time)}
        self.rows[DEPOSITS].append({**known, **place, **block, **state})

    def sent(self, time: int, coin: str, amount: Decimal, fee: Decimal) -> None:
        """Write a withdrawal, which was asked for a minute before."""
        figures = {
            "coin": coin,
            "amount": plain(amount),
            "withdrawFee": plain(fee),
            "fee": "",
            "tax": "",
            "taxRate": "",
        }
        place = {"chain": f"{coin}-DEMO", "toAddress": "demo-address", "tag": "", "taxType": ""}
        times = {"createTime": str(time - 60_000), "updateTime": str(time)}
        ids = {"withdrawId": self._number(), "txID": f"demo-tx-{self.count}", "withdrawType": 0, "status": "success"}
        self.rows[WITHDRAWALS].append({**figures, **place, **times, **ids})

    def moved(self, time: int, coin: str, amount: Decimal, wallets: tuple[str, str]) -> None:
        """Write a transfer between two wallets, whose time has whole seconds."""
        self.rows[MOVES].append(
            {"transferId": f"selfTransfer_{self._number()}", **_transfer(time, coin, amount, wallets)}
        )

    def given(self, time: int, coin: str, amount: Decimal) -> None:
        """Write a transfer to a sub-account."""
        members = {"fromMemberId": MEMBER, "toMemberId": SUB_MEMBER}
        row = _transfer(time, coin, amount, ("FUND", "UNIFIED"))
        self.rows[GIFTS].append({"transferId": f"universalTransfer_{self._number()}", **row, **members})

    def converted(self, time: int, given: Coin, received: Coin, account: str) -> None:
        """Write a conversion."""
        coins = {"fromCoin": given[0], "fromCoinType": "crypto", "toCoin": received[0], "toCoinType": "crypto"}
        figures = {"fromAmount": plain(given[1]), "toAmount": plain(received[1]), "convertRate": "1"}
        ids = {"exchangeTxId": self._number(), "userId": MEMBER, "accountType": account, "exchangeStatus": "success"}
        self.rows[CONVERSIONS].append({**ids, **coins, **figures, "extInfo": {}, "createdAt": str(time)})

    def swept(self, time: int, given: Coin, received: Coin) -> None:
        """Write the conversion of a small balance."""
        part = {
            "fromCoin": given[0],
            "fromAmount": plain(given[1]),
            "toCoin": received[0],
            "toAmount": plain(received[1]),
            "feeCoin": received[0],
            "feeAmount": "0",
            "status": "success",
        }
        whole = {"toCoin": received[0], "toAmount": plain(received[1]), "feeCoin": received[0], "totalFeeAmount": "0"}
        ids = {"accountType": "eb_convert_uta", "exchangeTxId": self._number(), "exchangeSource": "small_asset_uta"}
        row = {**ids, **whole, "subRecords": [part], "status": "success", "createdAt": str(time)}
        self.rows[SWEEPS].append(row)

    def trade(self, symbol: str, category: str, side: str, price: Decimal, size: Decimal) -> Trade:
        """Return a new trade."""
        number = self._number()
        return Trade(f"order-{number}", f"trade-{number}", symbol, category, side, price, size)

    def filled(self, time: int, trade: Trade, fee: Decimal, fee_coin: str) -> None:
        """Write an order and its fill."""
        self._execute(time, trade, "Trade", fee, fee_coin)
        value = plain(trade.price * trade.size)
        figures = {"price": "0", "qty": plain(trade.size), "avgPrice": plain(trade.price), "cumExecValue": value}
        sizes = {"cumExecQty": plain(trade.size), "leavesQty": "0", "leavesValue": "0", "cumExecFee": plain(fee)}
        kinds = {"orderType": "Market", "orderStatus": "Filled", "timeInForce": "IOC", "rejectReason": "EC_NoError"}
        times = {"createdTime": str(time - 1000), "updatedTime": str(time)}
        ids = {"_category": trade.category, "orderId": trade.order, "orderLinkId": "", "symbol": trade.symbol}
        fees = {"cumFeeDetail": {fee_coin or "USDT": plain(fee)}, "side": trade.side}
        self.rows[ORDERS].append({**ids, **kinds, **figures, **sizes, **fees, **times})

    def settled(self, time: int, trade: Trade, paid: Decimal) -> None:
        """Write the fill that stands for a funding fee: paid is above zero."""
        self._execute(time, trade, "Funding", paid, "")

    def closed(self, time: int, trade: Trade, profit: Decimal, fee: Decimal) -> None:
        """Write a closed position."""
        figures = {"closedPnl": plain(profit - fee), "openFee": "0", "closeFee": plain(fee), "leverage": "3"}
        sizes = {"qty": plain(trade.size), "closedSize": plain(trade.size), "fillCount": "1", "orderPrice": "0"}
        prices = {"avgEntryPrice": plain(trade.price), "avgExitPrice": plain(trade.price)}
        values = {"cumEntryValue": "0", "cumExitValue": "0", "execType": "Trade", "orderType": "Market"}
        ids = {"_category": trade.category, "symbol": trade.symbol, "orderId": trade.order, "side": trade.side}
        times = {"createdTime": str(time), "updatedTime": str(time)}
        self.rows[CLOSED].append({**ids, **figures, **sizes, **prices, **values, **times})

    def staked(self, time: int, coin: str, amount: Decimal, kind: str) -> str:
        """Write an order of Easy Earn, and return its id."""
        number = f"earn-{self._number()}"
        known = {"_category": "FlexibleSaving", "coin": coin, "orderValue": plain(amount), "orderType": kind}
        ids = {"orderId": number, "orderLinkId": "", "productId": "428", "status": "Success"}
        blanks = {"swapOrderValue": "", "estimateRedeemTime": "", "estimateStakeTime": ""}
        self.rows[EARN_ORDERS].append({**known, **ids, **blanks, "createdAt": str(time), "updatedAt": str(time)})
        return number

    def earned(self, time: int, coin: str, amount: Decimal, order: str) -> None:
        """Write what Easy Earn paid, of itself or with a redemption."""
        known = {"_category": "FlexibleSaving", "id": self._number(), "productId": "428", "coin": coin}
        kinds = {"yieldType": "Normal", "distributionMode": "Manual" if order else "Auto", "status": "Success"}
        figures = {"amount": plain(amount), "effectiveStakingAmount": "1000", "orderId": order, "createdAt": str(time)}
        self.rows[YIELDS].append({**known, **kinds, **figures})

    def borrowed(self, time: int, coin: str, cost: Decimal) -> None:
        """Write the interest of an hour."""
        figures = {"borrowCost": plain(cost), "borrowAmount": "97", "InterestBearingBorrowSize": "97"}
        nothing = {"costExemption": "0", "freeBorrowedAmount": "0", "unrealisedLoss": "0"}
        row = {"currency": coin, **figures, **nothing, "hourlyBorrowRate": "0.000001216904", "createdTime": time}
        self.rows[BORROWED].append(row)

    def bought(self, time: int, amount: Decimal) -> None:
        """Write a purchase from a person."""
        figures = {"amount": plain(amount), "price": "1", "notifyTokenQuantity": plain(amount), "fee": "0"}
        coins = {"tokenId": "USDT", "notifyTokenId": "USDT", "currencyId": "EUR", "orderType": "ORIGIN"}
        ids = {"id": self._number(), "side": 0, "status": 50, "targetNickName": "demo", "targetUserId": "71000050"}
        self.rows[P2P].append({**ids, **coins, **figures, "createDate": str(time)})

    def _execute(self, time: int, trade: Trade, kind: str, fee: Decimal, fee_coin: str) -> None:
        figures = {"execPrice": plain(trade.price), "execQty": plain(trade.size), "execFee": plain(fee)}
        value = {"execValue": plain(trade.price * trade.size), "feeCurrency": fee_coin, "feeRate": "0.001"}
        ids = {"_category": trade.category, "symbol": trade.symbol, "orderId": trade.order, "execId": trade.trade}
        kinds = {"side": trade.side, "execType": kind, "orderType": "Market", "isMaker": False, "orderLinkId": ""}
        blanks = dict.fromkeys(("tradeIv", "markIv", "indexPrice", "underlyingPrice", "blockTradeId", "extraFees"), "")
        row = {**blanks, **ids, **kinds, **figures, **value, "execTime": str(time), "seq": self.count}
        self.rows[FILLS].append(row)

    def _number(self) -> str:
        self.count += 1
        return str(1_010_010_810_640_934_350 + self.count)


def _transfer(time: int, coin: str, amount: Decimal, wallets: tuple[str, str]) -> Row:
    moment = str(time // 1000 * 1000)
    return {
        "coin": coin,
        "amount": plain(amount),
        "fromAccountType": wallets[0],
        "toAccountType": wallets[1],
        "timestamp": moment,
        "status": "SUCCESS",
    }
