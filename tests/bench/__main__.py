"""Measure everything and print one table: python -m tests.bench [--data FOLDER] [--quick]."""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import recording
from bench.data import FIVE_YEARS, ONE_YEAR, data_dir
from bench.table import Figure, printed


def main() -> int:
    """Return 0 where every budget is kept, else 1."""
    words = argparse.ArgumentParser("bench")
    words.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "productify-bench")
    words.add_argument("--quick", action="store_true", help="one year of data in place of five")
    chosen = words.parse_args()
    one = data_dir(chosen.data, ONE_YEAR)
    large = one if chosen.quick else data_dir(chosen.data, FIVE_YEARS)
    with tempfile.TemporaryDirectory() as scratch:
        figures = [*recording.tracker_cpu(Path(scratch)), *recording.memory(one)]
    figures += _in_a_process("first_paint", one)
    figures += _in_a_process("window", large)
    figures += _in_a_process("search", large)
    figures += _in_a_process("editing", large)
    figures += _in_a_process("shots", chosen.data / "shots")
    figures += _in_a_process("gallery", chosen.data / "shots")
    figures += _in_a_process("capture", chosen.data)
    figures += _in_a_process("overlay", chosen.data)
    print(printed(figures))
    return 0 if all(figure.kept for figure in figures) else 1


def _in_a_process(module: str, data: Path) -> list[Figure]:
    """Run a measure in a process of its own and return what it prints, a figure a line."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", str(data)],
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [_figure(line) for line in done.stdout.splitlines() if line.startswith("figure\t")]


def _figure(line: str) -> Figure:
    _, what, measured, budget, unit, detail = line.split("\t")
    return Figure(what, float(measured), float(budget), unit, detail)


if __name__ == "__main__":
    sys.exit(main())
