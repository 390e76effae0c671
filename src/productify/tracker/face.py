"""What a stretch of time is, as far as it may be known."""

from dataclasses import dataclass, replace

from productify.domain import Activity, State


@dataclass(frozen=True, slots=True)
class Face:
    """Everything of an activity but its time; for a state, only `cause` is set and `app_name` is its key."""

    app_name: str
    app_id: str | None = None
    title: str | None = None
    url: str | None = None
    site: str | None = None
    category: str | None = None
    productivity: int | None = None
    classified_by: str | None = None
    cause: State | None = None

    @classmethod
    def of_state(cls, state: State) -> "Face":
        """Return the face of a time without detail."""
        return cls(app_name=state.value, cause=state)

    @classmethod
    def of(cls, activity: Activity) -> "Face":
        """Return what `activity` was."""
        return cls(
            app_name=activity.app_name,
            app_id=activity.app_id,
            title=activity.window_title,
            url=activity.url,
            site=activity.site,
            category=activity.category,
            productivity=activity.productivity,
            classified_by=activity.classified_by,
            cause=activity.cause,
        )

    def same_thing(self, other: "Face") -> bool:
        """Return whether both are one thing on the screen, whatever category it is given."""
        return (self.app_name, self.app_id, self.title, self.url, self.cause) == (
            other.app_name,
            other.app_id,
            other.title,
            other.url,
            other.cause,
        )

    def classified_like(self, other: "Face") -> "Face":
        """Return this face with the verdict of `other`."""
        return replace(
            self, category=other.category, productivity=other.productivity, classified_by=other.classified_by
        )
