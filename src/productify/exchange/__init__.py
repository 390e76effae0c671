"""Files that leave and enter: one module a format, listed here; pure, knowing neither store nor clock."""

from collections.abc import Callable
from typing import TextIO

from productify.exchange.format import Exporter, Names
from productify.exchange.native import CsvExporter, JsonExporter
from productify.exchange.watch import WatchExporter

EXPORTERS: dict[str, Callable[[TextIO, Names], Exporter]] = {
    "json": JsonExporter,
    "csv": CsvExporter,
    "activitywatch": WatchExporter,
}
