"""What was measured against what was promised."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure beside its budget, both in `unit`."""

    what: str
    measured: float
    budget: float
    unit: str
    detail: str = ""

    @property
    def kept(self) -> bool:
        """Whether the budget holds."""
        return self.measured <= self.budget


def printed(figures: list[Figure]) -> str:
    """Return the figures as a table, with the share of its budget that each takes."""
    rows = [("what", "measured", "budget", "share", "", "")]
    rows += [
        (
            figure.what,
            f"{figure.measured:.3g} {figure.unit}",
            f"{figure.budget:g} {figure.unit}",
            f"{figure.measured / figure.budget:.0%}",
            "kept" if figure.kept else "OVER",
            figure.detail,
        )
        for figure in figures
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(6)]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) for row in rows)
