"""How things are compared here: machines are shared and noisy, so peers run alternately and only ratios count."""

import os
import platform
import statistics
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Comparison:
    """Figures of several runs a name, in the order in which they were taken."""

    figures: Mapping[str, list[float]]

    def median(self, name: str) -> float:
        """The middle one of a name's figures."""
        return statistics.median(self.figures[name])

    def ratio(self, ours: str, peer: str) -> float:
        """Median over rounds of ours ÷ peer, each round's two runs having had the same neighbours."""
        pairs = zip(self.figures[ours], self.figures[peer], strict=True)
        return statistics.median(one / other for one, other in pairs)

    def spread(self, name: str) -> float:
        """(largest − smallest) ÷ median: how much the machine's mood matters."""
        figures = self.figures[name]
        return (max(figures) - min(figures)) / self.median(name)


def alternate(runs: Mapping[str, Callable[[], float]], *, rounds: int = 3) -> Comparison:
    """Runs all in turn, `rounds` times; every other round backwards, so that none is always the first."""
    figures: dict[str, list[float]] = {name: [] for name in runs}
    for number in range(rounds):
        names = list(runs) if number % 2 == 0 else list(reversed(list(runs)))
        for name in names:
            figures[name].append(runs[name]())
    return Comparison(figures)


def machine() -> str:
    """What stands beside every figure."""
    load = " ".join(f"{figure:.1f}" for figure in os.getloadavg()) if hasattr(os, "getloadavg") else "?"
    return f"{os.cpu_count()} cores, load {load}, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
