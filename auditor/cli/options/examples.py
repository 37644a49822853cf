"""Examples in the help of each command, and the order in which help lists the commands."""

from collections.abc import Mapping, Sequence

from auditor.i18n import mark

Example = tuple[str, str]
COMMAND_GROUPS: Sequence[tuple[str, Sequence[str]]] = (
    (mark("Start here"), ("demo", "login", "logout", "init", "keys", "doctor")),
    (mark("Clear your account"), ("plan", "watch", "appeal", "report", "history", "archive")),
    (mark("Many accounts"), ("fleet",)),
    (mark("Look things up"), ("official", "explain", "list")),
    (mark("Improve this program"), ("record", "replay")),
)
COMMANDS, OTHERS = mark("Commands"), mark("More commands")
EXAMPLES: Mapping[str, Sequence[Example]] = {
    "audit": (
        ("audit demo", mark("try it without a key")),
        ("audit login", mark("enter a key; from then on: audit")),
        ("audit --exchange okx", mark("check your OKX account")),
        ("audit --exchange okx,binance", mark("check two exchanges")),
        ("audit plan --exchange okx", mark("what to do, step by step")),
        ("audit --exchange okx -o report.html -o report.json", mark("also as a web page and for a program")),
    ),
    "audit demo": (
        ("audit demo", mark("an OKX account with everything in it")),
        ("audit demo dust", mark("one that holds only small leftovers")),
        ("audit demo --exchange kraken", mark("an account at Kraken")),
        ("audit demo --watch", mark("watch it being cleared, in sped-up time")),
    ),
    "audit login": (
        ("audit login", mark("asks for exchange and key")),
        ("audit login --account attic", mark("another account, such as a sub-account")),
        ("audit login --store session", mark("check at once, keep nothing")),
    ),
    "audit logout": (("audit logout --account attic", mark("forget its key")),),
    "audit doctor": (
        ("audit doctor", mark("check everything that is set up")),
        ("audit doctor --exchange okx", mark("and whether OKX can be reached")),
    ),
    "audit init": (
        ("audit init --exchange okx", mark("write a file for OKX")),
        ("audit init --exchange okx,binance -o my.toml", mark("for two exchanges, elsewhere")),
    ),
    "audit keys": (("audit keys --exchange okx", mark("check the key in the environment")),),
    "audit plan": (
        ("audit plan", mark("the steps that your last check asks for")),
        ("audit plan 3", mark("only step 3")),
        ("audit plan --demo", mark("the steps for a demo account")),
        ("audit plan -o plan.md", mark("as a list to tick off")),
    ),
    "audit appeal": (
        ("audit appeal --exchange okx", mark("a letter about what only support can solve")),
        ("audit appeal --exchange okx --about lost-factor", mark("also about a lost second factor")),
    ),
    "audit watch": (
        ("audit watch --exchange okx", mark("check every 6 hours until it is ready")),
        ("audit watch --exchange okx --every 1d --until 2027-01-31", mark("once a day until then")),
        ("audit watch --exchange okx --once", mark("one check if one is due, for cron")),
        ("audit watch --exchange okx --print-systemd", mark("print a systemd unit")),
    ),
    "audit fleet demo": (
        ("audit fleet demo", mark("200 accounts until all are ready")),
        ("audit fleet demo --accounts 20 --history env:DB", mark("two workers, in an empty PostgreSQL database")),
    ),
    "audit fleet add": (
        ("audit fleet add accounts.csv --history env:FLEET_DB", mark("add them, or bring them up to date")),
        ("audit fleet add accounts.csv --spread 1d", mark("the first checks over a day")),
    ),
    "audit fleet remove": (
        ("audit fleet remove attic-7 attic-9", mark("two accounts")),
        ("audit fleet remove --tag fund-3", mark("all with this tag")),
    ),
    "audit fleet work": (
        (
            "audit fleet work --egress a --history env:DB --credentials 'vault:kv/{name}'",
            mark("one of several workers"),
        ),
        ("audit fleet work --egress a --credentials 'file:/run/keys/{name}.json'", mark("one worker, no server")),
    ),
    "audit fleet status": (
        ("audit fleet status --history env:FLEET_DB", mark("how far it is")),
        ("audit fleet status --output fleet.html", mark("as a page")),
        ("audit fleet status --stuck 7d", mark("who is stuck")),
    ),
    "audit fleet export": (
        ("audit fleet export dust.csv", mark("the dust of all accounts")),
        ("audit fleet export status.parquet --tag fund-3", mark("accounts, of one tag")),
    ),
    "audit fleet now": (
        ("audit fleet now attic-7", mark("check this account now")),
        ("audit fleet now --rule open-order", mark("those with open orders")),
        ("audit fleet now --verdict incomplete", mark("those that could not be read")),
    ),
    "audit report": (
        ("audit report", mark("your last check again")),
        ("audit report --open", mark("as a page in your browser")),
        ("audit report -o report.html", mark("as a web page")),
        ("audit report report.json", mark("a report that was saved as JSON")),
    ),
    "audit history": (
        ("audit history", mark("list the checks")),
        ("audit history diff 3 last", mark("what changed since check 3")),
        ("audit history prune --older-than 90d", mark("delete old checks")),
    ),
    "audit history diff": (("audit history diff 3 last", mark("what changed since check 3")),),
    "audit history prune": (("audit history prune --older-than 90d", mark("delete old checks")),),
    "audit archive": (
        ("audit archive --exchange okx", mark("save the history of your OKX account here")),
        ("audit archive --account main --to ~/taxes", mark("of another account, elsewhere")),
        ("audit archive demo", mark("try it without a key")),
    ),
    "audit archive demo": (
        ("audit archive demo --to /tmp", mark("an archive to look at")),
        ("audit archive demo --young", mark("one that is complete")),
    ),
    "audit archive verify": (("audit archive verify okx-7001-2026-11-28", mark("check an archive")),),
    "audit archive stamp": (
        ("audit archive stamp okx-7001-2026-11-28 --tsa https://tsa.example.org", mark("prove when it was there")),
    ),
    "audit archive export": (
        ("audit archive export okx-7001-2026-11-28 --format koinly -o koinly.csv", mark("for a tax tool")),
        (
            "audit archive export okx-7001-2026-11-28 --format csv --from 2025-01-01",
            mark("since that day, for a spreadsheet"),
        ),
    ),
    "audit official": (
        ("audit official okx.com", mark("a site")),
        ("audit official https://www.okx.com/help", mark("a link")),
        ("audit official noreply@okx.com", mark("the sender of an e-mail")),
    ),
    "audit explain": (("audit explain balance-left", mark("what this rule finds and what to do")),),
    "audit list": (
        ("audit list exchanges", mark("what can be checked where")),
        ("audit list surfaces --exchange okx", mark("every place that is checked at OKX")),
        ("audit list rules -f json", mark("the rules, for a program")),
    ),
    "audit record": (("audit record --exchange okx -o recording.zip", mark("a recording to give away")),),
    "audit replay": (("audit replay recording.zip", mark("check a recording, without a network")),),
}
