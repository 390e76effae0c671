import os
from pathlib import Path

import pytest

from productify.errors import KnownError
from productify.paths import catalogue_dir, migrations_dir, open_data_dir


def test_a_missing_folder_is_made_for_its_user_alone(tmp_path: Path) -> None:
    data = open_data_dir(tmp_path / "deep" / "data")
    assert data.root.stat().st_mode & 0o777 == 0o700
    assert list(data.root.iterdir()) == []


def test_a_file_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(KnownError, match="is a file"):
        open_data_dir(tmp_path / "file")
    with pytest.raises(KnownError, match="is a file"):
        open_data_dir(tmp_path / "file" / "below")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere; tests/faults proves it as an ordinary user")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(KnownError, match="cannot be written"):
        open_data_dir(tmp_path)


def test_the_environment_names_the_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRODUCTIFY_DATA_DIR", str(tmp_path / "there"))
    assert open_data_dir().root == tmp_path / "there"


def test_what_is_shipped_is_found() -> None:
    assert (migrations_dir() / "env.py").is_file()
    assert (catalogue_dir() / "default-rules.csv").is_file()
