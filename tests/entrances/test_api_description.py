"""The description says what is: OpenAPI 3.1, and Schemathesis asks every operation what the description promises (API-01)."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import jsonschema_rs
import pytest
import schemathesis
from django.core import signals
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from onehall.entrances.api.shared.schema import Given, Shown
from onehall.entrances.api.urls import PREFIX, description
from onehall.foundation.identity.permissions import PERMISSIONS
from tests.entrances.hall_at_work import HallAtWork, hall_at_work
from tests.entrances.routes import ROUTES
from tests.entrances.untouched import undone

CHECKS: list[Any] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
EXAMPLES = 6
NAMES = {
    "bag_id": "bag", "drawer_id": "drawer", "shortage_id": "shortage", "party_id": "party", "contact_id": "contact", "basket_id": "open_basket", "item_id": "item", "payment_id": "payment", "receipt_id": "receipt",
    "document_id": "document", "job_id": "print_job", "work_order": "work_order", "subscription_id": "subscription",
    "premises_id": "home", "code": "policy", "order_id": "order", "notice_id": "notice", "question_id": "question",
    "request_id": "approval", "person_id": "person", "message_id": "message", "invoice_id": "invoice",
    "add_on_id": "add_on", "principal": "principal", "charge_id": "charge", "lot_id": "lot", "draw_id": "draw", "book_id": "book", "run_id": "month_run",
}  # fmt: skip
SCHEMA = schemathesis.openapi.from_wsgi("/api/openapi.json", app=get_wsgi_application())
OPERATIONS = [result.ok() for result in SCHEMA.get_all_operations()]


@pytest.fixture(scope="module")
def at_work(shared_hall: str, django_db_blocker: object) -> Iterator[HallAtWork]:
    """馨苑厅 in which everything has happened once; a request leaves the connection as it is, as Django's own client does."""
    ends = (signals.request_started, signals.request_finished)
    for end in ends:
        end.disconnect(close_old_connections)
    try:
        with hall_at_work(shared_hall, django_db_blocker) as work:
            yield work
    finally:
        for end in ends:
            end.connect(close_old_connections)


@pytest.mark.rule("API-01")
def test_the_description_is_openapi_3_1_and_complete() -> None:
    answer = Client().get("/api/openapi.json")
    told = answer.json()
    assert (answer.status_code, told["openapi"]) == (200, "3.1.0")
    operations = {
        (path, method): operation
        for path, methods in told["paths"].items()
        for method, operation in methods.items()
    }
    routes = {(r.pattern, m.lower()) for r in ROUTES if r.programme for m in r.methods}
    assert len(operations) == len(routes)
    assert all(path.startswith(f"/{PREFIX}") for path, _ in operations)
    assert len({one["operationId"] for one in operations.values()}) == len(operations)
    for (path, method), operation in operations.items():
        assert operation["x-permission"] in PERMISSIONS, path
        assert operation["security"] == [{"AccessToken": []}], path
        assert operation["summary"] and {"401", "403", "422"} <= set(operation["responses"]), path
        for name in ("requestBody",):
            assert name not in operation or method in ("post", "patch"), path
    for name, schema in told["components"]["schemas"].items():
        jsonschema_rs.meta.validate({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"})
        assert name and "$defs" not in schema


@pytest.mark.rule("API-01")
def test_no_two_schemas_share_a_name_or_one_would_describe_both() -> None:
    made: dict[str, set[str]] = {}
    for kind in (Shown, Given):
        for schema in every_kind(kind):
            if schema.__module__.startswith("onehall.entrances.api."):
                made.setdefault(schema.__name__, set()).add(schema.__module__)
    assert len(made) > 50
    assert {name: sorted(where) for name, where in made.items() if len(where) > 1} == {}


def every_kind(kind: type) -> Iterator[type]:
    """All classes below this one."""
    for below in kind.__subclasses__():
        yield below
        yield from every_kind(below)


@pytest.mark.rule("ORD-13", "API-01")
def test_whatever_moves_money_or_makes_an_order_says_that_it_needs_a_key() -> None:
    keyed = {
        path
        for path, methods in description()["paths"].items()
        for operation in methods.values()
        for parameter in operation.get("parameters", [])
        if parameter["name"] == "Idempotency-Key" and parameter["required"]
    }
    words = (
        "payment",
        "void",
        "drawer",
        "movements",
        "customers",
        "items",
        "ending",
        "archive",
        "dispatches",
        "prints",
    )
    for word in words:
        assert any(path.endswith(f"/{word}") for path in keyed), word


@pytest.mark.rule("API-01")
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_every_operation_answers_as_it_is_described(operation: Any, at_work: HallAtWork) -> None:
    """Made-up requests that fit the description and such that do not, about records that exist, by who may."""
    session = next(one for one in at_work.here.values() if _needs(operation) in one.permissions)

    @settings(
        max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(data=st.data())
    def ask(data: st.DataObject) -> None:
        mode = data.draw(st.sampled_from([GenerationMode.POSITIVE, GenerationMode.NEGATIVE]))
        case = data.draw(operation.as_strategy(generation_mode=mode))
        names = {name: at_work.records[NAMES[name]] for name in case.path_parameters or {}}
        case.path_parameters = names
        headers = {"Authorization": f"Bearer {session.access}"}
        if mode == GenerationMode.POSITIVE:
            headers["Idempotency-Key"] = str(uuid4())
        with undone():
            case.call_and_validate(headers=headers, checks=CHECKS)

    ask()


def _needs(operation: Any) -> str:
    return str(operation.definition.raw["x-permission"])
