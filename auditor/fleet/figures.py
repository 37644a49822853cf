"""What a worker counts between two signs of life."""

from dataclasses import dataclass

LIMITED = frozenset({418, 429})
"""HTTP statuses of answers that ask for fewer requests."""


@dataclass(slots=True)
class Figures:
    """What a worker counts between two signs of life."""

    passes: int = 0
    limited: int = 0

    def take(self) -> tuple[int, int]:
        """Return the figures, and count from 0 again."""
        taken = self.passes, self.limited
        self.passes = self.limited = 0
        return taken

    def keep(self, _method: str, _url: str, status: int, _body: str) -> None:
        """Count an answer that asked for fewer requests: see `Options.keep`."""
        self.limited += status in LIMITED
