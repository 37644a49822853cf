"""What is said of the lists that only explain what the ledgers show: no proof rests on them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from auditor.archive.facts import ListEnd
from auditor.archive.list_group import ListGroup
from auditor.archive.state import Status
from auditor.archive.wallet_proof import WalletProof
from auditor.archive.witness import Witness, is_not_had
from auditor.i18n import Message, _
from auditor.spec.second_list import SecondList


def is_needed(listed: SecondList, end: ListEnd, wallets: Sequence[WalletProof]) -> bool:
    """Return whether a list that only explains leaves something open where it was not read to its end.

    The exchange's own refusal of what the account never used, as its ledgers show, leaves nothing open.
    """
    if end.cut:
        return False  # The ledgers are cut there too, and say so.
    is_refused = end.status is Status.REFUSED and bool(end.code)
    return not is_refused or is_used(listed, wallets)


def is_used(listed: SecondList, wallets: Sequence[WalletProof]) -> bool:
    """Return whether a row of a ledger shows that the account has something in a list."""
    return any(wallet.types & listed.used_by.get(wallet.ledger.wallet, frozenset()) for wallet in wallets)


def explaining_notes(
    witness: Witness, wallets: Sequence[WalletProof], ends: Mapping[str, ListEnd]
) -> Iterator[Message]:
    """Yield which lists that only explain were refused, and which end at what the exchange gives."""
    lists = [proof.listed for _group, proof in witness.lists() if proof.listed.explains]
    for listed in lists:
        end = ends[listed.id]
        # That an account was never opened, its ledger says already.
        is_told = end.status is Status.ENDED or is_not_had(listed, end)
        if not is_told and not is_needed(listed, end, wallets):
            text = _("{list}: the exchange refused it, and no row here shows that the account used it. {reason}")
            yield text.format(list=list_name(listed), reason=end.reason)
    yield from _reaches([one for one in lists if ends[one.id].status is Status.ENDED])


def trades_without_order(groups: Sequence[ListGroup]) -> Iterator[ListGroup]:
    """Yield groups of lists that explain rows of a ledger and lack some of them."""
    yield from (group for group in groups if group.head.explains and group.first_unlisted is not None)


def list_name(listed: SecondList) -> Message:
    """Return the title of a list, with what it is asked for where several have one title."""
    asked = ", ".join(listed.endpoint.queries[-1].params.values())
    return _("{list} ({kind})").format(list=_(listed.title), kind=asked) if asked else _(listed.title)


def _reaches(lists: Sequence[SecondList]) -> Iterator[Message]:
    titles: dict[str, dict[str, None]] = defaultdict(dict)
    for listed in lists:
        if listed.reach.back is not None:
            titles[listed.reach.words][listed.title] = None
    for words, named in titles.items():
        text = _("The exchange gives {reach} of lists that explain the ledgers: {lists}.")
        yield text.format(reach=_(words), lists=_(", ").join(map(_, named)))
