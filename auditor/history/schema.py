"""Tables of the history."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, Table, UniqueConstraint

from auditor.history.columns import Amount, Moment, Sentence, Words

METADATA = MetaData()
_holding = ("surface", "owner", "subject", "area", "rule", "severity", "asset")
DUST_AMOUNTS = (
    "value_usd",
    "min_amount",
    "min_notional",
    "lot_size",
    "shortfall",
    "min_withdrawal",
    "withdrawal_fee",
)

schema = Table("schema_version", METADATA, Column("version", Integer, nullable=False))
claims = Table(
    "claims",
    METADATA,
    Column("family", Words, primary_key=True),
    Column("holder", Words, nullable=False, index=True),
    Column("expires_at", Moment, nullable=False),
)
passes = Table(
    "passes",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("started_at", Moment, nullable=False),
    Column("finished_at", Moment, nullable=False, index=True),
    Column("verdict", Words, nullable=False),
    # Empty for one that repeats the one before: its counts say all of it.
    Column("content", LargeBinary, nullable=False),
    # The command that made it, None for a watch: only a watch's passes count as steps of a watch.
    Column("command", Words),
    # Numbers of pruned passes are not used again, so that PASS 7 always means the same pass.
    sqlite_autoincrement=True,
)
accounts = Table(
    "accounts",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("exchange", Words, nullable=False),
    Column("environment", Words, nullable=False),
    Column("uid", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("main_uid", Words, index=True),
    UniqueConstraint("exchange", "environment", "uid"),
)
results = Table(
    "results",
    METADATA,
    Column("pass_id", ForeignKey("passes.id", ondelete="CASCADE"), primary_key=True),
    Column("account_id", ForeignKey("accounts.id"), primary_key=True, index=True),
    Column("name", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("blockers", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("quiet", Integer, nullable=False),
    Column("clean_since", Moment),
    Column("complete_at", Moment),
    Column("begun_at", Moment),
    Column("told", Boolean, nullable=False),
    Column("mark", Words),
    Index("ix_results_name_mark", "name", "mark"),
)
holdings = Table(
    "holdings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    *(Column(name, Words, nullable=name in {"owner", "asset"}) for name in _holding),
    Column("amount", Amount),
    Column("ready_at", Moment),
    Column("open", Boolean, nullable=False),
    Column("since", Moment, nullable=False),
)
transitions = Table(
    "transitions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("pass_id", ForeignKey("passes.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    Column("kind", Words, nullable=False),
    *(Column(name, Words, nullable=name in {"owner", "asset"}) for name in _holding),
    Column("amount", Amount),
    Column("ready_at", Moment),
    Column("before", Amount),
    Column("other_rule", Boolean, nullable=False),
)
# What the last pass of a watch said of each account: questions about many accounts open no stored pass.
standings = Table(
    "standings",
    METADATA,
    Column("account_id", ForeignKey("accounts.id"), primary_key=True),
    Column("pass_id", Integer, nullable=False),
    Column("name", Words, nullable=False),
    Column("verdict", Words, nullable=False),
    Column("blockers", Integer, nullable=False),
    Column("unread", Integer, nullable=False),
    Column("undated", Integer, nullable=False),
    Column("finished_at", Moment, nullable=False),
    # When its holdings last moved, when it came to this verdict, was last clean, and came back from that.
    *(Column(name, Moment, nullable=False) for name in ("moved_at", "verdict_at")),
    *(Column(name, Moment) for name in ("cleaned_at", "came_back_at")),
    *(Column(name, Moment) for name in ("clean_since", "complete_at", "begun_at", "ready_at")),
)
findings = Table(
    "findings",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False),
    *(Column(name, Words, nullable=False) for name in ("rule", "severity", "area", "surface", "subject")),
    *(Column(name, Words) for name in ("owner", "wallet", "asset", "market", "side")),
    *(Column(name, Amount) for name in ("amount", "value_usd")),
    *(Column(name, Moment) for name in ("ready_at", "since")),
    *(Column(name, Sentence, nullable=False) for name in ("message", "remedy")),
    Column("also_seen_in", Sentence),
    Column("muted", Boolean, nullable=False),
    # Accounts with a finding of a rule are counted by it.
    Column("first_of_rule", Boolean, nullable=False),
    # Counts over many accounts read this index and not the sentences.
    Index("ix_findings_rule", "account_id", "rule", "severity", "first_of_rule"),
)
dust = Table(
    "dust",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("account_id", ForeignKey("accounts.id"), nullable=False, index=True),
    *(Column(name, Words, nullable=False) for name in ("exchange", "account", "wallet", "asset", "kind", "route")),
    *(Column(name, Words) for name in ("best_market", "network")),
    Column("amount", Amount, nullable=False),
    *(Column(name, Amount) for name in DUST_AMOUNTS),
    Column("convertible", Boolean),
    Column("reason", Sentence, nullable=False),
    Column("as_of", Moment, nullable=False),
)
fleet_accounts = Table(
    "fleet_accounts",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("name", Words, nullable=False, unique=True),
    Column("exchange", Words, nullable=False),
    Column("environment", Words, nullable=False),
    Column("uid", Words),
    Column("base_url", Words),
    # What tells its keys apart, known after the first look: planning needs no key.
    Column("mark", Words),
    # The unit of work: the main account's, or the account's own until a look has found its main account.
    Column("family", Words, nullable=False, index=True),
    Column("egress", Words, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("removed_at", Moment),
    # None: nothing is planned, since the account is over or removed.
    Column("due_at", Moment),
    # Confirmed by a second clean pass.
    Column("over", Boolean, nullable=False),
    Column("asked_at", Moment),
    # The time that the engine was asked to ring at; None: not asked yet.
    Column("alarm_at", Moment),
    Column("account_id", ForeignKey("accounts.id"), index=True),
    # No foreign key: a pass may be pruned.
    Column("pass_id", Integer),
    Index("ix_fleet_accounts_due", "egress", "due_at"),
)
fleet_tags = Table(
    "fleet_tags",
    METADATA,
    Column("member_id", ForeignKey("fleet_accounts.id", ondelete="CASCADE"), primary_key=True),
    Column("tag", Words, primary_key=True, index=True),
)
egresses = Table(
    "egresses",
    METADATA,
    Column("name", Words, primary_key=True),
    # What tells a process apart from those before it: the computer and a number.
    Column("host", Words, nullable=False),
    Column("process", Integer, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("ended_at", Moment),
)
egress_hours = Table(
    "egress_hours",
    METADATA,
    Column("egress", Words, primary_key=True),
    Column("hour", Moment, primary_key=True),
    Column("passes", Integer, nullable=False),
    # Answers that asked for fewer requests (HTTP 429 and 418).
    Column("limited", Integer, nullable=False),
)
# What a digest reported, and when.
fleet_news = Table(
    "fleet_news",
    METADATA,
    Column("subject", Words, primary_key=True),
    Column("at", Moment, nullable=False),
)
FLEET = (fleet_accounts, fleet_tags, egresses, egress_hours)
