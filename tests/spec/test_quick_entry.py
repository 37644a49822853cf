"""A ledger's row is read in less time where nothing is unusual: it comes to the same, and any other row to nothing."""

import pytest

from auditor.exchanges.okx.history import FUNDING, TRADING
from auditor.spec.fields import MalformedError
from auditor.spec.ledger import Ledger
from auditor.spec.parsed_row import Row

ROW = {
    "billId": "623950854533513219",
    "ts": "1695033476167",
    "ccy": "USDT",
    "balChg": "0.021933823221",
    "bal": "8694.2179403378290202",
    "type": "2",
    "subType": "1",
    "notes": "",
    "fee": "-0.000021955779",
    "instId": "BTC-USDT",
    "ordId": "623950854525124608",
    "tradeId": "586760148",
    "clOrdId": "",
    "clientId": "c1",
}
USUAL = {
    "as documented": {},
    "a change of nothing": {"balChg": "0"},
    "a debt": {"bal": "-0.000000000000000001"},
    "a type that is not known": {"type": "9999"},
    "words": {"notes": "Lucky draw"},
    "no reference": {"clOrdId": "", "clientId": ""},
}
UNUSUAL: dict[str, dict[str, object]] = {
    "an exponent": {"balChg": "1E-8"},
    "a number that is none": {"bal": "NaN"},
    "digits of another script": {"balChg": "\N{ARABIC-INDIC DIGIT ONE}"},
    "a thousands separator": {"bal": "1_000"},
    "a blank amount": {"bal": ""},
    "an amount beyond all bounds": {"bal": "9" * 65},
    "a float": {"balChg": 0.5},
    "no balance": {"bal": None},
    "seconds": {"ts": "1695033476"},
    "a time in the year 2260": {"ts": "9151000000000"},
    "a time of nothing": {"ts": "0000000000000"},
    "a time with a sign": {"ts": "+169503347616"},
    "an id that is none": {"billId": "abc"},
    "a coin with a sign": {"ccy": "1INCH-2"},
    "a coin of another script": {"ccy": "币安人生"},
    "a blank coin": {"ccy": ""},
    "a coin of a thousand letters": {"ccy": "A" * 1000},
    "a type that is a number": {"type": 2},
    "a field without a name": {"": "x"},
    "words that are a list": {"notes": ["a"]},
}


@pytest.mark.parametrize("ledger", [FUNDING, TRADING], ids=lambda ledger: ledger.wallet)
@pytest.mark.parametrize("change", USUAL.values(), ids=USUAL)
def test_a_usual_row_is_read_in_less_time_and_comes_to_the_same(ledger: Ledger, change: dict[str, object]) -> None:
    row = {**ROW, **change}
    assert ledger.quick is not None
    assert ledger.read(Row(row, ledger.fields)) == ledger.quick(row)


@pytest.mark.parametrize("ledger", [FUNDING, TRADING], ids=lambda ledger: ledger.wallet)
@pytest.mark.parametrize("change", UNUSUAL.values(), ids=UNUSUAL)
def test_an_unusual_row_is_looked_at_in_full(ledger: Ledger, change: dict[str, object]) -> None:
    assert ledger.quick is not None
    assert ledger.quick({**ROW, **change}) is None


def test_what_is_no_row_is_told_as_ever() -> None:
    with pytest.raises(MalformedError, match="not an object"):
        TRADING.entry(["623950854533513219"])
    with pytest.raises(MalformedError, match="bal is missing"):
        TRADING.entry({name: value for name, value in ROW.items() if name != "bal"})
