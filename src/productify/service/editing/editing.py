"""The verbs that correct the record; each is one step, logged with what was there before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from productify.domain import (
    AT_KEYBOARD,
    Activity,
    Done,
    EditKind,
    EditScope,
    IdlePreview,
    Origin,
    Part,
    Preview,
    Steps,
    Verdict,
)
from productify.errors import KnownError
from productify.service.editing import entries, works
from productify.service.editing.desk import USER, Change, Desk, Told
from productify.store import activities, cutting, edits, erasing, labels, restoring, rules, undo
from productify.store.cutting import Cut

_NEAR = timedelta(minutes=5)
"""What may lie between two activities that are merged, and goes into them: as much as a break in a focus block."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Corrections of recorded activities; all moments are UTC, and each correction can be undone but for erasing.

    Every verb raises KnownError where it cannot be done, and changes nothing then.
    """

    desk: Desk

    async def reclassify(
        self, activity_id: str, category: str | None, productivity: int | None, scope: EditScope = EditScope.THIS_ONE
    ) -> Activity:
        """Give one activity another category and productivity, and return it; see `change`."""
        await self.change([activity_id], Verdict(category, productivity), scope=scope)
        async with self.desk.db.read() as session:
            (changed,) = await activities.of_ids(session, self.desk.user_id, [activity_id])
        return changed

    async def change(
        self,
        ids: Sequence[str],
        verdict: Verdict | None = None,
        note: str | None = None,
        scope: EditScope = EditScope.THIS_ONE,
        told: Told | None = None,
    ) -> Done:
        """Give activities another verdict, another note ("" for none), or both; None leaves it as it is.

        With FROM_NOW a rule is learned for all like them: for the site where there is one, else the app. What is no
        app keeps having no verdict. With PAST_TOO all like them that was recorded gets the verdict, but for what the
        user classified: in parts, newest days first; `told` hears of each, and `stop` takes all of it back.
        """
        async with self.desk.alone:
            return await self._change(ids, verdict, note, scope, told)

    async def preview(self, ids: Sequence[str], verdict: Verdict, scope: EditScope = EditScope.THIS_ONE) -> Preview:
        """Return what `change` would move."""
        return await works.preview(self.desk, ids, verdict, past=scope is EditScope.PAST_TOO)

    def stop(self) -> None:
        """Stop the change of the past or of its idle timeout that is going on; it is taken back."""
        self.desk.stopped = True

    async def preview_idle(self, first: date, last: date, seconds: int) -> IdlePreview:
        """Return what another idle timeout would do to the local days `first` to `last`."""
        return await works.preview_idle(self.desk, first, last, timedelta(seconds=seconds))

    async def apply_idle(self, first: date, last: date, seconds: int, told: Told | None = None) -> Done:
        """Record the local days `first` to `last` as another idle timeout would have, as far as inputs were kept.

        In parts; `told` hears of each, and `stop` takes all of it back.
        """
        async with self.desk.alone:
            self.desk.stopped = False
            return await works.apply_idle(self.desk, first, last, timedelta(seconds=seconds), told)

    async def _change(
        self,
        ids: Sequence[str],
        verdict: Verdict | None,
        note: str | None,
        scope: EditScope,
        told: Told | None,
    ) -> Done:
        self.desk.stopped = False
        async with self.desk.held() as change:
            rows = await change.those(ids)
            if verdict is not None and note is None:
                rows = [row for row in rows if row.cause is None]
                if not rows:
                    raise KnownError("This time belongs to no app, so it has no category.")
            changed = [_said(row, verdict, note) for row in rows]
            named = [row for row in changed if row.cause is None]
            is_rule = verdict is not None and verdict.category is not None and scope is not EditScope.THIS_ONE
            if is_rule and verdict is not None:
                self.desk.refuse_rule({row.category for row in rows if row.cause is None}, verdict.category)
            ruled = await rules.learned(change.session, self.desk.user_id, named) if is_rule else []
            done = await change.make(EditKind.CHANGE, Cut(changed), ruled)
        if is_rule:
            await self.desk.rules_changed()
        if verdict is not None and is_rule and scope is EditScope.PAST_TOO:
            done = await works.change_past(self.desk, done, named, verdict, told)
            if done.is_undone:
                await self.desk.rules_changed()
        return done

    async def split(self, activity_id: str, at: datetime) -> Done:
        """Make one activity two, the second from `at` on, which must lie within it."""
        async with self.desk.changing() as change:
            (row,) = await change.those([activity_id])
            at = cutting.to_millisecond(at)
            if not row.start < at < row.end:
                raise KnownError("An activity can only be split at a moment within it.")
            return await change.make(EditKind.SPLIT, cutting.split(row, at))

    async def merge(self, ids: Sequence[str]) -> Done:
        """Make several activities of one day one: what the longest of them was, with the notes of all.

        What lies between two of them, recorded or not, goes into it, as long as it lasts five minutes at most;
        longer stretches must be named too, so that nothing is swallowed by accident.
        """
        async with self.desk.changing() as change:
            rows = await change.those(ids)
            if len(rows) < 2:
                raise KnownError("Two activities at least are needed to merge.")
            if len({(row.local_day, row.tz_min) for row in rows}) > 1:
                raise KnownError("Activities of different days cannot be merged.")
            between = (after.start - before.end for before, after in pairwise(rows))
            if max(between) > _NEAR:
                raise KnownError(
                    "These activities are too far apart to merge.", "Select what lies between them as well."
                )
            return await change.make(
                EditKind.MERGE, cutting.merged(rows, await change.between(rows[0].start, rows[-1].end))
            )

    async def trim(self, activity_id: str, start: datetime | None = None, end: datetime | None = None) -> Done:
        """Let an activity begin later, end earlier, or both; the rest of its time has no answer then."""
        async with self.desk.changing() as change:
            (row,) = await change.those([activity_id])
            start = cutting.to_millisecond(start or row.start)
            end = cutting.to_millisecond(end or row.end)
            if not row.start <= start < end <= row.end:
                raise KnownError("An activity can only be trimmed within its own time.")
            return await change.make(EditKind.TRIM, Cut([replace(row, start=start, end=end)]))

    async def delete(self, ids: Sequence[str], *, forever: bool = False) -> Done:
        """Take activities away; their time has no answer then.

        With `forever` it cannot be undone: what earlier steps kept of them, and of anything in their time, goes too,
        with the screenshots of that time, and the file is overwritten there. Backups made before keep what they hold.
        """
        if forever:
            return await self._erase(ids)
        async with self.desk.changing() as change:
            rows = await change.those(ids)
            return await change.make(EditKind.DELETE, Cut(drop=[row.id for row in rows]))

    async def _erase(self, ids: Sequence[str]) -> Done:
        async with self.desk.changing() as change:
            rows = await change.those(ids)
            gone = await erasing.erase(change.session, self.desk.user_id, rows, self.desk.local_days())
            done = Done("", EditKind.ERASE, len(rows), tuple(gone.days), change.now)
        await self.desk.delete_files(gone.files)
        await self.desk.db.checkpoint(emptying=True)
        return done

    async def add(self, parts: Sequence[Part]) -> Done:
        """Enter what stretches of time were, none over another; what was recorded there is cut around them."""
        async with self.desk.changing() as change:
            return await change.lay(EditKind.ADD, _apart(change, parts, Origin.MANUAL))

    async def parse(self, text: str, day: date | None = None) -> Part:
        """Return what "9:10-9:40 call with bank" says of a local day, today by default; see `entries.parse`."""
        days, now = self.desk.local_days(), self.desk.clock.now()
        async with self.desk.db.read() as session:
            known = await rules.categories(session)
        return entries.parse(text, day or days.day_of(now), days, now, known)

    async def verdict_of(self, name: str) -> Verdict | None:
        """Return what the words of an entry's name say of its category, None where they say nothing."""
        async with self.desk.db.read() as session:
            return entries.verdict_of(name, await rules.categories(session))

    async def recent_labels(self, limit: int = 9) -> tuple[Part, ...]:
        """Return the newest entries of the user's, one of each name: what time away may well have been again."""
        async with self.desk.db.read() as session:
            rows = await labels.recent(session, self.desk.user_id, limit)
        return tuple(Part(row.start, row.end, row.app_name, _verdict(row), row.note) for row in rows)

    async def enter(self, text: str, day: date | None = None) -> Done:
        """Enter what `parse` makes of `text`."""
        return await self.add([await self.parse(text, day)])

    async def label(self, parts: Sequence[Part]) -> Done:
        """Say what time away, or without any answer, was; what was done at the keyboard in between stays."""
        async with self.desk.changing() as change:
            free: list[Activity] = []
            for row in _apart(change, parts, Origin.LABEL):
                there = await change.between(row.start, row.end)
                busy = [(each.start, each.end) for each in there if each.cause is None or each.cause in AT_KEYBOARD]
                for start, end in cutting.without(row.start, row.end, busy):
                    free += change.dated(row, start, end, Origin.LABEL)
            if not free:
                raise KnownError("All of this time is recorded as activity.", "Only time away, or off, can be named.")
            return await change.lay(EditKind.LABEL, free)

    async def copy(self, ids: Sequence[str], day: date) -> Done:
        """Enter activities on another local day too, the first at the same time of its day, the others as far after it.

        What was recorded there is cut around them.
        """
        async with self.desk.changing() as change:
            rows = [row for row in await change.those(ids) if row.cause is None]
            if not rows:
                raise KnownError("Only activities can be copied, no time away.")
            shift = _same_time(rows[0], day, change) - rows[0].start
            if rows[-1].end + shift > change.now:
                raise KnownError("That time has not passed yet.", "What is to come cannot be recorded.")
            moved = [
                piece
                for row in rows
                for piece in change.dated(replace(row, presence=None), row.start + shift, row.end + shift, Origin.COPY)
            ]
            return await change.lay(EditKind.COPY, moved)

    async def undo(self) -> Done:
        """Undo the newest step and return it; see `Done.kept` for what could not come back."""
        return await self._turn(back=True)

    async def redo(self) -> Done:
        """Make the step anew that was undone last, and return it."""
        return await self._turn(back=False)

    async def steps(self) -> Steps:
        """Return what `undo` and `redo` would do."""
        async with self.desk.db.read() as session:
            return await edits.steps(session, self.desk.user_id)

    async def history(self, day: date) -> tuple[Done, ...]:
        """Return every step that touched a local day, the newest first, undone ones too."""
        async with self.desk.db.read() as session:
            return await edits.history(session, self.desk.user_id, day)

    async def restore(self, day: date) -> Done:
        """Let a local day become what was recorded of it; this too can be undone."""
        async with self.desk.changing() as change:
            done = await restoring.restore(
                change.session, self.desk.user_id, day, change.days.day_start, change.now, change.stretches
            )
            if done is None:
                raise KnownError("This day is as it was recorded.")
            return done

    async def _turn(self, *, back: bool) -> Done:
        async with self.desk.alone:
            known = await self.steps()
            step = known.undo if back else known.redo
            if step is None:
                raise KnownError("There is nothing to undo." if back else "There is nothing to redo.")
            await works.turn_parts(self.desk, step.id, back=back)
            async with self.desk.held() as change:
                batch = await edits.get(change.session, step.id)
                turned = await undo.turn(change.session, batch, change.days.day_start, change.now if back else None)
                change.stretches.extend(turned.stretches)
            if turned.rules:
                await self.desk.rules_changed()
            return turned.done


def _said(row: Activity, verdict: Verdict | None, note: str | None) -> Activity:
    if verdict is not None and row.cause is None:
        row = replace(row, category=verdict.category, productivity=verdict.productivity, classified_by=USER)
    return row if note is None else replace(row, note=note or None)


def _verdict(row: Activity) -> Verdict | None:
    return Verdict(row.category, row.productivity) if row.category is not None else None


def _apart(change: Change, parts: Sequence[Part], origin: Origin) -> list[Activity]:
    """Return the rows of `parts`; KnownError where two of them overlap."""
    rows = [row for part in sorted(parts, key=lambda part: part.start) for row in change.entries(part, origin)]
    if not rows or any(after.start < before.end for before, after in pairwise(rows)):
        raise KnownError("Entries must not overlap." if rows else "An entry is needed.")
    return rows


def _same_time(row: Activity, day: date, change: Change) -> datetime:
    """Return the moment of `day` with the time of day that `row` begins at."""
    wall = (row.start + timedelta(minutes=row.tz_min)).replace(tzinfo=None) + (day - row.local_day)
    return wall.replace(tzinfo=change.days.zone).astimezone(UTC)
