"""The pictures' files: whole or not there, readable by their user alone, found again."""

import errno
import os
import re
import resource
import signal
import stat
from datetime import date
from pathlib import Path

import pytest

from productify.capture.album import Album, Kept
from productify.paths import DataDir

DAY = date(2026, 11, 19)


class _Reversed:
    """Stands for encryption, which has tests of its own: here it counts that names and content go through it."""

    def seal(self, data: bytes, name: str) -> bytes:
        return name.encode() + b"|" + data[::-1]

    def open(self, data: bytes, name: str) -> bytes:
        bound, _, rest = data.partition(b"|")
        assert bound == name.encode()
        return rest[::-1]


@pytest.fixture
def album(tmp_path: Path) -> Album:
    return Album(DataDir(tmp_path))


def _names(tmp_path: Path) -> list[str]:
    return sorted(place.relative_to(tmp_path).as_posix() for place in tmp_path.rglob("*") if place.is_file())


def _write(album: Album, data: bytes = b"picture", kind: str = "webp") -> Kept:
    return album.write(DAY, data, b"thumb", kind, None)


def test_a_picture_lies_by_its_day_under_a_name_that_tells_nothing(album, tmp_path):
    kept = _write(album)
    assert re.fullmatch(r"screenshots/2026-11-19/[0-9a-f]{32}\.webp", kept.file_path)
    assert kept.thumbnail_path == kept.file_path.replace(".webp", ".thumb.jpg")
    assert (kept.file_size, kept.thumbnail_size) == (7, 5)
    assert album.read(kept.file_path, None) == b"picture"
    assert album.read(kept.thumbnail_path, None) == b"thumb"
    assert _write(album, kind="jpeg").file_path.endswith(".jpg")
    assert len(_names(tmp_path)) == 4


def test_nobody_else_can_read_it_whatever_the_umask(album, tmp_path):
    before = os.umask(0)
    try:
        kept = _write(album)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE((tmp_path / path).stat().st_mode) for path in (kept.file_path, kept.thumbnail_path)}
    folders = {stat.S_IMODE(place.stat().st_mode) for place in (tmp_path / kept.file_path).parents[:2]}
    assert (modes, folders) == ({0o600}, {0o700})


def test_a_sealed_one_says_so_and_is_bound_to_its_name(album, tmp_path):
    kept = album.write(DAY, b"picture", b"thumb", "webp", _Reversed())
    assert kept.file_path.endswith(".webp.sealed")
    assert kept.thumbnail_path.endswith(".thumb.jpg.sealed")
    assert album.read(kept.file_path, _Reversed()) == b"picture"
    assert (tmp_path / kept.file_path).stat().st_size == kept.file_size
    with pytest.raises(ValueError, match="key"):
        album.read(kept.file_path, None)


def test_a_replacement_stands_beside_the_old_one_until_that_is_deleted(album):
    old = _write(album)
    new = album.replace(old.file_path, b"blurred", b"small", "webp", None)
    assert album.read(old.file_path, None) == b"picture"
    assert album.delete([old.file_path, old.thumbnail_path]) == 2
    assert {path for path, _ in album.files()} == {new.file_path, new.thumbnail_path}
    assert album.read(new.file_path, None) == b"blurred"


def test_a_day_without_pictures_has_no_folder(album, tmp_path):
    kept = _write(album)
    assert album.delete([kept.file_path, kept.thumbnail_path, kept.file_path]) == 2
    assert list((tmp_path / "screenshots").iterdir()) == []


@pytest.mark.parametrize("path", ["productify.db", "../secret", "screenshots/../productify.db", "/etc/passwd", ""])
def test_no_path_leads_out_of_the_folder(album, tmp_path, path):
    (tmp_path / "productify.db").write_bytes(b"the record")
    _write(album)
    with pytest.raises(FileNotFoundError):
        album.read(path, None)
    assert album.delete([path]) == 0
    assert (tmp_path / "productify.db").exists()


def test_a_disk_that_takes_only_the_first_file_keeps_neither(album, tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, before[1]))
    try:
        with pytest.raises(OSError, match="large|big") as failed:
            album.write(DAY, bytes(5000), b"thumb", "webp", None)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert failed.value.errno == errno.EFBIG
    assert _names(tmp_path) == []


def test_unfinished_files_are_found_too(album, tmp_path):
    kept = _write(album)
    left = tmp_path / (kept.file_path + ".part")
    left.write_bytes(b"half")
    assert {path for path, _ in album.files()} == {kept.file_path, kept.thumbnail_path, kept.file_path + ".part"}
    assert album.free_bytes() > 0
