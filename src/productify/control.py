"""How commands reach the app that runs: one JSON line each way over loopback, with a token from the data folder."""

import asyncio
import json
import logging
import os
import secrets
import socket
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from productify.errors import KnownError

Handler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
_log = logging.getLogger(__name__)
_PATIENCE = 5.0
_WORKING_TIME = 4.0
"""Seconds for doing what was asked: less than the other side waits, so that it hears that it takes longer."""

_LONGEST = 64 * 1024


class ControlServer:
    """Answers commands of the same user; `path` holds port and token, mode 0600, while it listens."""

    def __init__(self, path: Path, handle: Handler) -> None:
        self._path = path
        self._handle = handle
        self._token = secrets.token_urlsafe(24)
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free loopback port and say where; raises KnownError where that cannot be written."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=_LONGEST)
        port = self._server.sockets[0].getsockname()[1]
        try:
            _write_private(self._path, json.dumps({"port": port, "token": self._token, "pid": os.getpid()}))
        except KnownError:
            self._server.close()
            self._server = None
            raise

    async def stop(self) -> None:
        """Stop listening and take the address away."""
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._path.unlink(missing_ok=True)
            self._server = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            async with asyncio.timeout(_PATIENCE):
                answer = await self._answer(await reader.readline())
                writer.write(json.dumps(answer).encode() + b"\n")
                await writer.drain()
        except (TimeoutError, ConnectionError, ValueError) as error:
            _log.info("a command was not answered: %s", error)
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> dict[str, Any]:
        request = json.loads(line)
        token = str(request.get("token")) if isinstance(request, dict) else ""
        if not secrets.compare_digest(token.encode(), self._token.encode()):
            return {"error": "The command was refused.", "hint": "It does not come from this user's data folder."}
        try:
            async with asyncio.timeout(_WORKING_TIME):
                return await self._handle(request)
        except KnownError as error:
            return {"error": error.title, "hint": error.hint}
        except TimeoutError:
            return {"error": "The running app is busy.", "hint": "Try again in a moment."}
        except Exception:
            _log.exception("the command %s failed", request.get("command"))
            return {"error": "The running app failed at this.", "hint": "Its log in the data folder says why."}


def ask(path: Path, command: str, **arguments: Any) -> dict[str, Any] | None:
    """Send `command` to the app that runs and return its answer, or None where none runs.

    Raises KnownError when the app refuses or does not answer within five seconds.
    """
    try:
        address = json.loads(path.read_text("utf-8"))
        question = json.dumps({"token": address["token"], "command": command, **arguments})
        answer = json.loads(_exchanged(int(address["port"]), question.encode()))
    except TimeoutError:
        raise KnownError("The running app does not answer.", "Try again, or end it and start it anew.") from None
    except (OSError, OverflowError, ValueError, LookupError, TypeError):
        return None  # no address, nobody there, or a stranger on a port that a killed app left behind
    if not isinstance(answer, dict):
        return None
    if "error" in answer:
        raise KnownError(str(answer["error"]), str(answer.get("hint", "")))
    return answer


def _exchanged(port: int, question: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), _PATIENCE) as line, line.makefile("rb") as answers:
        line.sendall(question + b"\n")
        return answers.readline(_LONGEST)


def _write_private(path: Path, text: str) -> None:
    draft = path.with_suffix(".new")
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
        draft.replace(path)
    except OSError as error:
        raise KnownError(
            f"{path} cannot be written: {error.strerror}.", "Free some space and make the data folder writable."
        ) from error
