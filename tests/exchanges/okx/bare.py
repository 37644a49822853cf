"""OKX: an account at the demo exchange that has nothing and never had, and one with a sub-account."""

from dataclasses import replace

from auditor.demo import Account
from tests.exchanges.samples import ago

BARE = Account(
    "bare",
    apikey="demo-bare-key",
    secret="demo-bare-secret",
    passphrase="demo-bare-passphrase",
    uid="710000000000000900",
    main_uid="710000000000000900",
    mode="3",
    ip="127.0.0.1",
)
CELLAR = replace(
    BARE,
    name="cellar",
    apikey="demo-cellar-key",
    secret="demo-cellar-secret",
    passphrase="demo-cellar-passphrase",
    uid="710000000000000901",
    kind="1",
)
"""The account of the sub-account below."""
SUB = {"subAcct": "cellar", "uid": CELLAR.uid, "type": "1", "enable": True, "frozenFunc": [], "ts": ago(900)}
KEPT = {"users/subaccount/list": [SUB]}
