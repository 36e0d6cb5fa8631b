"""Addresses of the API. Importing this module is what costs the API's library: only the processes that serve pages do."""

import functools
import re
from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.renderers import JSONRenderer

from onehall.entrances.api.approvals import operations as approvals
from onehall.entrances.api.audit import operations as audit
from onehall.entrances.api.balances import operations as balances
from onehall.entrances.api.baskets import operations as baskets
from onehall.entrances.api.bills import operations as bills
from onehall.entrances.api.books import operations as books
from onehall.entrances.api.calendar import operations as calendar
from onehall.entrances.api.checks import operations as checks
from onehall.entrances.api.customers import operations as customers
from onehall.entrances.api.customers import standing
from onehall.entrances.api.deposits import operations as deposits
from onehall.entrances.api.docs import views as docs
from onehall.entrances.api.documents import operations as documents
from onehall.entrances.api.drawer import hall as drawers
from onehall.entrances.api.drawer import operations as drawer
from onehall.entrances.api.goods import operations as goods
from onehall.entrances.api.invoices import operations as invoices
from onehall.entrances.api.messages import operations as messages
from onehall.entrances.api.network import operations as network
from onehall.entrances.api.notices import operations as notices
from onehall.entrances.api.offerings import operations as offerings
from onehall.entrances.api.organisation import operations as organisation
from onehall.entrances.api.paper_books import operations as paper_books
from onehall.entrances.api.payments import operations as payments
from onehall.entrances.api.policies import operations as policies
from onehall.entrances.api.premises import operations as premises
from onehall.entrances.api.privacy import operations as privacy
from onehall.entrances.api.shared.operation import Noun, guarded, say_no
from onehall.entrances.api.shared.reading import StrictParser
from onehall.entrances.api.shared.schema import Problem
from onehall.entrances.api.shortages import operations as shortages
from onehall.entrances.api.staff import operations as staff
from onehall.entrances.api.subscriptions import operations as subscriptions
from onehall.entrances.api.telephone import months as telephone_months
from onehall.entrances.api.telephone import operations as telephone
from onehall.entrances.api.work import operations as work
from onehall.entrances.api.work import visits

PREFIX = "api/v1/"
NOUNS: tuple[Noun, ...] = (
    customers.noun,
    standing.noun,
    premises.noun,
    offerings.noun,
    baskets.noun,
    goods.noun,
    payments.noun,
    invoices.noun,
    documents.noun,
    drawer.noun,
    drawers.noun,
    deposits.noun,
    shortages.noun,
    bills.noun,
    balances.noun,
    books.noun,
    paper_books.noun,
    subscriptions.noun,
    network.noun,
    telephone.noun,
    telephone_months.noun,
    work.noun,
    visits.noun,
    policies.noun,
    audit.noun,
    organisation.noun,
    calendar.noun,
    staff.noun,
    privacy.noun,
    checks.noun,
    notices.noun,
    messages.noun,
    approvals.noun,
)
ABOUT = (
    "一厅通 OneHall：台席能办的，程序也能办。令牌由营业部经理发放（令牌页，或 `onehall token issue`），"
    "放在 `Authorization: Bearer …`；动钱、下单的请求带 `Idempotency-Key`。\n\n"
    "Whatever a person can do at the desk, a programme can do. Tokens come from the hall manager (tokens page, or "
    "`onehall token issue`) and go into `Authorization: Bearer …`; whatever moves money or makes an order carries an "
    "`Idempotency-Key`. Errors are `application/problem+json` (RFC 9457); amounts are whole fen; lists go on at `next`."
)


class Utf8(JSONRenderer):
    """Chinese as it is written."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="一厅通 OneHall", version="1", description=ABOUT, openapi_url=None, docs_url=None, parser=StrictParser(), renderer=Utf8(),
    urls_namespace="api",
)  # fmt: skip
say_no(api)
for noun in NOUNS:
    api.add_router("", noun)


@functools.cache
def description() -> dict[str, Any]:
    """OpenAPI 3.1 of every operation, with the problem that all of them may answer."""
    whole: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=PREFIX))
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    whole["components"]["schemas"] |= {**problem.pop("$defs"), "Problem": problem}
    return whole


def _routes() -> list[URLPattern]:
    asks = {_route(address): methods for noun in NOUNS for address, methods in noun.asks.items()}
    patterns = {str(one.pattern): one for one in api.urls[0] if isinstance(one, URLPattern)}
    return [path(route, guarded(patterns[route].callback, asks[route])) for route in asks]


def _route(address: str) -> str:
    return re.sub(r"{(\w+:\w+)}", r"<\1>", address).lstrip("/")


urlpatterns: list[URLPattern | URLResolver] = [
    path("api/docs", docs.page),
    path("api/openapi.json", docs.described(description)),
    *[path(PREFIX + str(one.pattern), one.callback) for one in _routes()],
]
