"""Addresses on the exchanges' own sites, taken from ``config/`` and from nowhere else."""

from urllib.parse import urlsplit

from auditor.plan import Step
from auditor.plan.kinds import StepKind
from auditor.settings.exchange_facts import ExchangeConfig, config_if_written

KEY_STEPS = frozenset({StepKind.NEW_KEY, StepKind.READ})
SUPPORT_STEPS = frozenset({StepKind.ASK_SUPPORT, StepKind.ASK_SUPPORT_LAST, StepKind.REMAINDERS})


def page_of(step: Step) -> str | None:
    """Return the exchange's page for a step, None for an exchange without verified hosts."""
    facts = config_if_written(step.exchange)
    if facts is None:
        return None
    page = _page(facts, step.kind)
    return page if host_of(page) in facts.site_hosts else None


def host_of(page: str) -> str:
    """Return the host of an address; empty if it has none."""
    return urlsplit(page).hostname or ""


def _page(facts: ExchangeConfig, kind: StepKind) -> str:
    if kind in KEY_STEPS:
        return facts.key_page
    if kind in SUPPORT_STEPS and facts.support is not None:
        return facts.support.page
    return f"https://{host_of(facts.key_page)}"
