"""The HTTP server, within the loop that is there: on a loopback port where extensions look for it."""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager

import uvicorn

from productify.bridge_api.app import application
from productify.bridge_api.desk import Desk
from productify.errors import KnownError

PORTS = range(45717, 45722)
"""Where extensions look for the app."""

_BACKLOG = 64
_MOST_AT_ONCE = 128
_MOST_OF_A_HEADER = 32 * 1024


@asynccontextmanager
async def serving(desk: Desk, ports: Iterable[int] = PORTS) -> AsyncIterator[int]:
    """Answer for `desk` on the first free one of `ports`, which it yields, until the block ends.

    Before that, whoever is waited for in `desk.orders` must be let go. Raises KnownError where no port is free.
    """
    with _bound(ports) as line:
        port: int = line.getsockname()[1]
        server = _Server(
            uvicorn.Config(
                application(desk, port), http="h11", ws="none", lifespan="off", log_config=None, access_log=False,
                server_header=False, date_header=False, proxy_headers=False, limit_concurrency=_MOST_AT_ONCE,
                h11_max_incomplete_event_size=_MOST_OF_A_HEADER, timeout_graceful_shutdown=2, backlog=_BACKLOG,
            )
        )  # fmt: skip
        # What strangers send is no news: uvicorn warns of each line that is no HTTP.
        logging.getLogger("uvicorn.error").setLevel(logging.ERROR)
        running = asyncio.create_task(server.serve(sockets=[line]), name="browser extension server")
        try:
            await server.is_up(running)
            yield port
        finally:
            server.end()
            await running


class _Server(uvicorn.Server):
    """A server that waits for its end without looking ten times a second, and leaves signals to the app."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self._up, self._ended = asyncio.Event(), asyncio.Event()

    async def is_up(self, running: "asyncio.Task[None]") -> None:
        """Return when it listens; raises what kept it from that."""
        up = asyncio.create_task(self._up.wait())
        await asyncio.wait([up, running], return_when=asyncio.FIRST_COMPLETED)
        up.cancel()
        if running.done():
            await running

    def end(self) -> None:
        """Stop serving."""
        self._ended.set()

    async def main_loop(self) -> None:
        """Serve until the end."""
        self._up.set()
        await self._ended.wait()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone."""
        yield


@contextmanager
def _bound(ports: Iterable[int]) -> Iterator[socket.socket]:
    """Yield a socket that listens on the first free port, on the loopback address alone."""
    for port in ports:
        line = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if sys.platform == "win32":  # where the usual option would let two programs share a port
            line.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            line.bind(("127.0.0.1", port))
        except OSError:
            line.close()
            continue
        with line:
            yield line
        return
    raise KnownError(
        "The browser extension cannot reach the app: its ports are all in use.",
        f"End the programs that listen on 127.0.0.1, ports {PORTS[0]} to {PORTS[-1]}.",
    )
