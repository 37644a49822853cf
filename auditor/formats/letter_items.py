"""The items of a letter to support: each with what identifies it at the exchange, and what is asked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.assessment.asset_codes import AccountCodes
from auditor.formats.terminal import labels as words
from auditor.i18n import EMPTY, Message, Text, _, capital, labelled, mark, moment, phrase, sentences, verbatim
from auditor.model.records import Balance, Flow, Record, Restriction
from auditor.model.report import Finding
from auditor.model.snapshot import AccountSnapshot, Reading, records
from auditor.plan.grouping import amount_text
from auditor.spec.asset_codes import Use

DEFAULT_REQUEST = mark("Please solve this, or tell me how.")
REQUESTS: Mapping[str, str] = {
    "account-restricted": mark("Please lift the restriction, or tell me what you need from me."),
    "flow-stuck": mark(
        "Please complete or return this {movement} and tell me when to expect it, or tell me what you need from me."
    ),
    "frozen-balance": mark("Nothing in my account explains the frozen amount. Please release it, or tell me why not."),
    "sub-account-frozen": mark("Please unfreeze this sub-account, or tell me what you need from me."),
    "no-market": mark("It has no market any more. Please tell me how to withdraw it or give it up."),
    "non-tradable-asset": mark("It cannot be traded. Please tell me how to withdraw it or give it up."),
    "dust-below-minimum": mark("It is too small to sell or withdraw. Please convert or remove it."),
    "lot-residue": mark("It is too small to sell or withdraw. Please convert or remove it."),
}
# Names that exchanges give to the number, the hash and the network of a movement, the most telling first.
NUMBERS = ("depId", "wdId", "ordId", "orderNo", "orderId", "id", "tradeNo")
HASHES = ("txId", "txid", "txID", "hash", "transactionHash", "walletTxId")
NETWORKS = ("chain", "network")


@dataclass(frozen=True, slots=True)
class LetterItem:
    """One item: what it is, lines that identify it, and what is asked."""

    head: Message
    details: tuple[Message, ...]
    request: Message


def letter_item(finding: Finding, account: AccountSnapshot) -> LetterItem:
    """Return the item about a finding."""
    reading, record = _source(finding, account)
    if isinstance(record, Flow):
        return _flow_item(finding, record)
    if finding.rule == "account-restricted":
        return _restriction_item(finding, record, account)
    request = _request(finding, record, account)
    amount = amount_text(finding)
    if not amount:
        return LetterItem(finding.message, (), request)
    place = EMPTY if reading is None else _(reading.title)
    return LetterItem(labelled(place, amount) if place else verbatim(amount), (), request)


def _request(finding: Finding, record: Record | None, account: AccountSnapshot) -> Message:
    """Return what is asked; of what only the exchange can release, what it is as well."""
    meaning = AccountCodes.of(account).meaning(record.asset) if isinstance(record, Balance) else None
    if meaning is not None and meaning.code.use is Use.WAIT:
        return sentences(meaning.sentence, _("Please release it, or tell me what you need from me."))
    return _(REQUESTS.get(finding.rule, DEFAULT_REQUEST))


def _flow_item(finding: Finding, flow: Flow) -> LetterItem:
    row = _row(finding)
    movement = phrase(flow.direction)
    number = _first(row, NUMBERS)
    text = _("{movement} no. {number}: {amount}") if number else _("{movement}: {amount}")
    head = text.format(movement=capital(movement), number=number, amount=amount_text(finding))
    request = _(REQUESTS["flow-stuck"]) if finding.rule == "flow-stuck" else _(DEFAULT_REQUEST)
    return LetterItem(head, tuple(_flow_details(flow, row)), request.format(movement=movement))


def _flow_details(flow: Flow, row: Mapping[str, object]) -> Iterator[Message]:
    if flow.started_at is not None:
        yield labelled(_("Date"), moment(flow.started_at))
    if network := _first(row, NETWORKS):
        yield labelled(_("Network"), network)
    if transaction := _first(row, HASHES):
        yield labelled(_("Transaction hash"), transaction)
    yield labelled(_("Status"), _(flow.reason.rstrip(".")))


def _restriction_item(finding: Finding, record: Record | None, account: AccountSnapshot) -> LetterItem:
    quoted: Text = record.message if isinstance(record, Restriction) else exchange_words(finding.evidence.get("reason"))
    code = finding.subject
    text = _('{exchange} restricts my account: "{said}" (code {code})')
    without_words = _("{exchange} restricts my account (code {code})")
    head = (text if quoted else without_words).format(
        exchange=words.exchange_name(account.exchange), said=quoted, code=code
    )
    return LetterItem(head, (), _(REQUESTS["account-restricted"]))


def exchange_words(reason: object) -> Text:
    """Return the exchange's own words within a reason; empty if it has none."""
    values = reason.values if isinstance(reason, Message) else None
    if not isinstance(values, Mapping):
        return _first_words(values or ())
    own = values.get("message")
    if "status" in values and isinstance(own, Message | str):
        return own
    return _first_words(values.values())


def _first_words(parts: Iterable[object]) -> Text:
    found: Iterable[Text] = (text for part in parts if (text := exchange_words(part)))
    return next(iter(found), "")


def _source(finding: Finding, account: AccountSnapshot) -> tuple[Reading | None, Record | None]:
    """Return the reading and the record that a finding is about; None where it is about no single record."""
    wanted = (finding.surface, finding.owner, finding.subject)
    for reading, record in records(account):
        if (reading.surface, record.owner, record.subject) == wanted:
            return reading, record
    return None, None


def _row(finding: Finding) -> Mapping[str, object]:
    row = finding.evidence.get("row")
    return row if isinstance(row, Mapping) else {}


def _first(row: Mapping[str, object], names: tuple[str, ...]) -> str:
    """Return the first of these fields that has a text or a number."""
    values = (row.get(name) for name in names)
    return next((str(value) for value in values if value and isinstance(value, str | int)), "")
