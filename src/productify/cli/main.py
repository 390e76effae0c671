"""From the words of a command to its exit code: 0 done, 1 a known error, 2 wrong usage."""

import asyncio
import io
import os
import sys
from collections.abc import Sequence

from productify.cli.parser import parser
from productify.cli.rooms import run_of
from productify.errors import KnownError, UsageError
from productify.log import start_logging, stop_logging
from productify.paths import keep_private, open_data_dir


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; known errors are one sentence on stderr."""
    try:
        words = parser()
        chosen = words.parse_args(arguments)
        if chosen.command is None:
            words.error("a command is needed here")
    except SystemExit as ended:  # argparse has said what is wrong, or shown the help
        return ended.code if isinstance(ended.code, int) else 2
    _print_whatever_comes()
    keep_private()
    try:
        data_dir = open_data_dir(chosen.data_dir)
        start_logging(data_dir.logs, verbose=chosen.verbose)
        code = asyncio.run(run_of(chosen.command)(data_dir, chosen))
        sys.stdout.flush()
        return code
    except UsageError as error:
        return _tell(error, 2)
    except KnownError as error:
        return _tell(error, 1)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read the output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    finally:
        stop_logging()


def _print_whatever_comes() -> None:
    """Let a title that the terminal cannot show cost some characters of it, not the whole output."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _tell(error: KnownError, code: int) -> int:
    print(f"productify: {error}", file=sys.stderr)
    return code
