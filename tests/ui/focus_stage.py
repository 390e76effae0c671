"""The focus page on a stage: how plays open it, and what they wait for."""

from ui.conftest import until


def on_focus(on_stage, play, before=lambda world: None, size=(1440, 900)) -> None:
    """Run a play on the focus page, once it shows what it asked for."""

    async def opened(stage) -> None:
        before(stage.world)
        stage.window.open_page("focus")
        await stage.settle()
        await play(stage)

    on_stage(opened, size=size)


async def logged(stage, *wanted) -> None:
    """Wait until the service was asked for this."""
    await until(lambda: wanted in stage.world.log)
