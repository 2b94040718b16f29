"""Figures, their targets and the table that shows both."""

import json
import statistics
from dataclasses import dataclass, field


@dataclass
class Figure:
    """One measured figure; `samples` in the order they were taken, none of them if it could not be measured."""

    name: str
    unit: str
    samples: list[float]
    at_most: float | None = None
    at_least: float | None = None
    # What the target is compared with: "median" of the samples, their "minimum" or "maximum", or "minima": the ratio
    # of two programs' minima, where the samples are their ratios in each round.
    judged_by: str = "median"
    minima: float | None = None
    note: str = ""
    missing: str = ""  # why there are no samples

    @property
    def minimum(self) -> float:
        return self.minima if self.minima is not None else min(self.samples)

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def judged(self) -> float:
        if self.judged_by == "maximum":
            return max(self.samples)
        return self.minimum if self.judged_by in ("minimum", "minima") else self.median

    @property
    def target(self) -> str:
        if self.at_most is not None:
            return f"<= {shown(self.at_most)}"
        return "-" if self.at_least is None else f">= {shown(self.at_least)}"

    @property
    def verdict(self) -> str:
        if self.missing:
            return "short"
        if self.at_most is not None:
            return "met" if self.judged <= self.at_most else "short"
        if self.at_least is not None:
            return "met" if self.judged >= self.at_least else "short"
        return "-"

    @property
    def cells(self) -> list[str]:
        judged_by = "-" if self.target == "-" else self.judged_by
        if self.missing:
            note = f"not measured: {self.missing}"
            return [self.name, self.unit, "-", "-", "0", self.target, judged_by, note, self.verdict]
        return [
            self.name, self.unit, shown(self.minimum), shown(self.median), str(len(self.samples)), self.target,
            judged_by, self.note, self.verdict,
        ]

    @property
    def members(self) -> dict:
        """The figure as JSON has it."""
        has = bool(self.samples)
        return {
            "name": self.name, "unit": self.unit, "samples": self.samples,
            "minimum": self.minimum if has else None, "median": self.median if has else None,
            "at_most": self.at_most, "at_least": self.at_least, "judged_by": self.judged_by, "note": self.note,
            "missing": self.missing, "verdict": self.verdict,
        }


@dataclass
class Suite:
    """The figures of one suite."""

    name: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, *args, **kwargs) -> Figure:
        figure = Figure(*args, **kwargs)
        self.figures.append(figure)
        return figure

    def ratio(self, name: str, ours: list[float], theirs: list[float], **kwargs) -> Figure:
        """The ratio of two programs' costs: judged by their minima, with the ratios of the same rounds beside it."""
        rounds = [own / other for own, other in zip(ours, theirs)]
        return self.add(name, "x", rounds, judged_by="minima", minima=min(ours) / min(theirs), **kwargs)


def shown(value: float) -> str:
    """A number with about three significant digits."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.4g}"
    return f"{value:.3g}"


def rendered(suite: Suite) -> str:
    """The table, aligned, for people."""
    header = ["figure", "unit", "minimum", "median", "runs", "target", "judged by", "note", "verdict"]
    rows = [figure.cells for figure in suite.figures]
    widths = [max(len(row[column]) for row in [header] + rows) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [header] + rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return f"## {suite.name}\n" + "\n".join(lines) + "\n"


def written(suites: list[Suite]) -> str:
    """The figures as JSON, for programs."""
    return json.dumps({suite.name: [figure.members for figure in suite.figures] for suite in suites}, indent=2)
