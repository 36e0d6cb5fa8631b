"""The counters of this process. PROMETHEUS_MULTIPROC_DIR, set before this is imported, makes all processes' sums one (API-05).

Labels are names of routes, methods, statuses and topics: a closed list each, never a path, a number or a person.
"""

from prometheus_client import CollectorRegistry, Counter, Histogram

NO_ROUTE = "none"
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

REGISTRY = CollectorRegistry()
_requests = Counter(
    "onehall_requests",
    "Requests by route, method and status",
    ("route", "method", "status"),
    registry=REGISTRY,
)
_seconds = Histogram(
    "onehall_request_seconds",
    "How long requests took",
    ("route", "method"),
    buckets=_BUCKETS,
    registry=REGISTRY,
)
_events = Counter(
    "onehall_events",
    "What happened, by topic, counted after its commit; payments are payment.taken",
    ("topic",),
    registry=REGISTRY,
)
_database = Counter(
    "onehall_database_errors", "The database could not be reached or asked", registry=REGISTRY
)


def count_request(*, route: str, method: str, status: int, seconds: float) -> None:
    """One request answered; `route` as the URL map has it."""
    _requests.labels(route, method, str(status)).inc()
    _seconds.labels(route, method).observe(seconds)


def count_event(topic: str) -> None:
    """One event that the relay announced."""
    _events.labels(topic).inc()


def count_database_error() -> None:
    """A connection refused, lost, or used up."""
    _database.inc()
