"""Turn the answers of an audit into a recording that can be given away."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from urllib.parse import quote, unquote

from auditor.exchanges.registry import load
from auditor.exchanges.unified.spec import load_spec, read_requests
from auditor.model.report import Report
from auditor.recording.answer_tree import Node, is_failure, is_map
from auditor.recording.answers import Answer, Recording
from auditor.recording.exact_json import decode, encode
from auditor.recording.figures import Bounds, Figure, Minimums, Survey
from auditor.recording.harmless_words import known_words, tokens_of
from auditor.recording.kinds import Classifier, Kind, Place, is_field_name
from auditor.recording.limits import add_ratios, minimums
from auditor.recording.replacements import Replacements
from auditor.recording.sums import choose
from auditor.recording.surveying import Surveyor, rebuilt
from auditor.spec.exchange import Exchange
from auditor.spec.fields import Field
from auditor.spec.fields import Kind as FieldKind
from auditor.transport.ccxt.exact import UnsignedRequest

# Less than the time since the exchanges' first day, more than any memory of a day.
LEAST_SHIFT, LONGEST_SHIFT = timedelta(days=30), timedelta(days=400)
ATTEMPTS = 100
# Kraken writes a letter for the class before codes of three letters.
CLASSED = 4
REFERENCE = frozenset({"markets", "networks", "prices"})
_TITLE = re.compile(r"<title>([^<]{0,200})</title>", re.IGNORECASE)
_PUBLIC = re.compile("public", re.IGNORECASE)
Call = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Anonymised:
    """A recording without what identifies its account, and how it was made.

    ``kept``: the words that are known to be harmless. For each answer, ``public``: whether it is the same for everybody
    and stands there as it came; ``changed``: the lines of its body that are not as they came, for a
    sample; none of lists of coins and markets.
    """

    recording: Recording
    replacements: Replacements
    kept: frozenset[str]
    public: tuple[bool, ...]
    changed: tuple[tuple[str, ...], ...]


def anonymised(recording: Recording, report: Report, random: Random) -> Anonymised:
    """Return ``recording``, as it came, with everything replaced that is not known to be harmless."""
    return _Anonymiser(recording, report, random).result()


class _Anonymiser:
    """The replacing of one recording's values, in two passes: what must be known of all of them, and each."""

    def __init__(self, recording: Recording, report: Report, random: Random) -> None:
        self._recording = recording
        self._report = report
        self._exchange = load(recording.exchange)
        self._public, self._reference = _calls(self._exchange)
        trees = [(answer, _decoded(answer.body)) for answer in recording.answers]
        public = (text for answer, tree in trees if self._is_public(answer) for text in _texts(tree))
        self.kept = known_words(recording.exchange) | tokens_of(public)
        self._trees = trees
        self._classifier = Classifier(_declared(self._exchange), self.kept)
        self._random = random
        seconds = random.randint(int(LEAST_SHIFT.total_seconds()), int(LONGEST_SHIFT.total_seconds()))
        self._by = Replacements(random, self.kept, recording.recorded_at, -timedelta(seconds=seconds))

    def result(self) -> Anonymised:
        key = self._by.key(self._recording.key) if self._recording.key else ""
        named = {kind: tuple(map(self._by.text, names)) for kind, names in self._recording.manner.named.items()}
        self._survey()
        changed = replace(
            self._recording,
            key=key,
            recorded_at=self._recording.recorded_at + self._by.shift,
            manner=replace(self._recording.manner, named=named),
            answers=tuple(self._answer(answer, tree) for answer, tree in self._trees),
        )
        public = tuple(self._is_public(answer) for answer in self._recording.answers)
        pairs = zip(self._recording.answers, changed.answers, strict=True)
        return Anonymised(changed, self._by, self.kept, public, tuple(self._changed(*pair) for pair in pairs))

    def _survey(self) -> None:
        surveyor = Surveyor(self._classifier, self._by)
        for answer, tree in self._trees:
            if tree is not None and not self._is_public(answer):
                surveyor.look(Node(tree, "", self._place(answer, tree)))
        add_ratios(self._report, surveyor.survey)
        self._by.draw_distances()
        self._by.amounts = _amounts(surveyor.survey, minimums(self._report), self._random)

    def _is_public(self, answer: Answer) -> bool:
        request = answer.request
        return _call(request) in self._public or bool(_PUBLIC.search(request.section))

    def _place(self, answer: Answer, tree: object) -> Place:
        return Place(
            root=True,
            public=self._is_public(answer),
            reference=_call(answer.request) in self._reference,
            failed=is_failure(answer.status, tree),
        )

    def _answer(self, answer: Answer, tree: object) -> Answer:
        if tree is None:
            return replace(answer, request=self._request(answer.request), body=self._page(answer.body))
        body = encode(rebuilt(Node(tree, "", self._place(answer, tree)), self._value, self._key))
        return replace(answer, request=self._request(answer.request), body=body)

    def _request(self, request: UnsignedRequest) -> UnsignedRequest:
        params = {name: self._param(name, value) for name, value in request.params.items()}
        return replace(request, params=params)

    def _param(self, name: str, value: object) -> object:
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, list | tuple):
            return [self._param(name, item) for item in value]
        text = str(value)
        kind = Kind.KEPT if text in self.kept else self._classifier.kind(name, text, Place(param=True))
        if kind is not Kind.KEPT and text.isdigit() and self._by.is_near_id(text):
            kind = Kind.ID
        plain = unquote(text)
        if kind is not Kind.KEPT and plain in self._by.texts:
            return self._by.texts[plain] if plain == text else quote(self._by.texts[plain], safe="@")
        replaced = self._by.of(kind, text)
        return int(replaced) if isinstance(value, int) and replaced.isdigit() else replaced

    def _value(self, node: Node) -> str:
        value = str(node.value) if not isinstance(node.value, str) else node.value
        kind = self._classifier.kind(node.name, value, node.place)
        return self._by.of(kind, value, public=node.place.public or node.place.reference)

    def _key(self, key: str, parent: Node, child: Node) -> str:
        in_map = isinstance(parent.value, dict) and is_map(parent.value)
        if child.place.public or is_field_name(key, self.kept, in_map=in_map):
            return key
        return self._by.of(self._classifier.kind("id", key, Place()), key) if key.isdigit() else self._by.text(key)

    def _changed(self, before: Answer, after: Answer) -> tuple[str, ...]:
        if _call(before.request) in self._reference:
            return ()
        lines = (encode(_decoded(answer.body), indent=1).splitlines() for answer in (before, after))
        return tuple(new for old, new in zip(*lines, strict=False) if old != new)

    def _page(self, body: str) -> str:
        """Return a page or a broken answer that is understood as little, with no more of it than its title."""
        if body.lstrip()[:1] in {"{", "["}:
            return '{"left out": '
        title = _TITLE.search(body)
        return f"<html><title>{self._by.message(title[1])}</title></html>" if title else self._by.message(body[:200])


def _amounts(survey: Survey, by_asset: Mapping[str, Minimums], random: Random) -> dict[Figure, Figure]:
    """Return another figure for each amount; of several choices the one that keeps the exchange's values best."""
    bounds = {figure: Bounds.of(figure, _minimums(assets, by_asset)) for figure, assets in survey.assets.items()}
    best: tuple[int, dict[Figure, Figure]] | None = None
    for _attempt in range(ATTEMPTS if survey.ratios else 1):
        chosen = choose(survey.sums, bounds, random)
        missed = _keep_ratios(survey, chosen, bounds)
        if best is None or missed < best[0]:
            best = missed, chosen
        if not missed:
            break
    return best[1] if best else {}


def _minimums(assets: Iterable[str], by_asset: Mapping[str, Minimums]) -> Minimums:
    found = Minimums()
    for asset in sorted({name for asset in assets for name in _usual_names(asset)}):
        found = found.plus(by_asset.get(asset, Minimums()))
    return found


def _usual_names(asset: str) -> Iterator[str]:
    """Yield the names under which an exchange's code of an asset may be known: XXBT, ETH.S and LDUSDT are examples."""
    plain = asset.upper().partition(".")[0]
    names = {plain, plain.removeprefix("LD")}
    names |= {name[1:] for name in names if len(name) == CLASSED and name[0] in "XZ"}
    yield from names | {name.replace("XBT", "BTC") for name in names}


def _keep_ratios(survey: Survey, chosen: dict[Figure, Figure], bounds: Mapping[Figure, Bounds]) -> int:
    """Put the values that follow from others in their place; return how many did not fit their number of digits."""
    missed = 0
    for ratio in survey.ratios:
        units = ratio.value(chosen)
        if units is None:
            continue
        limits = bounds[ratio.total]
        chosen[ratio.total] = limits.near(units)
        missed += not limits.low <= units <= limits.high
    for terms in survey.sums:
        total, factor = max(terms, key=lambda term: term[0].amount)
        if {figure for figure, _factor in terms} & {ratio.total for ratio in survey.ratios}:
            value = -sum(chosen[figure].amount * own for figure, own in terms if figure != total) / factor
            following = Figure.of(value) if value > 0 else None
            if following is None or not bounds[total].allow(following):
                missed += 1
            else:
                chosen[total] = following
    return missed


def _calls(exchange: Exchange) -> tuple[frozenset[Call], frozenset[Call]]:
    """Return the requests whose answers are the same for everybody, and those of lists of coins and markets."""
    endpoints = exchange.endpoints()
    public = {(e.ccxt_section, e.method, e.path) for e in endpoints if e.public}
    listed = (s.endpoint for s in exchange.surfaces if s.id in REFERENCE and s.endpoint is not None)
    reference = {(e.ccxt_section, e.method, e.path) for e in listed}
    spec = load_spec(exchange.id)
    asked = {call.at for call in spec.calls} if spec else set()
    names = {e.path for e in exchange.identification.endpoints()}
    others = (r for r in read_requests(exchange.id) if r.path not in asked and r.name not in names)
    return frozenset(public), frozenset(reference | {(r.section, r.method, r.name) for r in others})


def _call(request: UnsignedRequest) -> Call:
    return (request.section, request.method, request.path)


def _declared(exchange: Exchange) -> Mapping[str, frozenset[FieldKind]]:
    """Return the kinds that the exchange's table declares for a field's name."""
    found: dict[str, set[FieldKind]] = defaultdict(set)
    lookups = (exchange.clock, exchange.status, exchange.identification.account, *exchange.ledgers)
    fields = [field for lookup in lookups for field in lookup.fields]
    fields += [field for surface in exchange.surfaces if surface.reader for field in surface.reader.fields]
    for field in _flat(fields):
        found[field.name].add(field.kind)
    return {name: frozenset(kinds) for name, kinds in found.items()}


def _flat(fields: Iterable[Field]) -> Iterator[Field]:
    for field in fields:
        yield field
        yield from _flat(field.of)


def _decoded(body: str) -> object:
    """Return the value of an answer, None for what is no object or list."""
    try:
        tree = decode(body)
    except ValueError:
        return None
    return tree if isinstance(tree, dict | list) else None


def _texts(tree: object) -> Iterator[str]:
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict):
        yield from (text for pair in tree.items() for part in pair for text in _texts(part))
    elif isinstance(tree, list):
        yield from (text for item in tree for text in _texts(item))


