"""What an error answer means at each exchange: real bodies, with other words and figures, over HTTP."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from auditor.model.report import Verdict
from auditor.model.snapshot import Trouble
from tests.exchanges.unified.served import Outcome, Said, audit_answers
from tests.fault_injection.plain import KEYS

CLOUDFLARE = "<html><head><title>Attention Required! | Cloudflare</title></head><body>Sorry</body></html>"
BYBIT = {"result": {}, "retExtInfo": {}, "time": 1764846715627}
SPOKEN: dict[str, dict[str, Said]] = {
    "wrong key": {
        "okx": Said(401, {"code": "50111", "msg": "Invalid OK-ACCESS-KEY", "data": []}),
        "binance": Said(401, {"code": -2014, "msg": "API-key format invalid."}),
        "kraken": Said(200, {"error": ["EAPI:Invalid key"]}),
        "bybit": Said(200, {"retCode": 10003, "retMsg": "API key is invalid.", **BYBIT}),
        "kucoin": Said(401, {"code": "400003", "msg": "KC-API-KEY not exists"}),
        "gate": Said(401, {"label": "INVALID_KEY", "message": "Invalid key provided"}),
        "bitget": Said(400, {"code": "40006", "msg": "Invalid ACCESS_KEY", "requestTime": 1764846715627, "data": None}),
        "htx": Said(200, {"code": 1003, "message": "invalid signature", "success": False}),
        "coinbase": Said(401, "Unauthorized\n"),
        "mexc": Said(400, {"code": 10072, "msg": "Api key info invalid"}),
        "cryptocom": Said(401, {"id": 1, "method": "private/user-balance", "code": 40101, "message": "UNAUTHORIZED"}),
    },
    "clock": {
        "okx": Said(401, {"code": "50102", "msg": "Timestamp request expired", "data": []}),
        "binance": Said(400, {"code": -1021, "msg": "Timestamp for this request is outside of the window."}),
        "kraken": Said(200, {"error": ["EAPI:Invalid nonce"]}),
        "bybit": Said(
            200,
            {
                "retCode": 10002,
                "retMsg": "invalid request, please check your server timestamp or recv_window param.",
                **BYBIT,
            },
        ),
        "kucoin": Said(401, {"code": "400002", "msg": "Invalid KC-API-TIMESTAMP"}),
        "gate": Said(403, {"label": "REQUEST_EXPIRED", "message": "gap between request Timestamp and server time"}),
        "bitget": Said(400, {"code": "40008", "msg": "Request timestamp expired", "data": None}),
        "htx": Said(200, {"status": "error", "err-code": "api-signature-not-valid", "err-msg": "Invalid timestamp"}),
        "coinbase": Said(401, {"errors": [{"id": "authentication_error", "message": "request timestamp expired"}]}),
        "mexc": Said(400, {"code": 700003, "msg": "Timestamp for this request is outside of the recvWindow."}),
        "cryptocom": Said(400, {"id": 1, "method": "x", "code": 40102, "message": "INVALID_NONCE"}),
    },
    "bound to other addresses": {
        "bybit": Said(200, {"retCode": 10010, "retMsg": "Unmatched IP, please check your bound IP.", **BYBIT}),
        "kucoin": Said(403, {"code": "400006", "msg": "The requested ip address is not in the api whitelist"}),
        "gate": Said(401, {"label": "IP_FORBIDDEN", "message": "Request IP not in whitelist: 192.0.2.7"}),
        "bitget": Said(400, {"code": "40018", "msg": "Invalid IP", "data": []}),
        "htx": Said(200, {"code": 12005, "message": "incorrect ip address", "success": False}),
        "mexc": Said(400, {"code": 700006, "msg": "IP [192.0.2.7] not in the ip white list"}),
        "cryptocom": Said(401, {"id": 1, "method": "x", "code": 40103, "message": "IP_ILLEGAL"}),
    },
}
WORDS = {
    "wrong key": "Check",
    "clock": "clock to the right time",
    "bound to other addresses": "bound to other IP addresses",
}
CASES = [(kind, exchange) for kind, bodies in SPOKEN.items() for exchange in bodies]


def everywhere(exchange: str, said: Said) -> Outcome:
    return audit_answers(exchange, lambda _path: said, accept_unproven_key=True)


@pytest.mark.parametrize(("kind", "exchange"), CASES)
def test_a_refusal_says_what_it_means_and_what_to_do(kind: str, exchange: str) -> None:
    said = everywhere(exchange, SPOKEN[kind][exchange])
    assert WORDS[kind] in said.text
    if kind == "bound to other addresses":
        assert "clock" not in said.text


@pytest.mark.parametrize("exchange", SPOKEN["wrong key"])
@pytest.mark.parametrize(("minutes", "words"), [(7, "7 minutes behind"), (-7, "7 minutes ahead"), (0, "")])
def test_a_clock_that_is_minutes_off_is_said_whatever_the_exchange_calls_it(
    exchange: str, minutes: int, words: str
) -> None:
    date = {"Date": format_datetime(datetime.now(UTC) + timedelta(minutes=minutes), usegmt=True)}
    refusal = SPOKEN["wrong key"][exchange]
    said = everywhere(exchange, Said(refusal.status, refusal.body, date))
    assert ("This computer's clock is" in said.text, words in said.text) == (bool(words), True)


PAGES = {
    "a firewall": (Said(403, CLOUDFLARE), 'a web page ("Attention Required! | Cloudflare")', "with or without VPN"),
    "a firewall's text": (Said(403, "error code: 1020"), 'a text ("error code: 1020")', "with or without VPN"),
    "a gateway": (Said(503, "<html><h1>503</h1></html>"), "a web page", "wait a while"),
    "a proxy between": (Said(502, "upstream connect error"), 'a text ("upstream connect error")', "wait a while"),
    "a way that leads nowhere": (Said(404, "default backend - 404"), "a text", "another network"),
    "a firewall's XML": (
        Said(403, "<?xml version='1.0'?><Error>Denied</Error>"),
        "a web page",
        "VPN",
    ),
    "an edge": (Said(520, ""), "an empty answer", "wait a while"),
    "a login": (Said(200, '<form><input type="password"></form>'), "a web page", "log in"),
    "a network's login": (Said(511, {"error": "x"}), "a demand to log in", "log in"),
    "a proxy's login": (Said(407, "<html></html>"), "a demand to log in", "--proxy"),
    "nothing": (Said(200, ""), "an empty answer", "another network"),
    "nothing at all": (Said(403, ""), "an empty answer", "another network"),
    "a redirect": (Said(302, "", {"Location": "https://portal.invalid/"}), "a redirect", "another network"),
}
EXCHANGES = ("kraken", "bybit", "kucoin", "gate", "bitget", "htx", "coinbase", "mexc", "cryptocom", "okx", "binance")


@pytest.mark.parametrize("exchange", EXCHANGES)
def test_a_firewalls_page_is_not_the_exchanges_at_any_exchange(exchange: str) -> None:
    said = everywhere(exchange, PAGES["a firewall"][0])
    assert "Not the exchange answered" in said.text
    assert "with or without VPN" in said.text
    assert "the key" not in said.problem


@pytest.mark.parametrize("exchange", ["kraken", "okx"])
@pytest.mark.parametrize("name", PAGES)
def test_whatever_answers_in_the_exchanges_place_is_named_with_what_to_try(exchange: str, name: str) -> None:
    reply, what, advice = PAGES[name]
    said = everywhere(exchange, reply)
    assert what in said.text
    assert advice in said.text
    assert f"(HTTP {reply.status})" in said.text


REGIONS = [
    ("binance", Said(451, {"code": 0, "msg": "Service unavailable from a restricted location according to 'b.'"})),
    ("okx", Said(451, {"code": "0", "msg": "Not offered where you are", "data": []})),
    ("bybit", Said(403, "<html>The distribution is configured to block access from your country.</html>")),
    ("kucoin", Said(403, {"code": "400500", "msg": "Your current area is restricted"})),
    ("bitget", Said(403, {"code": "40103", "msg": "Based on your IP address", "data": None})),
    ("kraken", Said(451, {"message": "Unavailable For Legal Reasons"})),
    ("gate", Said(403, {"label": "SOME_LABEL", "message": "This service is not available in your region"})),
    ("gate", Said(403, {"label": "FORBIDDEN", "message": "Services are not available in your jurisdiction"})),
    ("kucoin", Said(403, {"code": "400302", "msg": "Please use a non-restricted country/region"})),
]


@pytest.mark.parametrize(
    ("exchange", "reply"), REGIONS, ids=[f"{exchange}-{number}" for number, (exchange, _reply) in enumerate(REGIONS)]
)
def test_a_place_that_is_not_served_is_said_with_the_exchanges_own_words(exchange: str, reply: Said) -> None:
    said = everywhere(exchange, reply)
    assert Trouble.REGION in {unread.trouble for unread in said.unread}
    assert "does not serve the place" in said.text
    body = reply.body if isinstance(reply.body, dict) else {"msg": "web page"}
    assert str(body.get("msg") or body.get("message")) in said.text


def test_a_place_that_a_right_is_missing_for_names_its_box() -> None:
    refusal = Said(400, {"code": 700007, "msg": "No permission to access the endpoint."})

    account = {"balances": [{"asset": "USDT", "free": "12.5", "locked": "0"}]}

    def answer(path: str) -> Said:
        if path == "/api/v3/capital/config/getall":
            return refusal
        held = {"/api/v3/account": account, "/api/v3/exchangeInfo": {"symbols": []}, **KEYS}
        return Said(200, held.get(path, []))

    said = audit_answers("mexc", answer)
    assert "Withdraw: View Records (SPOT_WITHDRAW_READ)" in {unread.right for unread in said.unread}
    assert "stopped working" not in said.text
    assert said.report is not None
    assert "12.5 USDT" in "\n".join(str(finding.message) for finding in said.report.findings)


def test_a_key_that_is_locked_out_is_not_used_again() -> None:
    said = everywhere("kraken", Said(200, {"error": ["EGeneral:Temporary lockout"]}))
    assert 1 == len(said.asked)
    assert "locked out" in said.text


@pytest.mark.parametrize(
    "body", [{"code": 510, "message": "busy"}, {"code": 1002, "message": "forbidden", "data": None}]
)
def test_an_error_that_ccxt_does_not_know_is_one(body: Any) -> None:
    said = everywhere("htx", Said(200, body))
    assert said.report is not None
    assert Verdict.INCOMPLETE is said.report.verdict
    assert body["message"] in said.text


@pytest.mark.parametrize("exchange", EXCHANGES)
@pytest.mark.parametrize("body", [{"message": "Forbidden"}, {"error": "Forbidden"}, {}])
def test_a_bare_forbidden_says_what_to_try(exchange: str, body: Any) -> None:
    outcome = audit_answers(exchange, lambda _path: Said(403, body), accept_unproven_key=True)
    assert "look at the boxes of the key, then try another network" in outcome.text


def test_a_place_that_the_law_closes_is_said_whatever_the_page() -> None:
    outcome = audit_answers("coinbase", lambda _path: Said(451, "Unavailable For Legal Reasons"))
    assert "does not serve the place" in outcome.text


def test_an_access_key_that_htx_does_not_know_is_no_wrong_secret() -> None:
    body = {
        "status": "error",
        "err-code": "api-signature-not-valid",
        "err-msg": "Signature not valid: Incorrect Access key",
    }
    outcome = audit_answers("htx", lambda _path: Said(200, body))
    assert "it may be mistyped, deleted or expired" in outcome.text
