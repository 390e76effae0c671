"""The pictures' files: a folder for each day, names that give nothing away, whole or not there at all."""

import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Protocol

from productify.capture.aside import Aside
from productify.errors import KnownError
from productify.paths import DataDir

SEALED = ".sealed"
"""What the name of an encrypted file ends in."""

_SUFFIXES = {"webp": ".webp", "jpeg": ".jpg"}
_THUMBNAIL = ".thumb.jpg"
_UNFINISHED = ".part"


class Seal(Protocol):
    """Encrypts a file's content; `name` is bound to it, so that no file can pass for another."""

    def seal(self, data: bytes, name: str) -> bytes:
        """Return `data` encrypted."""
        ...

    def open(self, data: bytes, name: str) -> bytes:
        """Return what was sealed; raises KnownError where the key is another or the data is damaged."""
        ...


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a picture and its thumbnail lie, relative to the data folder with forward slashes; sizes in bytes."""

    file_path: str
    thumbnail_path: str
    file_size: int
    thumbnail_size: int


class Album:
    """The files below one data folder; each function blocks on the disk and raises OSError where it fails.

    `aside` holds those that the database does not know.
    """

    def __init__(self, data_dir: DataDir) -> None:
        self.aside = Aside(data_dir)
        self._root = data_dir.root
        self._folder = data_dir.screenshots

    def write(self, day: date, encoded: bytes, thumbnail: bytes, kind: str, seal: Seal | None) -> Kept:
        """Keep a picture (`kind` is "webp" or "jpeg") and its JPEG thumbnail among those of `day`: both or none."""
        folder = self._folder / day.isoformat()
        for each in (self._folder, folder):
            each.mkdir(mode=0o700, exist_ok=True)
        return self._write(folder, encoded, thumbnail, kind, seal)

    def replace(self, path: str, encoded: bytes, thumbnail: bytes, kind: str, seal: Seal | None) -> Kept:
        """Keep what shall stand in for the picture at `path`, beside it.

        The old files stay until `delete`: once the row names the new ones they are wanted no more.
        """
        return self._write(self._place(path).parent, encoded, thumbnail, kind, seal)

    def read(self, path: str, seal: Seal | None) -> bytes:
        """Return the content of a file, opened where its name says that it is sealed; FileNotFoundError."""
        place = self._place(path)
        data = place.read_bytes()
        if not path.endswith(SEALED):
            return data
        if seal is None:
            raise ValueError("a sealed picture needs the key")
        return seal.open(data, place.name)

    def has(self, path: str) -> bool:
        """Return whether there is a file at `path`."""
        try:
            return self._place(path).is_file()
        except FileNotFoundError:
            return False

    def delete(self, paths: Iterable[str]) -> int:
        """Delete files and the folders that become empty; return how many there were.

        One that cannot be deleted does not keep the others from it; KnownError tells of it at the end.
        """
        count, failed = 0, list[OSError]()
        for path in paths:
            try:
                place = self._place(path)
                place.unlink()
            except FileNotFoundError:
                continue
            except OSError as error:
                failed.append(error)
                continue
            count += 1
            with suppress(OSError):  # the day has other pictures
                place.parent.rmdir()
        if failed:
            raise KnownError(
                "Some screenshot files could not be deleted.",
                f"Look whether another program has them open, or the folder is write-protected ({failed[0].strerror}).",
            ) from failed[0]
        return count

    def files(self) -> Iterator[tuple[str, float]]:
        """Return each file, unfinished ones too, with when it was last written (Unix seconds)."""
        for place in sorted(self._folder.glob("*/*")):
            with suppress(FileNotFoundError):  # deleted meanwhile
                yield place.relative_to(self._root).as_posix(), place.stat().st_mtime

    def is_empty(self) -> bool:
        """Return whether there is not even a folder."""
        return not self._folder.exists()

    def free_bytes(self) -> int:
        """Return how much room the disk has."""
        return shutil.disk_usage(self._folder if self._folder.exists() else self._root).free

    def _write(self, folder: Path, encoded: bytes, thumbnail: bytes, kind: str, seal: Seal | None) -> Kept:
        name = secrets.token_hex(16)
        written: list[Path] = []
        try:
            for data, suffix in ((thumbnail, _THUMBNAIL), (encoded, _SUFFIXES[kind])):
                written.append(_written(folder / (name + suffix), data, seal))
            _settle(folder)
        except BaseException:
            for place in written:
                place.unlink(missing_ok=True)
            raise
        small, large = written
        return Kept(self._path(large), self._path(small), large.stat().st_size, small.stat().st_size)

    def _path(self, place: Path) -> str:
        return place.relative_to(self._root).as_posix()

    def _place(self, path: str) -> Path:
        """Return where `path` lies; one that leads out of the folder, as another's database may hold, is no file."""
        parts = PurePosixPath(path).parts
        if len(parts) != 3 or parts[0] != self._folder.name or ".." in parts:
            raise FileNotFoundError(f"no picture can lie at {path!r}")
        return self._root.joinpath(*parts)


def _written(place: Path, data: bytes, seal: Seal | None) -> Path:
    """Write a file that is whole once it bears its name, also after a power cut, and return where it lies."""
    if seal is not None:
        place = place.with_name(place.name + SEALED)
        data = seal.seal(data, place.name)
    unfinished = place.with_name(place.name + _UNFINISHED)
    try:
        with open(
            os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), "wb"
        ) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(place)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return place


def _settle(folder: Path) -> None:
    """Bring the names in `folder` to the disk, where the system has a way to."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
