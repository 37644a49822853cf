"""KuCoin as real accounts answer: empty pages, codes with several meanings, lists that are down, odd rows."""

from collections.abc import Mapping
from typing import Any

import pytest

from auditor.demo import Reply, account
from auditor.model.report import Severity, Verdict
from auditor.model.snapshot import NotApplicable, Read, Trouble, Unread
from tests.conftest import audit_anew
from tests.exchanges.findings import manual_lines
from tests.exchanges.kucoin.answering import EMPTY, answering, audited, blocking, data, held, listed, results

MARGIN = ("cross-margin", "isolated-margin", "cross-margin-debts", "isolated-margin-debts")
MARGIN_PATHS = ("/api/v3/margin/accounts", "/api/v3/isolated/accounts")
EMPTY_PAGE = listed(items=None)
DEPOSITS, WITHDRAWALS = "/api/v1/deposits", "/api/v1/withdrawals"
OVERVIEW = "/api/v1/account-overview"
LISTS = {
    "stop-orders": "/api/v1/stop-order",
    "deposits": DEPOSITS,
    "withdrawals": WITHDRAWALS,
    "futures-orders": "/api/v1/orders",
    "earn": "/api/v1/earn/hold-assets",
}


def refusal(code: str, words: str = "") -> dict[str, Any]:
    return {"code": code, "msg": words or "You haven't yet enabled the margin trading"}


@pytest.mark.parametrize("code", ["101030", "130306"])
def test_margin_that_was_never_opened_holds_nothing_and_says_so_with_a_source(code: str) -> None:
    audit = audited(dict.fromkeys(MARGIN_PATHS, refusal(code)))
    found = [result for place in MARGIN for result in results(audit, place)]
    assert {code} == {result.code for result in found if isinstance(result, NotApplicable) and result.source}
    assert (len(MARGIN), Verdict.CLEAN) == (len(found), audit.report.verdict)


@pytest.mark.parametrize(
    "said", [refusal("130306", "Lending is closed"), refusal("400100"), refusal("130201"), refusal("400007")]
)
def test_a_refusal_of_another_kind_is_never_taken_for_margin_that_was_not_opened(said: dict[str, Any]) -> None:
    audit = audited(dict.fromkeys(MARGIN_PATHS, said))
    assert Verdict.INCOMPLETE is audit.report.verdict
    assert all(isinstance(result, Unread) for place in MARGIN for result in results(audit, place))


def test_an_account_that_never_opened_margin_becomes_clean_by_whatever_code_its_lists_of_orders_are_refused() -> None:
    paths = (*MARGIN_PATHS, "/api/v3/hf/margin/order/active/symbols")
    assert Verdict.CLEAN is audited(dict.fromkeys(paths, refusal("130306"))).report.verdict


def test_an_account_without_high_frequency_trading_has_a_line_to_look_at_its_orders_by_eye() -> None:
    refused = {"code": "126001", "msg": "The current user does not support high frequency"}
    audit = audited({"/api/v1/hf/orders/active/symbols": refused})
    lines = manual_lines(audit.report)
    assert (Verdict.CLEAN, True) == (audit.report.verdict, "unread-kucoin-empty-order-markets" in lines)


def test_a_code_of_margin_says_nothing_about_the_funding_account() -> None:
    assert Verdict.INCOMPLETE is audited({"/api/v1/accounts": refusal("101030")}).report.verdict


@pytest.mark.parametrize("place", LISTS)
def test_a_page_without_items_that_counts_none_is_empty(place: str) -> None:
    audit = audited({LISTS[place]: EMPTY_PAGE})
    assert all(isinstance(result, Read) for result in results(audit, place))
    assert Verdict.CLEAN is audit.report.verdict


@pytest.mark.parametrize("count", [2, None, "", "0.0"])
def test_a_page_without_items_that_counts_some_is_not_empty(count: object) -> None:
    audit = audited({DEPOSITS: listed(items=None, totalNum=count)})
    assert (True, Verdict.INCOMPLETE) == (isinstance(results(audit, "deposits")[0], Unread), audit.report.verdict)


def overviews(**equities: float) -> Any:
    """Answer the request for a futures account by its coin."""

    def answer(query: Mapping[str, str]) -> dict[str, Any]:
        equity = equities.get(query["currency"], 0)
        return data({"accountEquity": equity, "availableBalance": equity, "currency": query["currency"]})

    return answer


def test_a_futures_account_is_asked_for_each_coin_that_secures_contracts() -> None:
    contract = {"symbol": "DOTUSDM", "rootSymbol": "DOT", "settleCurrency": "DOT", "status": "Open"}
    audit = audited({"/api/v1/contracts/active": data([contract]), OVERVIEW: overviews(DOT=2.31)})
    asked = {call.query["currency"] for call in audit.calls if call.path == OVERVIEW}
    assert ({"DOT", "USDT", "USDC", "XBT"}, {"2.31"}) == (asked, blocking(audit, "DOT"))


@pytest.mark.parametrize("down", [{"/api/v3/currencies"}, {"/api/v3/currencies", "/api/v2/symbols"}])
def test_lists_of_coins_and_markets_that_are_down_hide_no_futures_account(down: set[str]) -> None:
    broken = dict.fromkeys(down, Reply(500, {"code": "500000", "msg": "Internal error"}))
    assert {"6.4"} == blocking(audited({**broken, OVERVIEW: overviews(XBT=6.4)}), "BTC")


def test_a_list_of_contracts_that_is_down_leaves_the_usual_coins_asked_and_the_account_unproved() -> None:
    broken = {"/api/v1/contracts/active": Reply(500, {"code": "500000", "msg": "Internal error"})}
    audit = audited({**broken, OVERVIEW: overviews(USDT=3)})
    assert ({"3"}, Verdict.BLOCKED) == (blocking(audit, "USDT"), audit.report.verdict)
    assert Verdict.INCOMPLETE is audited(broken).report.verdict


def test_an_answer_about_another_coin_says_nothing_of_the_one_that_was_asked_for() -> None:
    audit = audited({OVERVIEW: data({"accountEquity": 0, "currency": "USDT"})})
    assert Verdict.INCOMPLETE is audit.report.verdict


def test_a_number_with_an_exponent_is_its_exact_amount() -> None:
    def answer(query: Mapping[str, str]) -> Reply:
        equity = "6.41E-4" if query["currency"] == "USDC" else "0E-8"
        figures = f'"accountEquity":{equity},"unrealisedPNL":0.0,"positionMargin":0E-8,"availableBalance":{equity}'
        return Reply(body=f'{{"code":"200000","data":{{{figures},"currency":"{query["currency"]}"}}}}')

    assert {"0.000641"} == blocking(audited({OVERVIEW: answer}), "USDC")


TOTALS: list[dict[str, Any]] = [
    {"/api/v3/margin/accounts": {"totalAssetOfQuoteCurrency": "7.25", "accounts": []}},
    {"/api/v3/margin/accounts": {"totalLiabilityOfQuoteCurrency": "0.001", "accounts": []}},
    {"/api/v3/isolated/accounts": {"totalAssetOfQuoteCurrency": "0.0000004", "assets": []}},
    {"/api/v1/account-overview-all": {"summary": {"accountEquityTotal": 1e-12, "currency": "USDT"}, "accounts": []}},
]


@pytest.mark.parametrize("answers", TOTALS, ids=str)
def test_a_total_that_no_row_explains_blocks_however_small_it_is(answers: dict[str, Any]) -> None:
    zero = {"totalAssetOfQuoteCurrency": "0", "totalLiabilityOfQuoteCurrency": "0"}
    audit = audited({path: data({**zero, **body}) for path, body in answers.items()})
    found = {finding.rule for finding in audit.report.findings if finding.severity is Severity.BLOCKER}
    assert (True, Verdict.BLOCKED) == (bool(found & {"hidden-value", "debt"}), audit.report.verdict)


def side(currency: str, total: str) -> dict[str, str]:
    return {"currency": currency, "total": total, "hold": "0", "liability": "0", "available": total}


@pytest.mark.parametrize(("base", "quote", "is_told"), [("0", "0", True), ("2", "0", False), ("0", "3", False)])
def test_a_total_of_isolated_margin_that_neither_side_explains_is_told(base: str, quote: str, is_told: bool) -> None:
    assets = [{"symbol": "BTC-USDT", "baseAsset": side("BTC", base), "quoteAsset": side("USDT", quote)}]
    totals = {"totalAssetOfQuoteCurrency": "0.0000004", "totalLiabilityOfQuoteCurrency": "0"}
    audit = audited({"/api/v3/isolated/accounts": data({**totals, "assets": assets})})
    assert is_told == any(finding.rule == "hidden-value" for finding in audit.report.findings)


def test_a_coin_without_a_name_hides_no_other_coin_and_no_balance() -> None:
    def edit(body: dict[str, Any]) -> dict[str, Any]:
        return {**body, "data": [None, *body["data"]]}

    audit = audited({"/api/v3/currencies": Reply(edit=edit)}, account("kucoin-dust"))
    healthy = {(f.rule, f.asset, f.amount) for f in audit_anew("kucoin-dust").report.findings}
    assert healthy == {(f.rule, f.asset, f.amount) for f in audit.report.findings}


def test_a_list_of_markets_that_is_refused_hides_no_balance() -> None:
    audit = audited({"/api/v2/symbols": Reply(403, refusal("400007", "Access denied"))}, account("kucoin-dust"))
    assert {"0.00000912"} == blocking(audit, "BTC")


@pytest.mark.parametrize("status", [404, 403, 500])
def test_an_account_whose_kind_is_not_told_is_read_all_the_same_and_is_not_clean(status: int) -> None:
    answers = {"/api/ua/v1/account/mode": Reply(status, {"code": "404", "msg": "Not here."})}
    found = {(f.rule, f.asset, f.amount) for f in audited(answers, account("kucoin-messy")).report.findings if f.amount}
    healthy = {(f.rule, f.asset, f.amount) for f in audit_anew("kucoin-messy").report.findings if f.amount}
    assert (set(), Verdict.INCOMPLETE) == (healthy - found, audited(answers).report.verdict)


def withdrawal(status: str, **more: Any) -> dict[str, Any]:
    return {"id": "8a", "currency": "USDT", "amount": "3", "status": status, "createdAt": 1782820000123, **more}


@pytest.mark.parametrize("word", ["Rejected", "failed", "CANCELED", "cancelled", "Expired", "SUCCESS"])
def test_a_state_whose_word_is_plainly_final_does_not_block(word: str) -> None:
    assert [] == held(audited({WITHDRAWALS: listed(withdrawal(word))}), "withdrawals")


@pytest.mark.parametrize("word", ["FAIL", "LOCKED", "REJECTING", "WALLET_FAILED", "REVIEW", "WALLET_PROCESSING"])
def test_any_other_state_is_under_way(word: str) -> None:
    assert 1 == len(held(audited({WITHDRAWALS: listed(withdrawal(word))}), "withdrawals"))


ODD_BALANCE = {"currency": "ETH", "type": "main", "balance": "much"}
ODD: list[Any] = [None, 7, "row", [], {"currency": None, "type": "main"}, ODD_BALANCE]


@pytest.mark.parametrize("odd", ODD, ids=str)
def test_an_odd_row_hides_no_other_row_of_the_accounts(odd: Any) -> None:
    good = {"currency": "BTC", "type": "main", "balance": "0.5", "available": "0.5", "holds": "0"}
    audit = audited({"/api/v1/accounts": data([good, odd])})
    assert ({"0.5"}, Trouble.MALFORMED) == (blocking(audit, "BTC"), getattr(results(audit, "main")[0], "trouble", None))


def test_a_blank_side_figure_hides_no_balance() -> None:
    row = {"currency": "BTC", "type": "trade", "balance": "0.5", "available": None, "holds": ""}
    audit = audited({"/api/v1/accounts": data([row])})
    assert {"0.5"} == blocking(audit, "BTC")


@pytest.mark.parametrize("amount", ["0.000000000000000001", f"0.{'0' * 39}1", "9" * 40])
def test_an_amount_of_any_length_is_told_digit_for_digit(amount: str) -> None:
    row = {"currency": "BTC", "type": "main", "balance": amount, "available": "0", "holds": "0"}
    assert {amount} == {
        str(f"{f.amount:f}") for f in audited({"/api/v1/accounts": data([row])}).report.findings if f.asset == "BTC"
    }


def test_an_error_that_comes_with_the_code_of_a_success_is_not_an_empty_answer() -> None:
    body = {"code": "200000", "msg": "Position does not exist"}
    assert Verdict.INCOMPLETE is audited({"/api/v1/positions": body}).report.verdict


def test_a_page_of_a_gateway_is_not_the_exchanges_answer() -> None:
    page = Reply(403, "<html><head><title>Attention Required! | Cloudflare</title></head></html>")
    (result,) = results(audit_anew(EMPTY, fault=answering({"/api/v1/positions": page})), "positions")
    assert isinstance(result, Unread)
    assert "Not the exchange answered" in str(result.reason)
