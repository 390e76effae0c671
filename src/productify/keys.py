"""The device's key, which secrets and pictures on the disk are sealed with, and the place it is kept in.

It lies in the system's keyring where that can be used, else in a file beside the data. A note in the data folder says
where, and tells the key by its fingerprint: a keyring that is away for a moment never leads to a second key.
"""

import asyncio
import hashlib
import json
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol, TypeVar

from productify.domain import KeyPlace
from productify.errors import KnownError

T = TypeVar("T")
_log = logging.getLogger(__name__)
_SERVICE = "Productify Pro"
_LENGTH = 32
_PATIENCE = 5.0
"""Seconds: a locked keyring asks its user, and answers nobody meanwhile."""

_AGAIN = 60.0
"""Seconds in which a keyring that failed is not asked again: each time may cost the whole patience."""

_WAY_OUT = "Unlock the system's keyring and try again. To go on without it, switch “Encrypt on disk” off."


class Keyring(Protocol):
    """What the system keeps secrets in, as the package `keyring` speaks to it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Return a secret, None where there is none; waits while the user is asked."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret; waits while the user is asked."""
        ...


@dataclass(frozen=True, slots=True)
class _Note:
    """Where the key is, under which name, and how it is known again; holds nothing secret."""

    place: KeyPlace
    name: str
    fingerprint: str


class Keys:
    """The key of the data folder `root`; made when it is first asked for.

    `keyrings` yields what the system offers, the best first; it is called in the thread that talks to them.
    """

    def __init__(
        self, root: Path, keyrings: "Callable[[], Iterator[Keyring]] | None" = None, patience: float = _PATIENCE
    ) -> None:
        self._note_path = root / "key.json"
        self._key_path = root / "secret.key"
        self._keyrings = keyrings or system_keyrings
        self._patience = patience
        self._key: bytes | None = None
        self._failed: tuple[float, KnownError] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def place(self) -> KeyPlace | None:
        """Return where the key is kept, None where none was needed so far."""
        note = await asyncio.to_thread(self._note)
        return note.place if note else None

    async def key(self) -> bytes:
        """Return the 32 bytes, made where there are none yet.

        Raises KnownError where the place that holds them does not give them; it is not asked again for a minute.
        """
        async with self._one_at_a_time:
            if self._key is None:
                self._refuse_again()
                try:
                    note = await asyncio.to_thread(self._note)
                    self._key = await (self._held(note) if note else self._made())
                except KnownError as error:
                    self._failed = time.monotonic() + _AGAIN, error
                    raise
            return self._key

    def _refuse_again(self) -> None:
        if self._failed is not None and time.monotonic() < self._failed[0]:
            raise KnownError(self._failed[1].title, self._failed[1].hint)

    def _is_needed(self) -> bool:
        """Return whether there is anything that only the key that there was can open."""
        return next(self._note_path.parent.glob("screenshots/*/*.sealed"), None) is not None

    async def _held(self, note: _Note) -> bytes:
        if note.place is KeyPlace.FILE:
            key = await asyncio.to_thread(self._filed)
        else:
            key = await self._from_keyring(note)
        if fingerprint(key) != note.fingerprint:
            raise KnownError(
                f"The key in {_PLACES[note.place]} is another than the one that this data was encrypted with.",
                "Put the right one back; encrypted screenshots cannot be opened without it.",
            )
        return key

    async def _from_keyring(self, note: _Note) -> bytes:
        try:
            held = await _in_a_thread(lambda: self._asked(note.name), self._patience)
        except TimeoutError:
            raise KnownError("The system's keyring did not answer, so the key is not at hand.", _WAY_OUT) from None
        if held is None:
            raise KnownError("The system's keyring does not have the key of the encrypted screenshots.", _WAY_OUT)
        return held

    def _asked(self, name: str) -> bytes | None:
        """Return the key from whichever keyring has it; all may be away, or deny it, in ways of their own."""
        for ring in self._keyrings():
            try:
                held = ring.get_password(_SERVICE, name)
                if held is not None:
                    return bytes.fromhex(held)
            except Exception as error:  # each backend raises its own
                _log.info("the keyring %s does not tell: %s", type(ring).__module__, str(error))
        return None

    def _filed(self) -> bytes:
        try:
            return bytes.fromhex(self._key_path.read_text("ascii"))
        except (OSError, ValueError) as error:
            raise KnownError(
                f"The key of the encrypted screenshots cannot be read from {self._key_path}.",
                "Put the file back; they cannot be opened without it.",
            ) from error

    async def _made(self) -> bytes:
        if await asyncio.to_thread(self._is_needed):
            raise KnownError(
                f"{self._note_path.name}, which says where the key is, is gone, and some screenshots are encrypted.",
                "Put it back from a copy of the data folder, or delete the encrypted screenshots.",
            )
        key, name = secrets.token_bytes(_LENGTH), secrets.token_hex(8)
        try:
            kept = await _in_a_thread(lambda: self._entrusted(name, key), self._patience)
        except TimeoutError:
            _log.info("the system's keyring did not answer; the key is kept in a file")
            kept = False
        note = _Note(KeyPlace.KEYRING if kept else KeyPlace.FILE, name, fingerprint(key))
        await asyncio.to_thread(self._write, key, note)
        return key

    def _entrusted(self, name: str, key: bytes) -> bool:
        """Give the key to the best keyring that takes it and gives it back; return whether one did."""
        for ring in self._keyrings():
            try:
                ring.set_password(_SERVICE, name, key.hex())
                if ring.get_password(_SERVICE, name) == key.hex():
                    return True
            except Exception as error:  # each backend raises its own
                _log.info("the keyring %s takes nothing: %s", type(ring).__module__, str(error))
        return False

    def _write(self, key: bytes, note: _Note) -> None:
        try:
            if note.place is KeyPlace.FILE:
                _write_private(self._key_path, key.hex())
            _write_private(self._note_path, json.dumps({"version": 1, **_plain(note)}))
        except OSError as error:
            raise KnownError(
                f"The key for encryption could not be kept: {error.strerror}.",
                "Free some space, and make the data folder writable for your account.",
            ) from error

    def _note(self) -> _Note | None:
        try:
            held = json.loads(self._note_path.read_text("utf-8"))
            return _Note(KeyPlace(held["place"]), str(held["name"]), str(held["fingerprint"]))
        except FileNotFoundError:
            return self._note_of_file()
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise KnownError(
                f"{self._note_path} cannot be read, so nobody knows where the key is.",
                "Put it back from a copy of the data folder; no new key is made in its place.",
            ) from error

    def _note_of_file(self) -> _Note | None:
        """Return the note that a key file needs where a kill came between the two, None where there is no key."""
        if not self._key_path.exists():
            return None
        return _Note(KeyPlace.FILE, "", fingerprint(self._filed()))


def fingerprint(key: bytes) -> str:
    """Return what a key is known by: sixteen digits that tell nothing of it."""
    return hashlib.sha256(b"productify key" + key).hexdigest()[:16]


def system_keyrings() -> "Iterator[Keyring]":
    """Yield the system's keyrings that can be trusted with a key, the best first.

    None that keeps it in the clear, and none that keeps nothing. Takes a tenth of a second the first time.
    """
    from keyring.backend import KeyringBackend, get_all_keyring

    get_all_keyring()  # loads the backends; what it returns is what worked when it was first called
    found = [(_priority(kind), kind) for kind in KeyringBackend.get_viable_backends()]
    for rank, kind in sorted(found, key=lambda pair: -pair[0]):
        module = kind.__module__
        if rank >= 1 and not module.startswith("keyrings.alt") and module.rpartition(".")[2] not in _NO_KEYRINGS:
            yield kind()


_NO_KEYRINGS = {"fail", "null", "chainer"}
"""Backends of the package that keep nothing themselves; what the chainer would ask is asked one by one."""

_PLACES = {KeyPlace.KEYRING: "the system's keyring", KeyPlace.FILE: "the key file"}


def _priority(kind: Any) -> float:
    try:
        return float(kind.priority)
    except Exception:  # a backend says by raising, and anything at all, that it does not work here
        return 0.0


def _plain(note: _Note) -> dict[str, str]:
    return {"place": note.place.value, "name": note.name, "fingerprint": note.fingerprint}


def _write_private(path: Path, text: str) -> None:
    """Write a file for this account alone, whole or not at all."""
    draft = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        draft.unlink()
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)


async def _in_a_thread(ask: Callable[[], T], patience: float) -> T:
    """Return what `ask` does, in a thread that nobody waits for: it may hang for as long as the user is asked.

    Raises TimeoutError after `patience` seconds.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def tell(set_it: Callable[[Any], None], value: Any) -> None:
        def when_wanted() -> None:
            if not answer.done():
                set_it(value)

        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(when_wanted)

    def run() -> None:
        try:
            value = ask()
        except Exception as error:
            tell(answer.set_exception, error)
        else:
            tell(answer.set_result, value)

    threading.Thread(target=run, name="keyring", daemon=True).start()
    async with asyncio.timeout(patience):
        return await answer
