"""Taking away what the app has put on the system: nothing of it stays, and data do."""

from pathlib import Path

from commands import productify
from productify.clock import SettableClock, SystemClock
from productify.domain import FocusPlan
from productify.service.focusing import restart_unit
from productify.tracker.gnome_extension import UUID
from service.rig import reading, recording


async def test_nothing_stays_but_the_data(tmp_path: Path, monkeypatch) -> None:
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "config"), "XDG_DATA_HOME": str(tmp_path / "share")}
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    data = tmp_path / "data"
    async with reading(data) as service:
        await service.preferences.save("start_on_boot", True)
        await service.extension.write()
    shell, unit = tmp_path / "share" / "gnome-shell" / "extensions" / UUID, restart_unit.unit_path()
    shell.mkdir(parents=True)
    unit.parent.mkdir(parents=True)
    unit.write_text(restart_unit.unit(data), "utf-8")
    entry = tmp_path / "config" / "autostart" / "productify-pro.desktop"
    assert entry.exists()
    done = productify("remove", data=data, env=environment)
    assert done.returncode == 0, done.stderr
    assert str(data) in done.stdout
    assert [path for path in (entry, shell, unit, data / "Productify Pro browser extension") if path.exists()] == []
    assert (data / "productify.db").exists()
    async with reading(data) as service:
        assert not service.settings.flag("start_on_boot")


async def test_a_strict_session_is_not_ended_by_it(tmp_path: Path) -> None:
    async with recording(tmp_path / "data", SettableClock(SystemClock().now())) as rig:
        await rig.service.focus.start(FocusPlan(600, strict=True))
    done = productify("remove", data=tmp_path / "data")
    assert done.returncode == 1
    assert "A strict session runs." in done.stderr
