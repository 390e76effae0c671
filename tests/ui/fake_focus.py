"""Focus of the scripted service: sessions of the day, lists, and one that can be begun, paused and ended."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from productify.domain import (
    Attempt,
    BlockList,
    FocusDay,
    FocusNow,
    FocusOffer,
    FocusPlan,
    FocusRecord,
    FocusSchedule,
    FocusState,
    Phase,
    Target,
    TargetKind,
)
from productify.errors import KnownError
from productify.focus.targets import with_target, without_target

if TYPE_CHECKING:
    from ui.fake import World

ZONE = ZoneInfo("Europe/Berlin")
SHIPPED = BlockList(
    "shipped",
    "Deep work",
    targets=(
        *(Target(TargetKind.SITE, name) for name in ("reddit.com", "youtube.com", "x.com", "reddit.com/r/all")),
        Target(TargetKind.APP, "Steam"),
        Target(TargetKind.CATEGORY, "social"),
    ),
    is_shipped=True,
)

WEEKLY = FocusSchedule("weekly", frozenset({4}), 14 * 60, 25, "Weekly review", "Atlas", (SHIPPED.id,), strict=True)
OFFER = FocusOffer(frozenset({1, 2, 3}), 9 * 60, 120, 71)
_TODAY = date(2026, 11, 19)


def session_at(
    day: date, hour: int, minute: int, minutes: int, title: str, attempts: int = 0, **more: Any
) -> FocusRecord:
    """Return a session that was completed."""
    start = datetime.combine(day, time(hour, minute), ZONE)
    values = {"project": "Atlas", "state": FocusState.COMPLETED, "planned_minutes": minutes, "strict": False, **more}
    return FocusRecord(
        session_id=f"{day}-{hour}-{minute}", title=title, seconds=minutes * 60, started_at=start,
        ended_at=start + timedelta(minutes=minutes), local_day=day, attempts=attempts, **values,
    )  # fmt: skip


@dataclass
class Focus:
    """Answers from what it holds; what is asked of it stands in the world's log."""

    world: "World"
    records: list[FocusRecord] = field(default_factory=list)
    """Three of the day that the world takes for today, unless a test wants others."""
    kept: dict[str, BlockList] = field(default_factory=lambda: {SHIPPED.id: SHIPPED})
    weekly: dict[str, FocusSchedule] = field(default_factory=dict)
    seen: tuple[Attempt, ...] = ()
    pulled: tuple[tuple[str, bool, int], ...] = (("youtube.com", True, 9), ("Steam", False, 1))
    offered: FocusOffer | None = OFFER
    now: FocusNow | None = None

    def __post_init__(self) -> None:
        if self.world.kind == "day":
            self.records = [
                session_at(_TODAY, 8, 50, 25, "Sync engine tests"),
                session_at(_TODAY, 11, 15, 50, "Retry queue back-off", attempts=1),
                session_at(_TODAY, 13, 15, 50, "Onboarding flows", state=FocusState.CANCELLED),
            ]
            self.weekly = {WEEKLY.id: WEEKLY}

    async def day(self, of: date) -> FocusDay:
        sums = {record.local_day: 0 for record in self.records}
        for record in self.records:
            sums[record.local_day] += record.seconds * 1000
        monday = of - timedelta(days=of.weekday())
        week = tuple((day, sums.get(day, 0)) for day in (monday + timedelta(days=n) for n in range(7)))
        sessions = await self.history(of, of)
        blocked = sum(record.attempts for record in sessions)
        return FocusDay(sums.get(of, 0), blocked, 5, 9, 14, week, sessions, self.pulled)

    async def history(self, first: date, last: date) -> tuple[FocusRecord, ...]:
        return tuple(record for record in self.records if first <= record.local_day <= last)

    async def attempts(self, session_id: str) -> tuple[Attempt, ...]:
        return tuple(attempt for attempt in self.seen if attempt.session_id == session_id)

    async def lists(self) -> tuple[BlockList, ...]:
        return tuple(self.kept.values())

    async def last_lists(self) -> tuple[str, ...]:
        return (SHIPPED.id,) if SHIPPED.id in self.kept else ()

    async def save_list(self, given: BlockList) -> BlockList:
        self._refuse()
        made = given if given.id else replace(given, id=f"list-{len(self.kept)}")
        self.world.log.append(("save_list", made))
        self.kept[made.id] = made
        return made

    async def change_list(self, list_id: str, edit: Callable[[BlockList], BlockList]) -> BlockList:
        return await self.save_list(edit(self.kept[list_id]))

    async def add_target(self, list_id: str, target: Target, place: int = 0) -> BlockList:
        return await self.change_list(list_id, lambda kept: with_target(kept, target, place))

    async def remove_target(self, list_id: str, target: Target) -> BlockList:
        return await self.change_list(list_id, lambda kept: without_target(kept, target))

    async def delete_list(self, list_id: str) -> None:
        self._refuse()
        self.world.log.append(("delete_list", list_id))
        self.kept.pop(list_id, None)

    async def reset_shipped(self) -> BlockList:
        self._refuse()
        self.world.log.append(("reset_shipped",))
        self.kept[SHIPPED.id] = SHIPPED
        return SHIPPED

    async def schedules(self) -> tuple[FocusSchedule, ...]:
        return tuple(self.weekly.values())

    async def save_schedule(self, given: FocusSchedule) -> FocusSchedule:
        made = given if given.id else replace(given, id=f"weekly-{len(self.weekly)}")
        self.world.log.append(("save_schedule", made))
        self.weekly[made.id] = made
        return made

    async def delete_schedule(self, schedule_id: str) -> None:
        self.world.log.append(("delete_schedule", schedule_id))
        self.weekly.pop(schedule_id, None)

    async def offer(self) -> FocusOffer | None:
        return self.offered

    async def start(self, plan: FocusPlan, origin: str = "manual") -> FocusNow:
        self._refuse()
        self.world.log.append(("start", plan))
        self.run(plan)
        assert self.now is not None
        return self.now

    async def pause(self) -> None:
        self.world.log.append(("pause_focus",))
        self.tell(replace(self.now, state=FocusState.PAUSED, ends_at=None))

    async def resume(self) -> None:
        self.world.log.append(("resume_focus",))
        ends = self.world.clock.now() + timedelta(seconds=self.now.left)
        self.tell(replace(self.now, state=FocusState.ACTIVE, ends_at=ends))

    async def extend(self, minutes: int = 5) -> FocusNow:
        self.world.log.append(("extend", minutes))
        more = minutes * 60
        now, ends = self.now, self.now.ends_at + timedelta(seconds=more)
        self.tell(replace(now, left=now.left + more, phase_left=now.phase_left + more,
                          phase_total=now.phase_total + more, ends_at=ends))  # fmt: skip
        return self.now

    async def end(self) -> None:
        self._refuse()
        self.world.log.append(("end",))
        self.tell(None)

    async def emergency_end(self) -> None:
        self.world.log.append(("emergency_end",))
        self.tell(None)

    def run(self, plan: FocusPlan, elapsed: float = 0.0, **more: Any) -> None:
        """Let a session run that began some seconds ago, and tell."""
        clock_now = self.world.clock.now()
        left = max(0.0, plan.minutes * 60 - elapsed)
        phase_left = plan.pomodoro.work * 60 - elapsed if plan.pomodoro else left
        values = {
            "state": FocusState.ACTIVE, "phase": Phase.FOCUS, "cycle": 1, "elapsed": elapsed, "left": left,
            "phase_left": phase_left, "phase_total": phase_left + elapsed, "overtime": 0.0,
            "started_at": clock_now - timedelta(seconds=elapsed),
            "ends_at": clock_now + timedelta(seconds=left), "attempts": 0, "passes_left": 3, "emergency_at": None,
        } | more  # fmt: skip
        self.tell(FocusNow("running", plan, **values))

    def tell(self, now: FocusNow | None) -> None:
        """Take a state and tell it as the recorder does."""
        self.now = now
        self.world.set_status(focus=now)

    def _refuse(self) -> None:
        refusal: KnownError | None = self.world.refusal
        if refusal is not None:
            raise refusal
