"""The plan, the letter and the menus know rules by id: a new rule is named in each, or declined here on purpose."""

from collections.abc import Collection, Iterable

import pytest

from auditor.formats.letter_items import REQUESTS
from auditor.model.report import Severity
from auditor.plan.sorting import BY_RULE
from auditor.rules import all_rules
from auditor.settings.exchange_facts import exchange_config, known_exchanges

# A rule of mere notes has no step, so that no letter and no menu is about it.
RULES = frozenset(rule.id for rule, _module in all_rules() if rule.severity is not Severity.INFO)

STEP_BY_AREA = frozenset(
    {
        *("bot-running", "bot-stopped-with-position", "copy-trading", "recurring-buy"),
        *("open-order", "open-position", "earn-held", "flow-under-way", "holding"),
        *("collateral-locked", "sub-account-frozen", "sub-account-not-empty"),
    }
)
"""Rules whose step is that of the finding's area."""
STEP_BY_BALANCE = frozenset({"balance-left", "dust-below-minimum", "frozen-balance", "lot-residue", "no-market"})
"""Rules whose step depends on the amount, what ties it up and the ways out of it."""
NO_ASK = frozenset(
    {
        *("balance-left", "collateral-locked", "debt", "earn-held", "flow-under-way", "hidden-value", "holding"),
        "held-in-product",
        *("bot-running", "bot-stopped-with-position", "copy-trading", "recurring-buy", "unexplained-bot-funds"),
        *("open-order", "open-position", "redemption-under-way", "trial-funds", "key-not-ip-bound", "key-too-wide"),
        *("sub-account-keys", "sub-account-not-empty", "sub-account-unseen"),
    }
)
"""Rules that support solves in no way of their own: the letter asks to solve it or to say how."""
NO_MENU = frozenset(
    {
        *("account-restricted", "frozen-balance", "trial-funds", "holding"),
        *("dust-below-minimum", "lot-residue", "no-market", "redemption-under-way", "sub-account-unseen"),
    }
)
"""Rules whose remedy no menu performs: support does, time does, or it depends on what was found."""
NO_MENU_AT = {
    "binance": frozenset({"bot-stopped-with-position", "non-tradable-asset"}),
    # Coinbase has no bots, no copy trading, and portfolios in place of sub-accounts.
    "coinbase": frozenset(
        {
            *("bot-running", "bot-stopped-with-position", "copy-trading", "recurring-buy", "unexplained-bot-funds"),
            *("non-tradable-asset", "sub-account-frozen", "sub-account-keys"),
        }
    ),
    # No request of Kraken's spot site shows bots, recurring buys, pledged collateral or sub-accounts.
    "kraken": frozenset(
        {
            *("bot-running", "bot-stopped-with-position", "copy-trading", "recurring-buy", "unexplained-bot-funds"),
            *("collateral-locked", "non-tradable-asset"),
            *("sub-account-frozen", "sub-account-keys", "sub-account-not-empty"),
        }
    ),
    # Kraken Futures has wallets, orders, positions and the assignment programme only.
    "krakenfutures": frozenset(
        {
            *("bot-stopped-with-position", "copy-trading", "recurring-buy", "unexplained-bot-funds"),
            *("collateral-locked", "earn-held", "held-in-product", "flow-stuck", "flow-under-way"),
            *("sub-account-frozen", "sub-account-keys"),
        }
    ),
}
"""Rules whose menu is not written down for one exchange only."""


def undecided(named: Iterable[str], declined: Collection[str]) -> set[str]:
    """Rules that are neither named nor declined, and those that are both or are no rules."""
    both = {*named} & {*declined}
    return both | (RULES ^ {*named, *declined})


def test_every_rule_has_its_step_in_the_plan() -> None:
    assert set() == undecided(BY_RULE, STEP_BY_AREA | STEP_BY_BALANCE)


def test_every_rule_has_what_the_letter_asks_of_support() -> None:
    assert set() == undecided(REQUESTS, NO_ASK)


@pytest.mark.parametrize("exchange", [name for name in known_exchanges() if exchange_config(name).app])
def test_every_rule_has_its_menu_in_the_app(exchange: str) -> None:
    app = exchange_config(exchange).app
    assert app
    assert set() == undecided(app.remedies, NO_MENU | NO_MENU_AT.get(exchange, frozenset()))
