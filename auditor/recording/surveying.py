"""Go through the answers of an audit once, and note their amounts, the sums between them, and their ids."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from auditor.recording.answer_tree import Node
from auditor.recording.classification import Classifier
from auditor.recording.figures import Figure, Survey
from auditor.recording.kinds import ValueKind
from auditor.recording.replacements import Replacements
from auditor.recording.sums import Signed, sums_in_row, sums_of_rows


@dataclass(slots=True)
class Surveyor:
    """Notes what must be known of all answers before the first value is replaced."""

    classifier: Classifier
    replacements: Replacements
    survey: Survey = field(default_factory=Survey)

    def look(self, node: Node, totals: Iterable[Figure] = ()) -> dict[str, Signed]:
        """Note everything in a value; return the amounts that stand directly in an object, by field."""
        if node.is_text:
            self._text(node)
            return {}
        own = self._amounts(node)
        known = [*totals, *(figure for figure, _sign in own.values())]
        self._note(sums_in_row(figure for figure, _sign in own.values()))
        rows = [self.look(child, known) for _key, child in node.fields()]
        rows += [self.look(item, known) for item in node.items()]
        self._note(sums_of_rows([row for row in rows if row], known))
        return own

    def _text(self, node: Node) -> None:
        kind = self.classifier.kind(node.name, str(node.value), node.place)
        if kind is ValueKind.ID:
            self.replacements.see_id(str(node.value))
        elif kind is ValueKind.NAME and str(node.value).isdigit():
            self.replacements.text(str(node.value))
        elif kind is ValueKind.AMOUNT:
            self._figure(node)

    def _amounts(self, node: Node) -> dict[str, Signed]:
        texts = ((key, child) for key, child in node.fields() if child.is_text)
        kinds = ((key, child, self.classifier.kind(child.name, str(child.value), child.place)) for key, child in texts)
        found = ((key, self._figure(child)) for key, child, kind in kinds if kind is ValueKind.AMOUNT)
        return {key: signed for key, signed in found if signed is not None}

    def _figure(self, node: Node) -> Signed | None:
        amount = Decimal(str(node.value))
        return (self.survey.add(amount, node.assets), -1 if amount < 0 else 1) if amount else None

    def _note(self, sums: Iterable[tuple[Signed, ...]]) -> None:
        for terms in sums:
            self.survey.sums[terms] = self.survey.sums.get(terms, 0) + 1


def rebuilt(node: Node, replaced: Callable[[Node], str], key_of: Callable[[str, Node, Node], str]) -> object:
    """Return a value with every text in it ``replaced``, and every key that is one."""
    if isinstance(node.value, dict):
        fields: Sequence[tuple[str, Node]] = list(node.fields())
        return {key_of(key, node, child): rebuilt(child, replaced, key_of) for key, child in fields}
    if isinstance(node.value, list):
        return [rebuilt(item, replaced, key_of) for item in node.items()]
    return replaced(node) if node.is_text else node.value
