"""Bad words, bad folders, bad databases: one sentence on stderr, no traceback, nothing changed."""

import os
import shlex
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from commands import command, environment, productify

pytestmark = pytest.mark.filterwarnings("default::ResourceWarning")


def _says(done: "subprocess.CompletedProcess[str]", code: int, words: str) -> None:
    assert done.returncode == code, done.stderr
    assert words in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    if code == 1:
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr


@pytest.fixture(scope="module")
def three_days(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with three days in it, which tests copy."""
    folder = tmp_path_factory.mktemp("three-days")
    assert productify("demo", "--days", "3", data=folder).returncode == 0
    return folder


@pytest.fixture
def data(three_days: Path, tmp_path: Path) -> Path:
    """A data folder with three days in it, for one test alone."""
    return shutil.copytree(three_days, tmp_path / "data")


@pytest.mark.parametrize(
    "words",
    [
        ("--nonsense",),
        ("status", "--nonsense"),
        ("nonsense",),
        ("summary", "--by", "moon"),
        ("summary", "--day", "someday"),
        ("summary", "--from", "2026-02-02", "--to", "2026-02-01"),
        ("pause", "soon"),
        ("track", "--for", "-1"),
        ("demo", "--days", "0"),
        ("export", "file.json"),
        ("summary", "--day", "0001-01-01"),
        ("activities", "--to", "9999-12-31"),
        ("status", "--day", "today", "--from", "yesterday"),
        ("pause", "²"),
        ("track", "--for", "nan"),
        ("demo", "--until", "0001-01-01T00:00:00+14:00"),
        ("demo", "--days", "many"),
        ("demo", "--per-day", "5"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    done = productify(*words, data=tmp_path)
    assert done.returncode == 2, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("productify: ")
    assert "Traceback" not in done.stderr


def test_an_unknown_flag_is_named(tmp_path: Path) -> None:
    assert "--nonsense" in productify("--nonsense", data=tmp_path).stderr
    assert "'nonsense'" in productify("nonsense", data=tmp_path).stderr


def test_everything_written_is_for_its_user_alone(tmp_path: Path) -> None:
    data = tmp_path / "open to all"
    data.mkdir(mode=0o755)
    assert productify("demo", "--days", "2", data=data).returncode == 0
    assert productify("export", "--format", "json", tmp_path / "all.json", data=data).returncode == 0
    written = [path for path in (*data.rglob("*"), tmp_path / "all.json") if path.is_file()]
    assert len(written) > 3
    assert [path for path in written if path.stat().st_mode & 0o077] == []


def test_a_data_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    _says(productify("status", data=tmp_path / "file"), 1, "is a file")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_data_folder_of_nobody() -> None:
    _says(productify("--data-dir", "~no-such-user/data", "status"), 1, "nobody's home")


def test_logs_that_cannot_be_written(data: Path) -> None:
    shutil.rmtree(data / "logs")
    (data / "logs").write_text("a file where a folder should be")
    _says(productify("status", data=data), 1, "cannot be written")


def test_a_read_only_data_folder(data: Path) -> None:
    data.chmod(0o500)
    # Root may write anywhere; without these two capabilities it may not.
    wrap = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.geteuid() == 0 else ()
    try:
        _says(productify("status", data=data, wrap=wrap), 1, "cannot be written")
    finally:
        data.chmod(0o700)
    assert productify("check", data=data).returncode == 0


FULL_DISK = """
mount -t tmpfs -o size=3m none "$PRODUCTIFY_DATA_DIR" || exit 77
"$@"
code=$?
"$1" -m productify_ui check
exit $code
"""


def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """A small disk of its own, seen by this one command alone, fills up while days are written."""
    wrap = ("unshare", *(() if os.geteuid() == 0 else ("--map-root-user",)), "--mount", "sh", "-c", FULL_DISK, "sh")
    done = productify("demo", "--days", "200", data=tmp_path, wrap=wrap)
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("mounting is not allowed here; the limit on the size of files stands in for it")
    _says(done, 1, "disk is full")
    assert "sound" in done.stdout


def test_files_that_may_not_grow(tmp_path: Path) -> None:
    wrap = ("sh", "-c", 'ulimit -f 3000; exec "$@"', "sh")
    done = productify("demo", "--days", "200", data=tmp_path, wrap=wrap)
    _says(done, 1, "disk reported an error")
    assert productify("check", data=tmp_path).returncode == 0


@pytest.mark.parametrize("damage", ["garbage", "torn"])
def test_a_damaged_database_is_refused_and_restored(data: Path, damage: str) -> None:
    assert productify("backup", data / "backups" / "mine.db", data=data).returncode == 0
    before = productify("summary", "--from", "2000-01-01", "--json", data=data).stdout
    database = data / "productify.db"
    for part in data.glob("productify.db-*"):
        part.unlink()
    if damage == "garbage":
        database.write_bytes(os.urandom(64 * 1024))
    else:
        _tear(database)
    bad = database.read_bytes()
    done = productify("summary", "--from", "2000-01-01", data=data)
    _says(done, 1, "damaged")
    assert f"productify restore {data / 'backups' / 'mine.db'}" in done.stderr
    assert productify("restore", data / "backups" / "mine.db", data=data).returncode == 0
    assert productify("summary", "--from", "2000-01-01", "--json", data=data).stdout == before
    kept = next(data.glob("productify-before-restore-*.db"))
    assert kept.read_bytes() == bad


def test_a_damaged_backup_changes_nothing(data: Path) -> None:
    (data / "bad.db").write_bytes(os.urandom(8192))
    before = (data / "productify.db").read_bytes()
    _says(productify("restore", data / "bad.db", data=data), 1, "damaged")
    _says(productify("restore", data / "none.db", data=data), 1, "no backup")
    assert (data / "productify.db").read_bytes() == before


def test_a_newer_database_is_refused_untouched(data: Path) -> None:
    with closing(sqlite3.connect(data / "productify.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = 'from_the_future'")
        connection.commit()
    before = (data / "productify.db").read_bytes()
    _says(productify("status", data=data), 1, "newer version")
    assert (data / "productify.db").read_bytes() == before


def test_no_display(tmp_path: Path) -> None:
    done = productify(data=tmp_path)
    _says(done, 1, "no display")
    assert "--virtual-display" in done.stderr
    _says(productify("track", "--for", "1", data=tmp_path), 1, "no display")


def test_no_bus_is_no_error(tmp_path: Path) -> None:
    done = productify("doctor", data=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "missing" in done.stdout


def test_nobody_to_pause(tmp_path: Path) -> None:
    for words in (("pause", "15"), ("resume",), ("incognito",), ("quit",)):
        _says(productify(*words, data=tmp_path), 1, "not running")


def test_files_that_cannot_be_imported(data: Path, tmp_path: Path) -> None:
    (tmp_path / "text.json").write_text("not json")
    (tmp_path / "other.json").write_text('{"some": "thing"}')
    _says(productify("import", tmp_path / "none.json", data=data), 1, "cannot be read")
    _says(productify("import", tmp_path / "text.json", data=data), 1, "not a JSON file")
    _says(productify("import", tmp_path / "other.json", data=data), 1, "neither")
    assert productify("check", data=data).returncode == 0


def test_a_place_that_cannot_be_written(data: Path) -> None:
    _says(productify("export", "--format", "json", "/proc/none.json", data=data), 1, "could not be written")
    _says(productify("backup", "/proc/none.db", data=data), 1, "could not be written")


def test_the_database_is_no_place_for_an_export_or_a_backup(data: Path) -> None:
    before = (data / "productify.db").read_bytes()
    _says(productify("export", "--format", "csv", data / "productify.db", data=data), 2, "database itself")
    _says(productify("backup", data / "productify.db", data=data), 1, "no place")
    assert (data / "productify.db").read_bytes() == before


def test_a_reader_that_has_seen_enough(data: Path) -> None:
    words = shlex.join(command("activities", "--from", "2000-01-01"))
    done = subprocess.run(
        f"set -o pipefail; {words} | head -n 1", shell=True, executable="/bin/bash", env=environment(data),
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_that_knows_few_letters(data: Path) -> None:
    done = productify("activities", "--from", "2000-01-01", data=data, env={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "Mozilla Firefox" in done.stdout


def test_demo_leaves_a_folder_in_use_alone(data: Path) -> None:
    before = productify("summary", "--json", data=data).stdout
    _says(productify("demo", data=data), 1, "not empty")
    assert productify("summary", "--json", data=data).stdout == before


def _tear(database: Path) -> None:
    """Overwrite the middle of a database, as a failing disk does; its head stays whole."""
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 8192))
