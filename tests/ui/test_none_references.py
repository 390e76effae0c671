"""PySide6 6.12.0 loses a reference of None in every void call on Python 3.11: after some thousand calls it crashes."""

import sys

from PySide6.QtWidgets import QLabel


def test_void_calls_give_back_what_they_take(qtbot):
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for number in range(2000):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 200
