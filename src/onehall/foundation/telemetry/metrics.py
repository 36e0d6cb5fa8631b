"""What Prometheus reads on scrape: the counters of all processes, and what stands in the database (API-05)."""

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import django
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from onehall.foundation.telemetry.counters import REGISTRY
from onehall.foundation.telemetry.state import State

FOLDER = "PROMETHEUS_MULTIPROC_DIR"


def exposition(state: State | None) -> bytes:
    """All metrics as Prometheus reads them. `state` is what the database tells now, None where it does not answer."""
    registry = CollectorRegistry()
    if os.environ.get(FOLDER):
        MultiProcessCollector(registry)
    else:
        registry.register(_Registered(REGISTRY))
    registry.register(_Standing(state))
    return generate_latest(registry)


class _Registered(Collector):
    """The counters of this process alone: tests, and a server that is one process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterator[Metric]:
        yield from self._registry.collect()


class _Standing(Collector):
    """What stands in the database, and which program this is."""

    def __init__(self, state: State | None) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        yield _gauge("onehall_database_up", "Whether the database answers", 1 if self._state else 0)
        build = GaugeMetricFamily("onehall_build_info", "Versions", labels=("version", "python", "django"))
        build.add_metric((_version(), platform.python_version(), django.get_version()), 1)
        yield build
        if self._state is not None:
            for name, words, value in self._state.figures():
                yield _gauge(f"onehall_{name}", words, value)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _version() -> str:
    try:
        return version("onehall")
    except PackageNotFoundError:
        return "source"
