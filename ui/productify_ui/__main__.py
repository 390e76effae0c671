"""The `productify` command: the window and its pictures here, everything else in `productify.cli`, without Qt."""

import argparse
import importlib.util
import sys
from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run what the arguments ask for and return the exit code: 0 done, 1 a known error, 2 wrong usage."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    own, rest = _own_parser().parse_known_args(arguments)
    if rest and rest[0] != "picture":
        from productify import cli

        return cli.main(arguments)
    return _with_qt(own, arguments, picture=bool(rest))


def _own_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("productify", add_help=False, allow_abbrev=False)
    parser.add_argument("--data-dir")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--minimized", action="store_true")
    return parser


def _with_qt(own: argparse.Namespace, arguments: list[str], *, picture: bool) -> int:
    from productify.errors import KnownError, UsageError
    from productify.log import start_logging, stop_logging
    from productify.paths import keep_private, open_data_dir

    keep_private()
    try:
        data_dir = open_data_dir(own.data_dir)
        start_logging(data_dir.logs, verbose=own.verbose)
        _require_qt()
        from productify_ui.features import leave_sources_alone

        leave_sources_alone()
        if picture:
            from productify_ui.picture import take_picture

            return take_picture(data_dir, arguments)
        from productify_ui.app import start

        return start(data_dir, minimized=own.minimized)
    except KnownError as error:
        sys.stderr.write(f"productify: {error}\n")
        return 2 if isinstance(error, UsageError) else 1
    finally:
        stop_logging()


def _require_qt() -> None:
    from productify.errors import KnownError

    if importlib.util.find_spec("PySide6") is None or importlib.util.find_spec("qasync") is None:
        raise KnownError("The window is not installed.", "Install productify-pro with its [app] extra.")


if __name__ == "__main__":
    sys.exit(main())
