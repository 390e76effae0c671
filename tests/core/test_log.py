import logging
import logging.handlers
from pathlib import Path

import pytest

from productify.errors import KnownError
from productify.log import start_logging, stop_logging

_LOG = logging.getLogger("productify.test")


@pytest.fixture(autouse=True)
def _stopped():
    yield
    stop_logging()


def test_the_file_gets_information_and_stderr_warnings(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    start_logging(tmp_path / "logs")
    _LOG.info("something happened")
    _LOG.log(logging.DEBUG, "something tiny happened")
    stop_logging()
    text = (tmp_path / "logs" / "productify.log").read_text()
    assert "INFO    productify.test: something happened" in text
    assert "tiny" not in text
    assert capfd.readouterr().err == ""


def test_a_full_disk_costs_records_and_nothing_else(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "productify.log").symlink_to("/dev/full")
    start_logging(tmp_path)
    _LOG.info("something happened")
    stop_logging()
    assert capfd.readouterr().err == ""


def test_a_mistake_in_a_record_is_still_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start_logging(tmp_path)
    (file,) = (
        each
        for each in logging.getLogger("productify").handlers
        if isinstance(each, logging.handlers.RotatingFileHandler)
    )
    file.handle(logging.LogRecord("productify", logging.INFO, "x.py", 1, "%d", ("no number",), None))
    stop_logging()
    assert "Logging error" in capfd.readouterr().err


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("a file")
    with pytest.raises(KnownError, match="cannot be written"):
        start_logging(tmp_path / "logs")
