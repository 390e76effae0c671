"""The loopback API as a program on the same machine meets it: bytes over a socket, nothing in between."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from productify.bridge_api.identity import CHROMIUM_ID
from productify.clock import SettableClock
from productify.domain import PairedBrowser, TabSeen
from productify.service import Notices
from productify.service.browsers import Browsers
from productify.store import upgrade, users
from productify.store.database import Database
from service.rig import NOON

CHROMIUM = f"chrome-extension://{CHROMIUM_ID}"
FIREFOX = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is JSON's value, None where there is none."""

    status: int
    headers: Mapping[str, str]
    body: Any


class Line:
    """The API of `browsers`, its clock, and what was told to whoever listens."""

    def __init__(self, browsers: Browsers, clock: SettableClock) -> None:
        self.browsers = browsers
        self.clock = clock
        self.tabs: list[TabSeen] = []
        self.attempts: list[tuple[PairedBrowser, str]] = []
        self.changed: list[frozenset[str]] = []
        browsers.tab_listeners.append(self.tabs.append)
        browsers.on_attempt = lambda browser, site: self.attempts.append((browser, site))

    async def raw(self, sent: bytes) -> bytes:
        """Send bytes and return all that comes back until the other side hangs up."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.browsers.port)
        try:
            writer.write(sent)
            await writer.drain()
            return await reader.read()
        except ConnectionError:
            return b""
        finally:
            writer.close()

    async def ask(
        self,
        method: str,
        path: str,
        said: Any = None,
        *,
        token: str | None = None,
        origin: str | None = CHROMIUM,
        body: bytes | None = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> Answer:
        """Send a request as the extension does; in `headers` None takes one away."""
        data = body if body is not None else b"" if said is None else json.dumps(said).encode()
        lines: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.browsers.port}",
            "Connection": "close",
            "Origin": origin,
            "Authorization": f"Bearer {token}" if token is not None else None,
            "Content-Type": "application/json" if data else None,
            "Content-Length": str(len(data)) if data or method == "POST" else None,
            **(headers or {}),
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value is not None)
        return parsed(await self.raw(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1") + data))

    async def pair(self, origin: str = CHROMIUM, name: str = "Work") -> str:
        """Pair as a browser of `origin` and return its token."""
        code = self.browsers.pairing().code
        answer = await self.ask("POST", "/v1/pair", {"code": code, "browser": "chromium", "name": name}, origin=origin)
        assert answer.status == 200, answer
        return str(answer.body["token"])


_made: list[bytes] = []


async def _empty(folder: Path) -> bytes:
    """Return an empty database, migrated in `folder` once for all tests: each of them would take a quarter second."""
    if not _made:
        folder.mkdir()
        db = Database(folder / "productify.db")
        await upgrade.bring_up_to_date(db, folder / "productify.db", folder / "backups", NOON, suspicious=False)
        await db.close()
        _made.append((folder / "productify.db").read_bytes())
    return _made[0]


def parsed(answer: bytes) -> Answer:
    """Return an answer's parts."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Answer(int(first.split()[1]), headers, json.loads(body) if body else None)


@asynccontextmanager
async def answering(folder: Path, clock: SettableClock | None = None) -> AsyncIterator[Line]:
    """Run the API over a store in `folder` on any free port until the block ends."""
    clock = clock or SettableClock(NOON)
    path = folder / "productify.db"
    if not path.exists():
        path.write_bytes(await _empty(folder / "template"))
    db = Database(path)
    changed: list[frozenset[str]] = []
    try:
        async with db.write() as session:
            user_id = await users.local_user(session)
        browsers = Browsers(db, user_id, clock, lambda: True, Notices(changed.append), ports=(0,))
        task = asyncio.create_task(browsers.run())
        try:
            while browsers.port is None:
                assert not task.done(), task.exception()
                await asyncio.sleep(0.005)
            line = Line(browsers, clock)
            line.changed = changed
            yield line
        finally:
            task.cancel()
            await asyncio.wait([task])
    finally:
        await db.close()
