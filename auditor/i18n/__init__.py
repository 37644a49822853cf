"""Sentences for people: written as messages, translated only where they are shown."""

from auditor.i18n.message import EMPTY, Message, Text, _, capital, joined, labelled, mark, phrase, sentences, verbatim
from auditor.i18n.translator import Translator

__all__ = [
    "EMPTY",
    "Message",
    "Text",
    "Translator",
    "_",
    "capital",
    "joined",
    "labelled",
    "mark",
    "phrase",
    "sentences",
    "verbatim",
]
