"""The values of an answer with what is known of their place: field, assets of the row, what stands beside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.recording import field_names as names
from auditor.recording.kinds import CODE_OF_ASSET, ValuePlace

FEW = 2
# Every documented success is a 200.
OK = 200


@dataclass(frozen=True, slots=True)
class Node:
    """One value of an answer, the name of its field, its place, and the assets that its row names."""

    value: object
    name: str
    place: ValuePlace
    assets: frozenset[str] = frozenset()

    @property
    def is_text(self) -> bool:
        """Whether it is a text or a number, which may have to be replaced."""
        return isinstance(self.value, str)

    def fields(self) -> Iterator[tuple[str, "Node"]]:
        """Yield the fields of an object with their keys."""
        row = self.value if isinstance(self.value, dict) else {}
        assets = self._assets(row)
        counted = any(isinstance(value, list) for value in row.values())
        beside = replace(self.place, counted=counted, root=False, top=self.place.root)
        in_map = is_map(row)
        for key, value in row.items():
            own = (
                frozenset({key}) if in_map and not isinstance(value, list) and CODE_OF_ASSET.fullmatch(key) else assets
            )
            yield key, Node(value, self.name if in_map and isinstance(value, str) else key, beside, own)

    def items(self) -> Iterator["Node"]:
        """Yield the items of a list."""
        for item in self.value if isinstance(self.value, list) else ():
            yield replace(self, value=item)

    def _assets(self, row: Mapping[str, object]) -> frozenset[str]:
        found = {
            value
            for name, value in row.items()
            if names.head(name) in names.ASSET and isinstance(value, str) and CODE_OF_ASSET.fullmatch(value)
        }
        parts = {part for value in found for part in value.replace("_", "-").replace("/", "-").split("-")}
        return frozenset(found | parts) or self.assets


def is_map(row: Mapping[str, object]) -> bool:
    """Return whether the keys of an object may be values: all that it holds are objects, or amounts of assets."""
    if row and all(isinstance(value, dict) for value in row.values()):
        return True
    texts = all(isinstance(value, str) for value in row.values())
    return len(row) >= FEW and texts and all(key.isupper() and CODE_OF_ASSET.fullmatch(key) for key in row)


def is_failure(status: int, body: object) -> bool:
    """Return whether an answer is an error: by its status, or since it has a message and nothing else."""
    if status != OK or not isinstance(body, dict):
        return status != OK
    errors = body.get("error") or body.get("errors")
    has_rows = any(isinstance(value, dict | list) and value for value in body.values())
    return bool(errors) or (not has_rows and any(names.head(name) in names.MESSAGE for name in body))
