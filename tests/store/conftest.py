"""A migrated, empty database for each test: a SQLite file, and a database of a PostgreSQL server made for the run."""

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from productify.store import migrate, users
from productify.store.database import Database

_START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Server:
    """A running PostgreSQL server that only this run knows, reached through a socket in `folder`."""

    folder: Path

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self.folder}"

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(f"host={self.folder} user=postgres dbname={database}", autocommit=True) as connection:
            connection.execute(statement)


@dataclass(slots=True)
class Store:
    """A migrated database with one user, and what it told."""

    db: Database
    url: str
    user_id: str
    told: list[frozenset[str]]


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """Start a throwaway PostgreSQL server as an ordinary user; it will not run as root."""
    binaries = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = binaries[-1] if binaries else shutil.which("initdb")
    if not found:
        pytest.fail("PostgreSQL's server programs are missing; install them with: apt install postgresql")
    folder = Path(tempfile.mkdtemp(prefix="productify-pg-"))
    try:
        with _running(Path(found).parent, folder) as process:
            yield Server(folder)
            process.terminate()  # SIGTERM waits for clients; there are none left
    finally:
        shutil.rmtree(folder)


def _running(programs: Path, folder: Path) -> subprocess.Popen[bytes]:
    account = _ordinary_user(folder)
    make = [programs / "initdb", "-D", folder / "data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"]
    subprocess.run([*make, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **account)
    careless = [f"-c{name}=off" for name in ("fsync", "synchronous_commit", "full_page_writes")]
    serve = [programs / "postgres", "-D", folder / "data", "-k", folder, "-c", "listen_addresses=", *careless]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(serve, stderr=log, cwd=folder, **account)
    deadline = time.monotonic() + _START_SECONDS
    while subprocess.run([programs / "pg_isready", "-q", "-h", folder], check=False).returncode:
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            pytest.fail("PostgreSQL does not start: " + (folder / "log").read_text()[-2000:])
        time.sleep(0.02)
    return process


def _ordinary_user(folder: Path) -> dict[str, Any]:
    """Return how to start a program that refuses to run as root, and give `folder` to that user."""
    if os.getuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = names.get("postgres") or names["nobody"]
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file that tests copy."""
    path = tmp_path_factory.mktemp("migrated") / "template.db"
    asyncio.run(_migrated(Database(path)))
    return path


@pytest.fixture(scope="session")
def migrated_server(server: Server) -> Server:
    """Migrate one PostgreSQL database that tests share, one after the other."""
    server.run("CREATE DATABASE migrated")
    asyncio.run(_migrated(Database(server.url("migrated"))))
    return server


async def _migrated(db: Database) -> None:
    await migrate.migrate(db.writer)
    await db.close()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a new database without tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: Server = request.getfixturevalue("server")
    name = f"t{uuid4().hex}"
    server.run(f"CREATE DATABASE {name}")
    yield server.url(name)
    server.run(f"DROP DATABASE {name}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def migrated_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a migrated database on either kind of server, empty but for its tables."""
    if request.param == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('migrated_file'), tmp_path / 'store.db')}"
        return
    server: Server = request.getfixturevalue("migrated_server")
    for table in ("users", "categories"):  # all else belongs to a user, and goes with them
        server.run(f"DELETE FROM {table}", "migrated")
    yield server.url("migrated")


@pytest.fixture
async def store(migrated_url: str) -> AsyncIterator[Store]:
    """A migrated database with its local user, on either kind of database."""
    async with opened(migrated_url) as found:
        yield found


@pytest.fixture
async def local(migrated_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """A migrated SQLite database with its local user."""
    async with opened(f"sqlite:///{shutil.copy(migrated_file, tmp_path / 'store.db')}") as found:
        yield found


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    """Open a migrated database and make its local user."""
    told: list[frozenset[str]] = []
    db = Database(url, told.append)
    async with db.write() as session:
        user_id = await users.local_user(session)
    told.clear()
    yield Store(db, url, user_id, told)
    await db.close()
