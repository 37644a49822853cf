"""An embedded exchange that speaks OKX's v5 protocol on loopback, for `audit demo` and for the tests.

It is an independent witness: written from OKX's documentation, it imports nothing from the rest of the program.

    with serve([account("messy")]) as exchange:
        print(exchange.url, exchange.calls)
"""

from auditor.demo.model import Account, Call, Fault, Reply
from auditor.demo.named import account, names
from auditor.demo.server import DemoExchange, serve

__all__ = ["Account", "Call", "DemoExchange", "Fault", "Reply", "account", "names", "serve"]
