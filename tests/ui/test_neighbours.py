"""The window looks for what other processes wrote, while it is in view."""

from ui.conftest import until
from ui.fake import Neighbours


def test_it_looks_only_while_it_shows(on_stage, monkeypatch):
    looks = []

    async def look(_self):
        looks.append(1)

    monkeypatch.setattr("productify_ui.window._NEIGHBOURS_MS", 20)
    monkeypatch.setattr(Neighbours, "look", look)

    async def play(stage):
        await until(lambda: len(looks) > 2)
        stage.window.hide()
        await stage.settle()
        seen = len(looks)
        await until(lambda: not stage.window.isVisible())
        assert len(looks) <= seen + 1

    on_stage(play)
