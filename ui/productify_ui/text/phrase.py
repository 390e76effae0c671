"""Sentences that are translated when they are read."""

from PySide6.QtCore import QCoreApplication


class Phrase:
    """An English sentence as a class attribute; read through an instance it is in the user's language.

    `pyside6-lupdate -tr-function-alias tr+=Phrase` finds them; the class's name is the context.
    """

    __slots__ = ("_context", "_source")

    def __init__(self, source: str) -> None:
        self._source = source
        self._context = ""

    def __set_name__(self, owner: type, _name: str) -> None:
        self._context = owner.__name__

    def __get__(self, _instance: object, _owner: type | None = None) -> str:
        return QCoreApplication.translate(self._context, self._source)
