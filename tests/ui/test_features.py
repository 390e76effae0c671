"""What the app's start leaves in memory is the app, not the source of its libraries."""

import subprocess
import sys

_START = """
import linecache, sys
from productify_ui.features import leave_sources_alone
leave_sources_alone()
import sqlalchemy.orm
print(*[name for name in linecache.cache if "sqlalchemy" in name and name.endswith(".py")])
"""
_IN_THE_TRAY = """
import sys, productify_ui.app
print(*sys.modules.keys() & {"productify_ui.window", "productify_ui.pages"})
"""

_ASKING_FOR_A_TRAY = """
import sys, productify_ui.tray_host
productify_ui.tray_host._takes_windows()
print(*sys.modules.keys() & {"sqlalchemy"})
"""


def _printed(code: str) -> str:
    return subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()


def test_qt_reads_no_source_of_other_modules():
    assert _printed(_START) == ""


def test_the_tray_needs_no_window():
    assert _printed(_IN_THE_TRAY) == ""


def test_asking_for_a_tray_brings_no_database():
    assert _printed(_ASKING_FOR_A_TRAY) == ""
