"""Figures, their targets and the table that shows both."""

import json
import statistics
from dataclasses import dataclass, field


@dataclass
class Figure:
    """One measured figure; `samples` in the order they were taken."""

    name: str
    unit: str
    samples: list[float]
    at_most: float | None = None
    judged_by: str = "median"  # or "minimum": what the target is compared with
    note: str = ""

    @property
    def minimum(self) -> float:
        return min(self.samples)

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def judged(self) -> float:
        return self.minimum if self.judged_by == "minimum" else self.median

    @property
    def verdict(self) -> str:
        if self.at_most is None:
            return "-"
        return "met" if self.judged <= self.at_most else "short"


@dataclass
class Suite:
    """The figures of one suite."""

    name: str
    figures: list[Figure] = field(default_factory=list)

    def add(self, *args, **kwargs) -> Figure:
        figure = Figure(*args, **kwargs)
        self.figures.append(figure)
        return figure


def shown(value: float) -> str:
    """A number with about three significant digits."""
    if value == 0 or abs(value) >= 1000:
        return f"{value:,.0f}"
    if abs(value) >= 100:
        return f"{value:.0f}"
    return f"{value:.3g}"


def rendered(suite: Suite) -> str:
    """The table, aligned, for people."""
    header = ["figure", "unit", "minimum", "median", "runs", "target", "judged by", "note", "verdict"]
    rows = [
        [
            figure.name, figure.unit, shown(figure.minimum), shown(figure.median), str(len(figure.samples)),
            "-" if figure.at_most is None else f"<= {shown(figure.at_most)}",
            "-" if figure.at_most is None else figure.judged_by, figure.note, figure.verdict,
        ]
        for figure in suite.figures
    ]
    widths = [max(len(row[column]) for row in [header] + rows) for column in range(len(header))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in [header] + rows]
    lines.insert(1, "  ".join("-" * width for width in widths))
    return f"## {suite.name}\n" + "\n".join(lines) + "\n"


def written(suites: list[Suite]) -> str:
    """The figures as JSON, for programs."""
    return json.dumps(
        {
            suite.name: [
                {
                    "name": figure.name, "unit": figure.unit, "samples": figure.samples,
                    "minimum": figure.minimum, "median": figure.median, "at_most": figure.at_most,
                    "judged_by": figure.judged_by, "note": figure.note, "verdict": figure.verdict,
                }
                for figure in suite.figures
            ]
            for suite in suites
        },
        indent=2,
    )
