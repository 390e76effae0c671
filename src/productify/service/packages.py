"""How a package of the system is installed here."""

import shutil

_INSTALLERS = (
    ("apt-get", "sudo apt install"),
    ("dnf", "sudo dnf install"),
    ("pacman", "sudo pacman -S"),
    ("zypper", "sudo zypper install"),
)


def command_for(package: str) -> str:
    """Return the command that installs a package here, empty where no known package manager is there."""
    return next((f"{words} {package}" for program, words in _INSTALLERS if shutil.which(program)), "")
