"""Kraken Futures: an account at the demo exchange that has nothing, and what fills it."""

from dataclasses import replace

from auditor.demo import account

MESSY = account("krakenfutures-messy")
TRADING = "/derivatives/api/v3/"
BARE = replace(
    MESSY,
    name="bare",
    apikey="demo-bare-key",
    uid="00000000-0000-4000-8000-000000000900",
    main_uid="00000000-0000-4000-8000-000000000900",
    books={},
)
