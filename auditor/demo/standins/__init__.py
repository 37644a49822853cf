"""Stand-ins for six more exchanges on loopback: as much of each one's protocol as an audit reads.

Each checks the request's signature as its exchange documents it, knows what the key may do, and gives the rows that an
account holds. Written from the exchanges' documentation; imports nothing from the rest of the program.

    with serve("kraken", [holder("kraken", "full")]) as standin:
        print(standin.url, standin.calls)
"""

from auditor.demo.standins.model import Holder, Reply
from auditor.demo.standins.named import holder, names
from auditor.demo.standins.server import StandIn, serve

__all__ = ["Holder", "Reply", "StandIn", "holder", "names", "serve"]
