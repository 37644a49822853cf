"""Turn the answers of an audit into a recording that can be given away."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from random import Random
from urllib.parse import quote, unquote

from auditor.exchanges.registry import load
from auditor.model.report import Report
from auditor.recording.amounts import other_amounts
from auditor.recording.answer_tree import Node, is_failure, is_map
from auditor.recording.answers import Answer, Recording
from auditor.recording.classification import Classifier, is_field_name
from auditor.recording.exact_json import decode, encode
from auditor.recording.for_everybody import answers_for_all, call_of, declared_kinds
from auditor.recording.harmless_words import known_words, tokens_of
from auditor.recording.kinds import ValueKind, ValuePlace
from auditor.recording.limits import add_ratios, minimums
from auditor.recording.replacements import Replacements
from auditor.recording.surveying import Surveyor, rebuilt
from auditor.transport.ccxt.latest_call import UnsignedRequest

# Less than the time since the exchanges' first day, more than any memory of a day.
LEAST_SHIFT, LONGEST_SHIFT = timedelta(days=30), timedelta(days=400)
_TITLE = re.compile(r"<title>([^<]{0,200})</title>", re.IGNORECASE)
_PUBLIC = re.compile("public", re.IGNORECASE)


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


def anonymise(recording: Recording, report: Report, random: Random) -> Anonymised:
    """Return ``recording``, as it came, with everything replaced that is not known to be harmless."""
    return _Anonymiser(recording, report, random).result()


class _Anonymiser:
    """The replacing of one recording's values, in two passes: what must be known of all of them, and each."""

    def __init__(self, recording: Recording, report: Report, random: Random) -> None:
        self._recording = recording
        self._report = report
        self._exchange = load(recording.exchange)
        self._public, self._reference = answers_for_all(self._exchange)
        trees = [(answer, _decoded(answer.body)) for answer in recording.answers]
        public = (text for answer, tree in trees if self._is_public(answer) for text in _texts(tree))
        self.kept = known_words(recording.exchange) | tokens_of(public)
        self._trees = trees
        self._classifier = Classifier(declared_kinds(self._exchange), self.kept)
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
        self._by.amounts = other_amounts(surveyor.survey, minimums(self._report), self._random)

    def _is_public(self, answer: Answer) -> bool:
        request = answer.request
        return call_of(request) in self._public or bool(_PUBLIC.search(request.section))

    def _place(self, answer: Answer, tree: object) -> ValuePlace:
        return ValuePlace(
            root=True,
            public=self._is_public(answer),
            reference=call_of(answer.request) in self._reference,
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
        kind = ValueKind.KEPT if text in self.kept else self._classifier.kind(name, text, ValuePlace(param=True))
        if kind is not ValueKind.KEPT and text.isdigit() and self._by.is_near_id(text):
            kind = ValueKind.ID
        plain = unquote(text)
        if kind is not ValueKind.KEPT and plain in self._by.texts:
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
        return self._by.of(self._classifier.kind("id", key, ValuePlace()), key) if key.isdigit() else self._by.text(key)

    def _changed(self, before: Answer, after: Answer) -> tuple[str, ...]:
        if call_of(before.request) in self._reference:
            return ()
        lines = (encode(_decoded(answer.body), indent=1).splitlines() for answer in (before, after))
        return tuple(new for old, new in zip(*lines, strict=False) if old != new)

    def _page(self, body: str) -> str:
        """Return a page or a broken answer that is understood as little, with no more of it than its title."""
        if body.lstrip()[:1] in {"{", "["}:
            return '{"left out": '
        title = _TITLE.search(body)
        return f"<html><title>{self._by.message(title[1])}</title></html>" if title else self._by.message(body[:200])


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
