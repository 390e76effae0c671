"""Apps by the names people use."""

import os
from pathlib import Path

import pytest

from productify.tracker.desktop_entries import DesktopEntries, languages_of
from productify.tracker.identity import Identities, Identity
from productify.tracker.interpreters import script_of


def desktop_file(folder: Path, name: str, **values: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = [f"{key.replace('__', '[').replace('_C', ']')}={value}" for key, value in values.items()]
    (folder / f"{name}.desktop").write_text("\n".join(["# a comment", "[Desktop Entry]", "Type=Application", *lines]))


@pytest.fixture
def machine(tmp_path):
    """Return (entries, proc): desktop files and processes of a made-up machine."""
    system, home = tmp_path / "system" / "applications", tmp_path / "home" / "applications"
    desktop_file(system, "debian-xterm", Name="XTerm", Icon="mini.xterm", Exec="xterm", StartupWMClass="XTerm")
    desktop_file(system, "org.example.Paper", Name="Paper", Name__de_C="Papier", Icon="paper", Exec="paper %U")
    desktop_file(system, "org.example.paper-settings", Name="Paper Settings", Exec="paper --settings")
    desktop_file(system, "timer", Name="Tea Timer", Icon="/opt/tea.png", Exec="python3 /opt/tea/timer.py %f")
    desktop_file(system, "python3", Name="Python", Exec="/usr/bin/python3", NoDisplay="true")
    desktop_file(system, "gone", Name="Gone", Exec="gone", Hidden="true")
    desktop_file(system, "override", Name="Old", Exec="override")
    desktop_file(home, "override", Name="Mine", Exec="override")
    (system / "broken.desktop").write_bytes(b"\xff\xfe no group at all")
    proc = tmp_path / "proc"
    proc.mkdir()
    return DesktopEntries([home, system]), proc


def process(proc: Path, pid: int, exe: str, *arguments: str) -> int:
    (proc / str(pid)).mkdir()
    os.symlink(exe, proc / str(pid) / "exe")
    (proc / str(pid) / "cmdline").write_bytes(b"\0".join(os.fsencode(each) for each in (exe, *arguments)) + b"\0")
    return pid


def test_the_class_that_a_desktop_file_declares(machine):
    entries, proc = machine
    assert Identities(entries, proc).of(("xterm", "XTerm"), None) == Identity("XTerm", "debian-xterm")


def test_the_last_part_of_an_id_and_not_the_apps_settings(machine):
    entries, proc = machine
    assert Identities(entries, proc).of(("paper", "Paper"), None).app_name == "Paper"


def test_the_program_where_the_class_says_nothing(machine):
    entries, proc = machine
    pid = process(proc, 7, "/usr/bin/paper")
    assert Identities(entries, proc).of(("main", ""), pid).app_name == "Paper"


def test_an_interpreter_is_the_script_that_it_runs(machine):
    entries, proc = machine
    pid = process(proc, 7, "/usr/bin/python3.11", "-u", "/opt/tea/timer.py")
    known = Identities(entries, proc).of(("tk", "Tk"), pid)
    assert (known.app_name, known.app_id, known.script) == ("Tea Timer", "timer", "timer")


def test_a_script_without_a_desktop_file_has_its_own_name(machine):
    entries, proc = machine
    pid = process(proc, 7, "/usr/bin/python3.11", "/home/me/water-plants.py")
    assert Identities(entries, proc).of(("", ""), pid).app_name == "Water Plants"


@pytest.mark.parametrize(
    ("wm_class", "name"),
    [
        (("gedit-like", "Gedit-like"), "Gedit Like"),
        (("x", "org.example.SomeViewer"), "SomeViewer"),
        (("code", "Code"), "VS Code"),
        (("a.py", "a.py"), "A"),
        (("", ""), "Unknown app"),
        (("tk", "Tk"), "Tk"),
    ],
)
def test_a_class_without_a_desktop_file_is_written_as_people_do(machine, wm_class, name):
    entries, proc = machine
    assert Identities(entries, proc).of(wm_class, None).app_name == name


def test_a_process_that_is_gone_or_not_ours_is_no_failure(machine):
    entries, proc = machine
    assert Identities(entries, proc).of(("foo", "Foo"), 4242) == Identity("Foo", "Foo")


def test_hidden_entries_do_not_exist_and_the_users_own_win(machine):
    entries, _ = machine
    assert entries.by_program("gone") is None
    assert entries.by_program("override").name == "Mine"


def test_an_app_that_is_installed_later_is_found(machine, tmp_path):
    entries, proc = machine
    identities = Identities(entries, proc)
    assert identities.of(("new", "new"), 1).app_id == "new"
    desktop_file(tmp_path / "home" / "applications", "org.example.new", Name="Brand New", Exec="new")
    assert identities.of(("new", "new"), 2).app_name == "Brand New"


def test_icons(machine):
    entries, proc = machine
    identities = Identities(entries, proc)
    assert identities.icon_of("debian-xterm") == "mini.xterm"
    assert identities.icon_of("timer") == "/opt/tea.png"
    assert identities.icon_of("nobody") is None


def test_names_in_the_users_language(tmp_path):
    desktop_file(tmp_path / "applications", "paper", Name="Paper", Name__de_C="Papier", Exec="paper")
    german = {"XDG_DATA_DIRS": str(tmp_path), "HOME": "/nowhere", "LANG": "de_DE.UTF-8"}
    assert DesktopEntries.of_environment(german).by_id("paper").name == "Papier"
    assert DesktopEntries.of_environment({**german, "LC_ALL": "C.UTF-8"}).by_id("paper").name == "Paper"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("de_DE.UTF-8", ("de_DE", "de")),
        ("sr_RS@latin", ("sr_RS@latin", "sr_RS", "sr@latin", "sr")),
        ("C.UTF-8", ()),
        ("", ()),
    ],
)
def test_languages(value, expected):
    assert languages_of({"LANG": value}) == expected


@pytest.mark.parametrize(
    ("arguments", "script"),
    [
        (["/usr/bin/python3", "/opt/app.d/tea.py"], "tea"),
        (["/usr/bin/python3.12", "-X", "dev", "-m", "http.server"], "http.server"),
        (["/usr/bin/python3", "-c", "print()"], None),
        (["/usr/bin/python3", "/opt/gadget/__main__.py"], "gadget"),
        (["/usr/bin/node", "--require", "x", "/srv/api/index.js"], "api"),
        (["/usr/lib/electron28/electron", "--no-sandbox", "/opt/notes/resources/app.asar"], "notes"),
        (["/usr/bin/java", "-Xmx1g", "-jar", "/opt/JDownloader.jar"], "JDownloader"),
        (["/usr/bin/java", "-cp", "a:b", "org.example.Main2"], "Main2"),
        (["/bin/bash"], None),
        (["/usr/bin/xterm", "-e", "sh"], None),
    ],
)
def test_scripts(arguments, script):
    assert script_of(arguments[0], arguments) == script
