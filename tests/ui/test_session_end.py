"""The system's last word to the window: the record is on disk before it goes on."""

from contextlib import contextmanager

import pytest

from productify.engine import EngineRoom
from productify.errors import KnownError
from productify_ui.session_end import SessionEnd


class Tracking:
    """Counts what is brought to the disk."""

    def __init__(self) -> None:
        self.written = 0

    async def flush(self) -> None:
        self.written += 1


class Service:
    """As much of a service as the end of a session needs."""

    def __init__(self) -> None:
        self.tracking = Tracking()

    async def close(self) -> None:
        """Nothing to close."""


@contextmanager
def room(open_service):
    """Run an engine room until the block ends."""
    engine = EngineRoom(open_service)
    engine.start()
    try:
        yield engine
    finally:
        engine.stop()


def test_everything_is_written_before_the_system_goes_on(qapp):
    """Called as Qt calls it on Windows and macOS, where this cannot run."""
    service = Service()

    async def opened():
        return service

    with room(opened) as engine:
        end = SessionEnd(qapp, engine)
        assert end.write()
        assert service.tracking.written == 1
        end.deleteLater()


@pytest.mark.logs
def test_a_store_that_did_not_open_has_nothing_to_write(qapp):
    async def opened():
        raise KnownError("The database is damaged.")

    with room(opened) as engine:
        end = SessionEnd(qapp, engine)
        assert not end.write()
        end.deleteLater()
