"""The command `audit official`: whether a link, or the sender of an e-mail, belongs to an exchange.

Only an exact match with a host in ``config/`` is official, never a similar name.
"""

import sys

from auditor.cli.commands import link_faults as faults
from auditor.cli.commands.link_faults import Address, LinkAssessment, Ownership
from auditor.cli.runtime.reader import Runtime
from auditor.formats.escape import escape_invisible
from auditor.i18n import Message, _
from auditor.settings.official_hosts import WWW, domain_of, domains, further_sites, main_site, owners

EXIT_CODES = {Ownership.OFFICIAL: 0, Ownership.UNLISTED: 3, Ownership.SENDER: 3, Ownership.UNKNOWN: 4}


def official(text: str, runtime: Runtime) -> int:
    """Print the assessment of a link; return 0 if it is official, 3 if only its domain is an exchange's, else 4."""
    link = assess_link(text)
    lines = (_answer(link), *link.why)
    sys.stdout.write("".join(f"{escape_invisible(runtime.console(line))}\n" for line in lines))
    return EXIT_CODES[link.standing]


def assess_link(text: str) -> LinkAssessment:
    """Assess a link or an e-mail address: only a known host, plainly written, belongs to an exchange."""
    sender = faults.sender_within(text)
    if sender is not None:
        return _assess_sender(sender)
    oddities = tuple(faults.odd_letters(text))
    address = None if oddities else faults.parse_address(text)
    if address is None:
        return LinkAssessment(why=oddities or (_("It is not an address."),))
    return _assess_address(address)


def _assess_address(address: Address) -> LinkAssessment:
    host, domain = address.host, domain_of(address.host)
    owner = owners().get(host)
    doubts = (*faults.link_faults(address), *faults.imitations(address))
    if doubts or (owner is None and domain is None):
        return LinkAssessment(host=host, owner=owner, why=(_leads_to(host), *doubts))
    if owner is not None:
        why = (*faults.cautions(address), *_of_its_site(host))
        return LinkAssessment(host=host, owner=owner, standing=Ownership.OFFICIAL, why=why)
    return _unlisted(host, str(domain))


def _unlisted(host: str, domain: str) -> LinkAssessment:
    """Return the assessment of a host that is not listed, on a domain that an exchange owns."""
    owner = domains()[domain]
    advice = _("Open {site} yourself instead of following the link.").format(site=_site_of(owner, domain))
    return LinkAssessment(host=host, owner=owner, domain=domain, standing=Ownership.UNLISTED, why=(advice,))


def _assess_sender(sender: str) -> LinkAssessment:
    """Assess the address of a sender, which proves nothing: whoever sends an e-mail writes any sender into it."""
    host = sender.rpartition("@")[2].lower().removesuffix(".")
    oddities = (*faults.odd_letters(sender), *faults.user_names(sender), *faults.imitations(Address(host=host)))
    domain = None if oddities else domain_of(host)
    standing = Ownership.UNKNOWN if domain is None else Ownership.SENDER
    owner = None if domain is None else domains()[domain]
    advice = _("Do not follow links in the e-mail: type the exchange's address yourself.")
    return LinkAssessment(
        host=host,
        owner=owner,
        domain=domain or "",
        standing=standing,
        why=(_sender_facts(owner, domain), *oddities, advice),
        is_sender=True,
    )


def _sender_facts(owner: str | None, domain: str | None) -> Message:
    if domain is None:
        return _("Its domain is not on our list of the exchanges' domains.")
    return _("Its domain, {domain}, belongs to {exchange}, but that alone does not make the e-mail genuine.").format(
        domain=domain, exchange=owner
    )


def _answer(link: LinkAssessment) -> Message:
    if link.is_sender:
        return _("An e-mail address proves nothing: senders can be forged.")
    if link.standing is Ownership.OFFICIAL:
        return _("{host} belongs to {exchange}.").format(host=link.host, exchange=link.owner)
    if link.standing is Ownership.UNLISTED and link.host == link.domain:
        return _("{exchange} owns {domain}, but this address is not on our list of its sites.").format(
            domain=link.domain, exchange=link.owner
        )
    if link.standing is Ownership.UNLISTED:
        return _("{host} is under {domain}, which {exchange} owns, but this address is not on our list.").format(
            host=link.host, domain=link.domain, exchange=link.owner
        )
    if link.owner is not None:
        return _("NOT safe as it is written. Do not sign in there.")
    return _("NOT on our list of official sites. Do not sign in there.")


def _of_its_site(host: str) -> tuple[Message, ...]:
    """Return what sets a further site of an exchange apart: its accounts, its keys, and whether they can be audited."""
    found = further_sites().get(host)
    if found is None:
        return ()
    exchange, site = found
    apart = _("It is a site with accounts and keys of its own: those of {exchange} do not exist there.")
    here = _("This program cannot check accounts there: look in that site's own app.")
    if site.option:
        here = _("To check an account there, use {option}.").format(option=site.option)
    page = _("You create its API keys at {page}.").format(page=site.key_page) if site.key_page else None
    note = _(site.note) if site.note else None
    return tuple(line for line in (apart.format(exchange=exchange), here, page, note) if line is not None)


def _site_of(owner: str, domain: str) -> str:
    """Return the owner's own site, on that domain if there is one, to be typed instead of an unlisted address."""
    return next((host for host in (f"{WWW}{domain}", domain) if host in owners()), main_site(owner))


def _leads_to(host: str) -> Message:
    return _("It leads to {host}.").format(host=host) if host else _("It names no host.")
