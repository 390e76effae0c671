"""Where the key is kept, that there is never a second one, and what is said where it is away."""

import asyncio
import gc
import json
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from keyring.backend import KeyringBackend, get_all_keyring

from productify import keys
from productify.domain import KeyPlace
from productify.errors import KnownError
from productify.keys import Keys, system_keyrings

_LOGIN = "['/org/freedesktop/secrets/collection/login']"

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={root}</listen>
<policy context="default"><allow send_destination="*"/><allow eavesdrop="false"/><allow own="*"/></policy></busconfig>
"""
"""Nothing is started by being asked: it would be a second keyring, a locked one."""


class Drawer:
    """A keyring of the test's own, as no real one can be made to hang, lie or lose things at will."""

    def __init__(self) -> None:
        self.held: dict[tuple[str, str], str] = {}
        self.asked = 0
        self.answers = threading.Event()
        self.answers.set()

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.answers.wait(20)
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked += 1
        self.answers.wait(20)
        self.held[service, username] = password


class Liar(Drawer):
    """Takes a secret and does not have it afterwards."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


class Broken(Drawer):
    """Raises something of its own."""

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError("no vault")


def made(folder: Path, *rings: Any, patience: float = 5.0) -> Keys:
    return Keys(folder, lambda: iter(rings), patience)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


async def test_the_keyring_holds_the_key_and_the_folder_a_note(tmp_path: Path) -> None:
    drawer = Drawer()
    assert await made(tmp_path, drawer).place() is None
    first = made(tmp_path, drawer)
    key = await first.key()
    assert len(key) == 32
    assert await first.key() == key
    assert list(drawer.held.values()) == [key.hex()]
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]
    assert mode(tmp_path / "key.json") == 0o600
    assert key.hex() not in (tmp_path / "key.json").read_text()
    again = made(tmp_path, drawer)
    assert await again.key() == key
    assert await again.place() is KeyPlace.KEYRING


@pytest.mark.parametrize("rings", [(), (Liar(),), (Broken(),)], ids=["none", "liar", "broken"])
async def test_without_a_keyring_a_file_holds_it(tmp_path: Path, rings: tuple[Drawer, ...]) -> None:
    key = await made(tmp_path, *rings).key()
    assert (tmp_path / "secret.key").read_text() == key.hex()
    assert mode(tmp_path / "secret.key") == 0o600
    later = made(tmp_path, Drawer())  # a keyring that comes later changes nothing
    assert await later.key() == key
    assert await later.place() is KeyPlace.FILE


async def test_the_next_best_keyring_is_taken_where_the_best_does_not_work(tmp_path: Path) -> None:
    drawer = Drawer()
    key = await made(tmp_path, Broken(), Liar(), drawer).key()
    assert list(drawer.held.values()) == [key.hex()]
    assert await made(tmp_path, Broken(), drawer).key() == key


async def test_a_keyring_that_asks_its_user_is_not_waited_for(tmp_path: Path) -> None:
    drawer = Drawer()
    drawer.answers.clear()
    began = time.monotonic()
    key = await made(tmp_path, drawer, patience=0.1).key()
    assert time.monotonic() - began < 5
    assert await made(tmp_path, drawer).place() is KeyPlace.FILE
    drawer.answers.set()
    for thread in [thread for thread in threading.enumerate() if thread.name == "keyring"]:
        await asyncio.to_thread(thread.join, 5)
    assert await made(tmp_path, drawer).key() == key  # what the keyring took too late is nobody's key


async def test_a_keyring_that_is_away_never_leads_to_a_second_key(tmp_path: Path) -> None:
    drawer = Drawer()
    key = await made(tmp_path, drawer).key()
    note = (tmp_path / "key.json").read_bytes()
    for away in ((), (Drawer(),), (Broken(),)):
        with pytest.raises(KnownError, match="keyring") as caught:
            await made(tmp_path, *away).key()
        assert "Unlock" in caught.value.hint
    hanging = Drawer()
    hanging.answers.clear()
    waits = made(tmp_path, hanging, patience=0.05)
    with pytest.raises(KnownError, match="did not answer"):
        await waits.key()
    with pytest.raises(KnownError, match="did not answer"):
        await waits.key()
    assert hanging.asked == 1  # at once the second time
    hanging.held = drawer.held
    hanging.answers.set()
    assert await made(tmp_path, hanging).key() == key
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]
    assert (tmp_path / "key.json").read_bytes() == note


async def test_another_key_in_the_place_is_refused(tmp_path: Path) -> None:
    drawer = Drawer()
    await made(tmp_path, drawer).key()
    drawer.held = dict.fromkeys(drawer.held, "00" * 32)
    with pytest.raises(KnownError, match="another than the one"):
        await made(tmp_path, drawer).key()


@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
async def test_a_key_file_that_is_damaged_is_not_replaced(tmp_path: Path, damage: str) -> None:
    await made(tmp_path).key()
    file = tmp_path / "secret.key"
    match damage:
        case "gone":
            file.unlink()
        case "cut":
            file.write_text("0")
        case "other":
            file.write_text("00" * 32)
    before = file.read_bytes() if file.exists() else None
    with pytest.raises(KnownError, match="key"):
        await made(tmp_path, Drawer()).key()
    assert (file.read_bytes() if file.exists() else None) == before


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"place": "moon", "name": "", "fingerprint": ""}'])
async def test_a_note_that_cannot_be_read_leads_to_no_new_key(tmp_path: Path, text: str) -> None:
    await made(tmp_path).key()
    (tmp_path / "key.json").write_text(text)
    with pytest.raises(KnownError, match="cannot be read"):
        await made(tmp_path, Drawer()).key()
    assert (tmp_path / "key.json").read_text() == text


async def test_a_key_whose_note_a_kill_prevented_is_used(tmp_path: Path) -> None:
    key = await made(tmp_path).key()
    (tmp_path / "key.json").unlink()
    assert await made(tmp_path, Drawer()).key() == key


async def test_no_second_key_is_made_where_the_note_is_lost_and_pictures_need_the_first(tmp_path: Path) -> None:
    drawer = Drawer()
    await Keys(tmp_path, lambda: iter((drawer,))).key()
    (tmp_path / "key.json").unlink()
    sealed = tmp_path / "screenshots" / "2026-11-19" / "aa.webp.sealed"
    sealed.parent.mkdir(parents=True)
    sealed.touch()
    with pytest.raises(KnownError, match=r"key\.json"):
        await Keys(tmp_path, lambda: iter((drawer,))).key()
    assert len(drawer.held) == 1
    sealed.unlink()
    await Keys(tmp_path, lambda: iter((drawer,))).key()
    assert len(drawer.held) == 2


async def test_a_full_disk_is_said(tmp_path: Path) -> None:
    (tmp_path / "secret.key.part").mkdir()  # stands for anything that keeps the file from being written
    with pytest.raises(KnownError, match="could not be kept"):
        await made(tmp_path).key()
    assert not (tmp_path / "key.json").exists()


async def test_many_at_once_get_the_same_key(tmp_path: Path) -> None:
    one = made(tmp_path, Drawer())
    assert len(set(await asyncio.gather(*(one.key() for _ in range(20))))) == 1


async def test_only_keyrings_that_keep_secrets_secret_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    def backend(module: str, priority: float) -> type:
        return type("Keyring", (Drawer,), {"__module__": module, "priority": priority, "viable": True})

    good, better = backend("keyring.backends.Windows", 5), backend("keyring.backends.SecretService", 6)
    bad = [
        backend("keyrings.alt.file", 9), backend("keyring.backends.fail", 0), backend("keyring.backends.null", -1),
        backend("keyring.backends.chainer", 10), backend("somebody.plain", 0.5),
    ]  # fmt: skip
    get_all_keyring()  # so that the real ones are registered where they belong
    monkeypatch.setattr(KeyringBackend, "_classes", {*bad, good, better})
    assert [type(ring) for ring in system_keyrings()] == [better, good]


class Session:
    """A session bus of its own with GNOME's keyring on it, whose password is known."""

    def __init__(self, root: Path) -> None:
        read_end, write_end = os.pipe()
        (root / "bus.conf").write_text(_BUS.format(root=root))
        self._bus = subprocess.Popen(
            ["dbus-daemon", f"--config-file={root / 'bus.conf'}", "--nofork", f"--print-address={write_end}"],
            pass_fds=(write_end,),
            stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            address = pipe.readline().strip()
        self.env = {
            "PATH": os.environ["PATH"], "HOME": str(root), "XDG_RUNTIME_DIR": str(root), "LANG": "C.UTF-8",
            "XDG_DATA_HOME": str(root / "data"), "DBUS_SESSION_BUS_ADDRESS": address,
        }  # fmt: skip
        self._daemon: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the keyring, unlocked, and wait until it can be asked."""
        command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
        self._daemon = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=self.env
        )
        assert self._daemon.stdin is not None
        self._daemon.stdin.write(b"a password")
        self._daemon.stdin.close()
        end = time.monotonic() + 10
        while b"login" not in self.ask("ReadAlias", "default"):
            assert time.monotonic() < end, "gnome-keyring does not start"
            time.sleep(0.02)

    def ask(self, method: str, argument: str) -> bytes:
        """Call the secret service and return what it says, nothing where it is not there."""
        service = ("--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets")
        words = ["gdbus", "call", "--session", *service, "--method", f"org.freedesktop.Secret.Service.{method}"]
        return subprocess.run([*words, argument], env=self.env, capture_output=True, timeout=10, check=False).stdout

    def stop(self) -> None:
        """End the keyring."""
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(5)
            self._daemon = None

    def close(self) -> None:
        """End the bus as well."""
        self.stop()
        self._bus.terminate()
        self._bus.wait(5)


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """GNOME's keyring, which this process finds on its session bus."""
    with tempfile.TemporaryDirectory(prefix="keyring-") as root:
        found = Session(Path(root))
        try:
            for name in ("DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
                monkeypatch.setenv(name, found.env[name])
            yield found
        finally:
            found.close()


# The package leaves its connection to be collected where a keyring stays locked.
@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.desktop
async def test_gnomes_keyring_keeps_the_key(tmp_path: Path, session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_AGAIN", -1.0)
    session.start()
    key = await Keys(tmp_path).key()
    assert json.loads((tmp_path / "key.json").read_text())["place"] == "keyring"
    assert not (tmp_path / "secret.key").exists()
    assert await Keys(tmp_path).key() == key

    assert b"login" in session.ask("Lock", _LOGIN)
    with pytest.raises(KnownError, match="keyring"):
        await Keys(tmp_path, patience=2).key()
    session.stop()
    lasting = Keys(tmp_path, patience=2)
    with pytest.raises(KnownError, match="keyring"):
        await lasting.key()
    gc.collect()
    session.start()
    assert await lasting.key() == key
    assert [path.name for path in tmp_path.iterdir()] == ["key.json"]
