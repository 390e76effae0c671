"""Which tables a transaction touched, so that views that show one of them can ask again."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Table, event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction
from sqlalchemy.sql.dml import UpdateBase

_TOUCHED = "touched"
_REPORT_AS = "report_as"


class StoreSession(Session):
    """The store's own session class, so that the listeners below hear no other session."""


def report_as(*names: str) -> dict[str, Any]:
    """Return execution options that let one statement be told under `names` instead of its table's; none is silent."""
    return {_REPORT_AS: names}


def touched(session: Session) -> frozenset[str]:
    """Return the names to tell once `session` has committed; derived tables are left out."""
    return frozenset(session.info.get(_TOUCHED, ()))


def _note(session: Session, names: Iterable[str]) -> None:
    session.info.setdefault(_TOUCHED, set()).update(names)


def _note_table(session: Session, table: Any) -> None:
    if isinstance(table, Table) and not table.info.get("derived"):
        _note(session, [table.name])


@event.listens_for(StoreSession, "after_flush")
def _flushed(session: Session, _context: UOWTransaction) -> None:
    for row in (*session.new, *session.deleted, *filter(session.is_modified, session.dirty)):
        _note_table(session, row.__table__)


@event.listens_for(StoreSession, "do_orm_execute")
def _executed(state: ORMExecuteState) -> None:
    if not isinstance(state.statement, UpdateBase):
        return
    names = state.execution_options.get(_REPORT_AS)
    if names is None:
        _note_table(state.session, state.statement.table)
    else:
        _note(state.session, names)
