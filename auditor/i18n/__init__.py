"""Sentences for people: built as messages, translated only when they are shown."""

from auditor.i18n.message import (
    EMPTY,
    Message,
    Text,
    _,
    capital,
    counted,
    joined,
    labelled,
    mark,
    phrase,
    sentences,
    verbatim,
)
from auditor.i18n.moments import day, moment
from auditor.i18n.translator import Translator

__all__ = [
    "EMPTY",
    "Message",
    "Text",
    "Translator",
    "_",
    "capital",
    "counted",
    "day",
    "joined",
    "labelled",
    "mark",
    "moment",
    "phrase",
    "sentences",
    "verbatim",
]
