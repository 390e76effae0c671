"""Commands that change something about the desktop."""

import argparse
import os

from productify.cli.rooms import Run
from productify.paths import DataDir
from productify.tracker.gnome_extension import install


async def gnome_extension(_data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Install the GNOME Shell extension and switch it on."""
    folder = await install(os.environ)
    print(f"Installed in {folder}. It works after you log out and in again.")
    return 0


COMMANDS: dict[str, Run] = {"gnome-extension": gnome_extension}
