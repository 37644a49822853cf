"""The rows of a generated history at Binance, list by list, in the shapes that its documentation shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.demo.model import Row

FILLS, ORDERS = "api/v3/myTrades", "api/v3/allOrders"
DEPOSITS, WITHDRAWALS = "sapi/v1/capital/deposit/hisrec", "sapi/v1/capital/withdraw/history"
TRANSFERS, DIVIDENDS, DUST = "sapi/v1/asset/transfer", "sapi/v1/asset/assetDividend", "sapi/v1/asset/dribblet"
CONVERSIONS, REBATES = "sapi/v1/convert/tradeFlow", "sapi/v1/rebate/taxQuery"
FIAT, PAYMENTS = "sapi/v1/fiat/orders", "sapi/v1/fiat/payments"
P2P, PAY = "sapi/v1/c2c/orderMatch/listUserOrderHistory", "sapi/v1/pay/transactions"
EARN = "sapi/v1/simple-earn/flexible/history"
WALLET_TYPES = {"spot": 0, "funding": 1}
TRANSFER_WALLETS = {"spot": "MAIN", "funding": "FUNDING", "usd-m": "UMFUTURE", "coin-m": "CMFUTURE"}


def text(amount: Decimal) -> str:
    """Write an amount as Binance does."""
    return format(amount, "f")


@dataclass
class Rows:
    """Every list, in the order in which things happened."""

    books: defaultdict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    _number: int = 1_000_000

    def fill(
        self,
        time: int,
        coin: str,
        price: Decimal,
        sizes: tuple[Decimal, Decimal],
        fee: tuple[Decimal, str],
        *,
        is_buyer: bool,
    ) -> None:
        """Write a fill of a coin for USDT, and its order. ``sizes``: of both coins."""
        figures = {"price": text(price), "qty": text(sizes[0]), "quoteQty": text(sizes[1])}
        kind = {"isBuyer": is_buyer, "isMaker": False, "isBestMatch": True}
        ids = {"symbol": f"{coin}USDT", "id": self.number(), "orderId": self.number(), "orderListId": -1}
        paid = {"commission": text(fee[0]), "commissionAsset": fee[1], "time": time}
        self.books[FILLS].append({**ids, **figures, **paid, **kind})
        self._order(ids, time, price, sizes, is_buyer=is_buyer)

    def _order(self, ids: Row, time: int, price: Decimal, sizes: tuple[Decimal, Decimal], *, is_buyer: bool) -> None:
        """Write the order that was filled at once."""
        names = {name: ids[name] for name in ("symbol", "orderId", "orderListId")}
        kind = {"side": "BUY" if is_buyer else "SELL", "type": "LIMIT", "timeInForce": "GTC", "status": "FILLED"}
        figures = {"price": text(price), "origQty": text(sizes[0]), "executedQty": text(sizes[0])}
        more = {"clientOrderId": f"demo-{ids['orderId']}", "cummulativeQuoteQty": text(sizes[1]), "isWorking": True}
        self.books[ORDERS].append({**names, **kind, **figures, **more, "time": time, "updateTime": time})

    def deposit(self, time: int, wallet: str, coin: str, size: Decimal) -> None:
        """Write a deposit that was credited."""
        known = {"id": str(self.number()), "amount": text(size), "coin": coin, "network": "ETH", "status": 1}
        sender = {"address": "demo-address", "addressTag": "", "txId": f"demo-tx-{self.number()}"}
        more = {"insertTime": time, "completeTime": time, "transferType": 0, "confirmTimes": "12/12"}
        rest = {"unlockConfirm": 12, "walletType": WALLET_TYPES[wallet], "travelRuleStatus": 0}
        self.books[DEPOSITS].append({**known, **sender, **more, **rest})

    def withdrawal(self, time: int, wallet: str, coin: str, size: Decimal, fee: Decimal) -> None:
        """Write a withdrawal that arrived; its times are words, to the second."""
        known = {"id": f"demo-withdrawal-{self.number()}", "amount": text(size), "transactionFee": text(fee)}
        receiver = {"address": "demo-address", "txId": f"demo-tx-{self.number()}", "network": "ETH", "coin": coin}
        more = {"status": 6, "applyTime": time, "transferType": 0, "walletType": WALLET_TYPES[wallet], "info": ""}
        self.books[WITHDRAWALS].append({**known, **receiver, **more, "confirmNo": 12, "txKey": ""})

    def transfer(self, time: int, given: str, taken: str, coin: str, size: Decimal) -> None:
        """Write a transfer between two wallets."""
        kind = f"{TRANSFER_WALLETS[given]}_{TRANSFER_WALLETS[taken]}"
        known = {"asset": coin, "amount": text(size), "type": kind, "status": "CONFIRMED"}
        self.books[TRANSFERS].append({**known, "tranId": self.number(), "timestamp": time})

    def conversion(self, time: int, coin: str, size: Decimal, other: str, got: Decimal) -> None:
        """Write a conversion."""
        known = {"quoteId": f"demo-quote-{self.number()}", "orderId": self.number(), "orderStatus": "SUCCESS"}
        given = {"fromAsset": coin, "fromAmount": text(size), "toAsset": other, "toAmount": text(got)}
        self.books[CONVERSIONS].append({**known, **given, "ratio": "1", "inverseRatio": "1", "createTime": time})

    def dust(self, time: int, swept: Sequence[tuple[str, Decimal, Decimal, Decimal]]) -> None:
        """Write small balances that became BNB at one time: coin, size, what was received, and the charge."""
        number = self.number()
        details = [
            {
                "transId": number,
                "fromAsset": coin,
                "targetAsset": "BNB",
                "amount": text(size),
                "transferedAmount": text(got),
                "serviceChargeAmount": text(charge),
                "operateTime": time,
            }
            for coin, size, got, charge in swept
        ]
        sums = {
            "totalTransferedAmount": text(sum((one[2] for one in swept), Decimal(0))),
            "totalServiceChargeAmount": text(sum((one[3] for one in swept), Decimal(0))),
        }
        row = {"operateTime": time, **sums, "transId": number, "userAssetDribbletDetails": details}
        self.books[DUST].append(row)

    def distribution(self, time: int, coin: str, size: Decimal, words: str) -> None:
        """Write what Binance distributed."""
        known = {"id": self.number(), "amount": text(size), "asset": coin, "divTime": time, "enInfo": words}
        self.books[DIVIDENDS].append({**known, "tranId": self.number(), "direction": 1})

    def rebate(self, time: int, coin: str, size: Decimal) -> None:
        """Write a rebate, which has no id."""
        self.books[REBATES].append({"asset": coin, "type": 1, "amount": text(size), "updateTime": time})

    def fiat(self, time: int, kind: str, coin: str, size: Decimal, fee: Decimal) -> None:
        """Write a deposit (0) or withdrawal (1) of fiat money."""
        figures = {"indicatedAmount": text(size + fee), "amount": text(size), "totalFee": text(fee)}
        known = {"orderNo": f"demo-order-{self.number()}", "fiatCurrency": coin, "method": "BankAccount"}
        times = {"status": "Successful", "createTime": time, "updateTime": time, "transactionType": kind}
        self.books[FIAT].append({**known, **figures, **times})

    def payment(self, time: int, coin: str, size: Decimal, cost: Decimal) -> None:
        """Write a purchase by card."""
        known = {"orderNo": f"demo-order-{self.number()}", "sourceAmount": text(cost), "fiatCurrency": "EUR"}
        bought = {"obtainAmount": text(size), "cryptoCurrency": coin, "totalFee": "0.2", "price": "1"}
        times = {"status": "Completed", "paymentMethod": "Credit Card", "createTime": time, "updateTime": time}
        self.books[PAYMENTS].append({**known, **bought, **times, "transactionType": "0"})

    def p2p(self, time: int, kind: str, coin: str, size: Decimal, fee: Decimal = Decimal(0)) -> None:
        """Write a P2P order. ``fee``: of a maker."""
        known = {"orderNumber": str(self.number()), "advNo": str(self.number()), "tradeType": kind, "asset": coin}
        price = {"fiat": "EUR", "fiatSymbol": "€", "amount": text(size), "totalPrice": text(size), "unitPrice": "1"}
        state = {"orderStatus": "COMPLETED", "createTime": time, "commission": text(fee), "payMethodName": "BANK"}
        rest = {"counterPartNickName": "demo***", "takerCommissionRate": "0", "takerCommission": "0"}
        role = "MAKER" if fee else "TAKER"
        self.books[P2P].append({**known, **price, **state, **rest, "advertisementRole": role})

    def pay(self, time: int, coin: str, size: Decimal) -> None:
        """Write a Pay transaction out of Funding: below zero for what was paid."""
        cost = text(abs(size))
        detail = {"currency": coin, "amount": cost, "walletAssetCost": {"1": cost}}
        known = {"orderType": "C2C", "transactionId": f"demo-pay-{self.number()}", "transactionTime": time}
        side = {"amount": text(size), "currency": coin, "walletType": 1, "walletTypes": [1], "fundsDetail": [detail]}
        self.books[PAY].append({**known, **side, "payerInfo": {"name": "demo"}, "receiverInfo": {"name": "demo"}})

    def subscription(self, time: int, coin: str, size: Decimal) -> None:
        """Write a subscription of a flexible product."""
        known = {"amount": text(size), "asset": coin, "time": time, "purchaseId": self.number()}
        source = {"sourceAccount": "SPOT", "amtFromSpot": text(size), "amtFromFunding": "0"}
        row = {**known, **source, "productId": f"{coin}001", "type": "NORMAL", "status": "SUCCESS"}
        self.books[f"{EARN}/subscriptionRecord"].append(row)

    def redemption(self, time: int, coin: str, size: Decimal, earned: Decimal) -> None:
        """Write a redemption, and what the product earned."""
        known = {"amount": text(size), "asset": coin, "time": time, "projectId": f"{coin}001"}
        row = {**known, "redeemId": self.number(), "destAccount": "SPOT", "status": "PAID"}
        self.books[f"{EARN}/redemptionRecord"].append(row)
        reward = {"asset": coin, "rewards": text(earned), "projectId": f"{coin}001", "type": "REALTIME", "time": time}
        self.books[f"{EARN}/rewardsRecord"].append(reward)

    def number(self) -> int:
        """Return the next id."""
        self._number += 1
        return self._number
