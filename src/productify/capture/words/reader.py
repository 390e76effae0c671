"""Asks the reading process, which is started with the first picture and ended when there is nothing left to read."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from types import TracebackType
from typing import Self

from productify.capture.words import engine
from productify.domain import Word
from productify.errors import KnownError

_LENGTH_BYTES = 4
_LONGEST = 120.0
"""Seconds that a picture may take; a dense screen takes three to five."""

_KILL = getattr(signal, "SIGKILL", signal.SIGTERM)
_MOST_ANSWER = 4 * 1024 * 1024
_GONE = KnownError("The words of a screenshot could not be read.", "Tesseract ended; it is tried with the next one.")


class WordReader:
    """Reads pictures one after the other; an asynchronous context, within which the process lives."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self._end()

    async def read(self, content: bytes) -> tuple[Word, ...]:
        """Return the words in a picture file's content; raises KnownError where Tesseract fell over it."""
        process = self._process = self._process or await _start()
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(len(content).to_bytes(_LENGTH_BYTES, "big") + content)
            async with asyncio.timeout(_LONGEST):
                await process.stdin.drain()
                answer = await process.stdout.readline()
        except (OSError, TimeoutError) as error:
            await self._end()
            raise _GONE from error
        if not answer.endswith(b"\n"):
            await self._end()
            raise _GONE
        return tuple(Word(*word) for word in json.loads(answer))

    async def _end(self) -> None:
        """Kill it: it holds nothing that could be lost, and may be seconds deep in a picture."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        if process.returncode is None:
            with suppress(ProcessLookupError):
                # Popen's own way asks first whether it has ended, and would take the answer away from asyncio.
                os.kill(process.pid, _KILL)
        await process.wait()


async def _start() -> asyncio.subprocess.Process:
    folder = engine.language_folder()
    if folder is None:
        raise KnownError("Tesseract's language files are missing.", engine.capability().fix)
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "productify.capture.words.child", str(folder), "+".join(engine.languages(folder)),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # a second thread costs more than it brings
        limit=_MOST_ANSWER,
    )  # fmt: skip
