"""KuCoin: an account at the demo exchange that has nothing, unified so that every place is asked, and what fills it."""

from dataclasses import replace

from auditor.demo import Account, account

MODE = "/api/ua/v1/account/mode"
KEY = {"apiVersion": 3, "permission": "General", "ipWhitelist": "127.0.0.1", "uid": 72000900, "isMaster": True}
BARE = Account(
    "bare",
    apikey="demo-bare-key",
    secret="demo-bare-secret",
    passphrase="demo-bare-passphrase",
    uid="72000900",
    main_uid="72000900",
    exchange="kucoin",
    key=KEY,
    books={MODE: [{"selfAccountMode": "UNIFIED"}], "/api/v1/account-overview-all": []},
)
KID = replace(
    BARE,
    name="kid",
    apikey="demo-kid-key",
    uid="72000901",
    key={**KEY, "uid": 72000901, "isMaster": False, "subName": "kid1"},
)
"""The account of a sub-account."""
MESSY = account("kucoin-messy")
WIDER = {**KEY, "permission": "General,Spot,Margin,Futures"}
"""A key with which KuCoin answers everything."""
