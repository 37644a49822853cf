"""Find the recorded answer to a request: the same request, at the nearest times, in the order of the recording."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from auditor.recording.answers import Answer
from auditor.recording.field_names import ID, head
from auditor.transport.ccxt.latest_call import UnsignedRequest

# Times that a program computes from its own clock may differ from the recorded ones by the length of the audit.
LEEWAY = 300.0
FIRST, LAST = datetime(2009, 1, 1, tzinfo=UTC).timestamp(), datetime(2100, 1, 1, tzinfo=UTC).timestamp()
_DIGITS = re.compile(r"[0-9]{10}|[0-9]{13}|[0-9]{16}|[0-9]{19}", re.ASCII)
# Seconds and milliseconds; what is longer is an id unless its name says otherwise.
USUAL_LENGTHS = (10, 13)

RequestKey = tuple[str, ...]
Times = tuple[float, ...]


def unix_seconds(text: str) -> float | None:
    """Return the time that a text of digits is, from seconds to nanoseconds; None where it is none."""
    if not _DIGITS.fullmatch(text):
        return None
    seconds = int(text) / 10 ** (len(text) - 10)
    return seconds if FIRST <= seconds < LAST else None


def time_param(name: str, text: str) -> float | None:
    """Return the time that a parameter is, None where it is none."""
    return unix_seconds(text) if len(text) in USUAL_LENGTHS and head(name) not in ID else None


@dataclass(slots=True)
class _Moment:
    """The answers to one request at one time, in order; the last one is given again."""

    times: Times
    answers: list[Answer] = field(default_factory=list)
    given: int = 0

    @property
    def fresh(self) -> bool:
        return self.given < len(self.answers)

    def covers(self, times: Times, leeway: float) -> bool:
        """Return whether it was asked for the same time, or for one that ends with it and begins earlier.

        A window that begins at an exchange's first day is shorter in a recording, whose times are moved.
        """
        if not times:
            return True
        return abs(max(self.times) - max(times)) <= leeway and min(self.times) <= min(times) + leeway

    def distance(self, times: Times) -> float:
        return sum(abs(own - other) for own, other in zip(self.times, times, strict=True))

    def next(self) -> Answer:
        answer = self.answers[min(self.given, len(self.answers) - 1)]
        self.given += 1
        return answer


class AnswerBook:
    """The answers of a recording, each of which can be asked for."""

    def __init__(self, answers: Iterable[Answer], seconds: float) -> None:
        """Sort ``answers`` by their requests. ``seconds``: the length of the recorded audit."""
        self._leeway = LEEWAY + seconds
        self._moments: dict[RequestKey, dict[Times, _Moment]] = defaultdict(dict)
        for answer in answers:
            key, times = _key_and_times(answer.request)
            self._moments[key].setdefault(times, _Moment(times)).answers.append(answer)

    def find(self, request: UnsignedRequest) -> Answer | None:
        """Return the next answer to this request, None where the recording has none."""
        key, times = _key_and_times(request)
        near = [moment for moment in self._moments.get(key, {}).values() if moment.covers(times, self._leeway)]
        if not near:
            return None
        fresh = [moment for moment in near if moment.fresh]
        return min(fresh or near, key=lambda moment: moment.distance(times)).next()

    @property
    def unused(self) -> int:
        """How many answers nobody asked for."""
        moments = (moment for moments in self._moments.values() for moment in moments.values())
        return sum(max(0, len(moment.answers) - moment.given) for moment in moments)


def _key_and_times(request: UnsignedRequest) -> tuple[RequestKey, Times]:
    """Return what two requests must have in common, and the times in their parameters, ordered by name."""
    pairs = sorted((name, text) for name, value in request.params.items() for text in [_text(value)])
    times = {name: seconds for name, text in pairs if (seconds := time_param(name, text)) is not None}
    words = (word for name, text in pairs for word in (name, "a time" if name in times else text))
    return (request.section, request.method, request.path, *words), tuple(times.values())


def _text(value: object) -> str:
    if isinstance(value, Mapping):
        return repr(sorted((str(name), _text(item)) for name, item in value.items()))
    return repr([_text(item) for item in value]) if isinstance(value, list | tuple) else str(value)
