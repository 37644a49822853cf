"""An embedded exchange on loopback, for `audit demo` and for the tests: one server, and a folder for each venue.

It is an independent implementation of each exchange's protocol: written from the exchanges' documentation, it imports
nothing from the rest of the program. A venue is discovered by its folder; `venue.py` documents the interface.

    with serve([account("messy"), account("kraken-messy")]) as exchange:
        print(exchange.url, exchange.calls)
"""

from auditor.demo.account_files import account, exchanges, full_name, names
from auditor.demo.faults import Call, Fault, Reply
from auditor.demo.model import Account
from auditor.demo.server import DemoExchange, serve

__all__ = [
    "Account",
    "Call",
    "DemoExchange",
    "Fault",
    "Reply",
    "account",
    "exchanges",
    "full_name",
    "names",
    "serve",
]
