"""The URL map, and for each route with ids the record of the hall at work that they name."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.entrances.bodies import BODIES
from tests.entrances.hall_at_work import HallAtWork

WORK_ORDER = {"work_order": "work_order"}
PARTY = {"party_id": "party"}
DOCUMENT = {"document_id": "document"}
BAG, DRAWER = {"bag_id": "bag"}, {"drawer_id": "drawer"}
TWO = {"one": "party", "other": "twin"}
NOTICE, MESSAGE, PAYMENT = {"notice_id": "notice"}, {"notice_id": "message"}, {"payment_id": "payment"}
WEBHOOK = {"webhook": "webhook"}
SUBSCRIPTION = {"subscription_id": "subscription"}
ITEM = {"basket_id": "open_basket", "item_id": "item"}
CHARGE = {"basket_id": "open_basket", "charge_id": "charge"}
OPEN, SIGNING = {"basket_id": "open_basket"}, {"request_id": "signing"}
POLICIES = (("api/v1", ""), ("api/v1", "/values"), ("board", ""), ("board", "/preview"))
OF_BASKET = "papers hold abandonment acceptance-form cards transfers recharge-cards completion"
DRAWS = ("board/paper-books/draws", "api/v1/paper-draws")
REFUNDS = (("board/charges", "refund", "transfer-back"), ("api/v1/charges", "refund-slip", "transfer-back"))
DECIDING = ("", "/decision", "/withdrawal")
JOB_STEPS = ("/number", "/visit", "/line-test", "/finish", "/abandonment")
INVOICES = (
    *(("desk/invoices", step) for step in ("/collection", "/withdrawal", "/issue", "/file")),
    *(("board/invoices", step) for step in ("", "/signature", "/reversal")),
    *(("api/v1/invoices", step) for step in ("", "/collection", "/withdrawal", "/red-letter")),
)
OWNED: dict[str, dict[str, str]] = {
    "desk/orders/<int:order_id>": {"order_id": "order"},
    "desk/receipts/<int:receipt_id>": {"receipt_id": "receipt"},
    **{f"desk/baskets/<int:basket_id>/items/<int:item_id>/{step}": ITEM for step in ("removal", "quantity")},
    "desk/baskets/<int:basket_id>/payment": {"basket_id": "paid_basket"},
    "api/v1/baskets/<int:basket_id>/papers": OPEN,
    "desk/baskets/<int:basket_id>/resumption": {"basket_id": "held_basket"},
    **{
        f"{at}/<int:basket_id>/signature{step}": {"basket_id": "paid_basket"}
        for at in ("desk/baskets", "api/v1/baskets")
        for step in ("", "/request", "/withdrawal")
    },
    **{f"desk/display/signings/<int:request_id>{step}": SIGNING for step in ("", "/objection")},
    **{f"desk/baskets/<int:basket_id>/{step}": OPEN for step in OF_BASKET.split()},
    **{f"{at}/<int:basket_id>/charges": OPEN for at in ("desk/baskets", "api/v1/baskets")},
    **{
        f"desk/baskets/<int:basket_id>/charges/<int:charge_id>/{step}": CHARGE
        for step in ("query", "cancellation", "refund-slip")
    },
    **{
        f"{at}/paper-books/<int:book_id>/{step}": {"book_id": "book"}
        for at in ("board", "api/v1")
        for step in ("return", "holder")
    },
    **{f"{at}/<int:draw_id>/taking": {"draw_id": "draw"} for at in DRAWS},
    **{f"{at}/<int:charge_id>/{step}": {"charge_id": "charge"} for at, *steps in REFUNDS for step in steps},
    "board/charges/bills/<int:difference_id>": {"difference_id": "difference"},
    **{f"desk/payments/<int:payment_id>/{step}": PAYMENT for step in ("void", "reversal", "invoices")},
    "api/v1/payments/<int:payment_id>/invoices": PAYMENT,
    **{f"{where}/<int:invoice_id>{step}": {"invoice_id": "invoice"} for where, step in INVOICES},
    "desk/documents/<int:document_id>/copies/<int:job_id>.pdf": {**DOCUMENT, "job_id": "print_job"},
    **{
        f"desk/follow-ups/<int:work_order>{step}": WORK_ORDER
        for step in ("", "/number", "/calls", "/archive", "/sheet")
    },
    "desk/returns/<int:work_order>": WORK_ORDER,
    "board/accuracy/<int:user_id>": {"user_id": "user"},
    **{f"board/deposits/bags/<int:bag_id>{step}": BAG for step in ("", "/signature", "/handover")},
    **{
        f"board/shortages/<int:shortage_id>{step}": {"shortage_id": "shortage"}
        for step in ("", "/answer", "/decision")
    },
    **{f"board/drawers/<int:drawer_id>{step}": DRAWER for step in ("", "/decision", "/report")},
    **{
        f"board/work/<int:work_order>{step}": WORK_ORDER
        for step in ("", "/dispatch", "/sign", "/assign", "/archive", "/papers")
    },
    "board/papers/<int:document_id>/copies/<int:job_id>.pdf": {**DOCUMENT, "job_id": "print_job"},
    **{
        f"board/imports/uploads/<int:upload_id>{step}": {"upload_id": "upload"}
        for step in ("", "/commit", "/progress")
    },
    "board/imports/<int:import_id>/undo": {"import_id": "import"},
    "board/samples/<int:order_id>": {"order_id": "order"},
    "board/privacy/<int:request_id>/deletion": {"request_id": "deletion"},
    **{
        f"board/webhooks/<int:webhook>{step}": WEBHOOK
        for step in ("", "/secret", "/state", "/test", "/replay")
    },
    **{
        f"board/matters/<int:matter_id>{step}": {"matter_id": "matter"}
        for step in ("", "/telling", "/answer", "/closing")
    },
    **{
        f"board/instructions/<int:instruction_id>{step}": {"instruction_id": "instruction"}
        for step in ("", "/notes")
    },
    **{
        f"{at}/notices/<int:notice_id>{step}": NOTICE
        for at in ("board", "api/v1")
        for step in ("", "/receipt", "/questions")
    },
    "board/notices/questions/<int:question_id>/answer": {"question_id": "question"},
    **{
        f"desk/enquiries/<int:enquiry_id>{step}": {"enquiry_id": "enquiry"}
        for step in ("", "/offer", "/receipt", "/answer", "/closing")
    },
    **{f"board/approvals/<int:request_id>{step}": {"request_id": "approval"} for step in DECIDING},
    "board/approvals/delegations/<int:delegation_id>/end": {"delegation_id": "delegation"},
    "board/tokens/<int:token_id>/revocation": {"token_id": "token"},
    **{
        f"pocket/jobs/<int:work_order>{step}": WORK_ORDER
        for step in ("", "/network", "/number", "/visit", "/line-test", "/finish", "/abandonment")
    },
    "api/v1/baskets/<int:basket_id>": {"basket_id": "open_basket"},
    "api/v1/baskets/<int:basket_id>/items/<int:item_id>": {"basket_id": "open_basket", "item_id": "item"},
    "api/v1/baskets/<int:basket_id>/resumption": {"basket_id": "held_basket"},
    **{
        f"api/v1/baskets/<int:basket_id>/{step}": {"basket_id": "open_basket"}
        for step in ("hold", "abandonment", "acceptance-form", "transfers", "completion")
    },
    "api/v1/baskets/<int:basket_id>/payment": {"basket_id": "paid_basket"},
    **{f"api/v1/payments/<int:payment_id>{step}": PAYMENT for step in ("", "/void", "/reversal")},
    "api/v1/receipts/<int:receipt_id>": {"receipt_id": "receipt"},
    **{
        f"{at}/documents/<int:document_id>{step}": DOCUMENT
        for at in ("desk", "api/v1")
        for step in ("", "/prints", "/reprints")
    },
    "api/v1/documents/<int:document_id>/copies/<int:job_id>.pdf": {**DOCUMENT, "job_id": "print_job"},
    "api/v1/work-orders/<int:work_order>": WORK_ORDER,
    "api/v1/work-orders/<int:work_order>/assignment": WORK_ORDER,
    "api/v1/work-orders/<int:work_order>/sheet": WORK_ORDER,
    "api/v1/work-orders/<int:work_order>/calls": WORK_ORDER,
    "api/v1/work-orders/<int:work_order>/archive": WORK_ORDER,
    "api/v1/orders/<int:order_id>/check": {"order_id": "order"},
    **{f"api/v1/approvals/<int:request_id>{step}": {"request_id": "approval"} for step in DECIDING[::2]},
    **{f"desk/messages/<int:notice_id>{step}": MESSAGE for step in ("", "/number", "/telling")},
    "api/v1/messages/<int:message_id>/telling": {"message_id": "message"},
    "api/v1/questions/<int:question_id>/answer": {"question_id": "question"},
    **{f"api/v1/jobs/<int:work_order>{step}": WORK_ORDER for step in JOB_STEPS},
    **{f"api/v1/deposits/bags/<int:bag_id>{step}": BAG for step in ("", "/handover")},
    "api/v1/drawers/<int:drawer_id>": DRAWER,
    "api/v1/shortages/<int:shortage_id>": {"shortage_id": "shortage"},
    "api/v1/work-orders/<int:work_order>/number": WORK_ORDER,
}
"""Routes to a record of one hall: what its ids name at work in 馨苑厅."""

LINE = {"party_id": "party", "account": "account"}
OF_PRINCIPAL = {"principal": "principal"}
OF_CUSTOMER = {
    "desk/customers": "/purpose /particulars /home /scans /correction /paper /items /move /telephone /line-changes /suggestion"
    " /messages /messages/language /privacy /privacy/copy /privacy/consents /privacy/deletion /standing /standing/level /standing/supervisor /standing/contacts /telephones /telephones/recharge /telephones/calls /telephones/service-password /balance /balance/deposits /balance/refund /goods /goods/items",
    "api/v1/customers": "/corrections /purposes /particulars /options /items /subscriptions /consents /looks /copy"
    " /balance /deposits /deletion-requests /language /standing /standing/level /standing/supervisor /standing/contacts /goods",
}
SHARED: dict[str, dict[str, str]] = {
    **{
        f"{at}/<int:party_id>{one}": PARTY
        for at, below in OF_CUSTOMER.items()
        for one in ("", *below.split())
    },
    "desk/customers/<int:party_id>/goods/<int:add_on_id>/cancellation": {**PARTY, "add_on_id": "add_on"},
    "api/v1/add-ons/<int:add_on_id>/cancellation": {"add_on_id": "add_on"},
    **{f"board/principals/<slug:code>{step}": {"code": "principal"} for step in ("", "/settlements")},
    **{f"api/v1/principals/<str:principal>/{one}": OF_PRINCIPAL for one in ("statements", "settlements")},
    **{f"desk/customers/<int:party_id>/line/<slug:account>{one}": LINE for one in ("", "/cut", "/password")},
    **{
        f"{at}/<int:party_id>/standing/contacts/<int:contact_id>/end": {
            "party_id": "firm",
            "contact_id": "contact",
        }
        for at in ("desk/customers", "api/v1/customers")
    },
    "desk/customers/<int:party_id>/scans/<int:scan_id>": {**PARTY, "scan_id": "scan"},
    **{
        f"desk/accounts/<int:subscription_id>{step}": SUBSCRIPTION
        for step in ("", "/ending", "/stay", "/registration", "/transfer")
    },
    "api/v1/subscriptions/<int:subscription_id>/transfer": SUBSCRIPTION,
    **{
        f"board/network/devices/<int:device_id>{step}": {"device_id": "device"}
        for step in ("", "/retirement")
    },
    "desk/premises/<int:premises_id>": {"premises_id": "home"},
    **{f"board/duplicates/<int:one>/<int:other>{step}": TWO for step in ("", "/merge", "/apart")},
    "board/duplicates/merges/<int:merge_id>/undoing": {"merge_id": "merge"},
    **{
        f"api/v1/subscriptions/<int:subscription_id>/{step}": SUBSCRIPTION
        for step in ("ending", "line", "usage", "telephones", "service-password")
    },
    "api/v1/premises/<int:premises_id>": {"premises_id": "home"},
    **{f"api/v1/telephone/runs/<int:run_id>{step}": {"run_id": "month_run"} for step in ("", "/outliers")},
    "api/v1/paper-lots/<int:lot_id>/draws": {"lot_id": "lot"},
    **{f"{where}/policies/<str:code>{step}": {"code": "policy"} for where, step in POLICIES},
    **{f"board/{one}/<slug:code>": {"code": "export"} for one in ("exports", "registers")},
    **{f"board/books/journal/<int:user_id>{step}": {"user_id": "user"} for step in ("", "/paper")},
    **{
        f"board/staff/<int:person_id>/{step}": {"person_id": "person"}
        for step in ("roles", "roles/withdrawal", "lesson", "login", "login/unlocking")
    },
    "api/v1/staff/<int:person_id>/lesson": {"person_id": "person"},
    "account/security/devices/<int:factor_id>/revocation": {"factor_id": "factor"},
    "rules/<str:rule>": {"rule": "rule"},
    "intake/charges/<slug:provider>": {"provider": "provider"},
    "design/<slug:surface>": {"surface": "surface"},
    "v/<slug:code>": {"code": "code"},
    **{
        f"my/recharges/<int:charge_id>{step}": {"charge_id": "charge"}
        for step in ("", "/query", "/cancellation")
    },
}
"""Routes to what belongs to the operator or to nobody: found from every hall, and never in the clear."""

STRICTER = {("board/policies/<str:code>", "POST"): "policy.change"}
"""Forms behind a page that more people may read."""

AT_A_COUNTER = ("desk/display", "desk/display/figures")
"""What stands on a counter: 404 for whoever works away from them."""

TOLD_ONLY = {
    f"board/matters/<int:matter_id>{step}": ("clerk", "manager", "headquarters")
    for step in ("", "/telling", "/answer", "/closing")
} | {
    f"board/shortages/<int:shortage_id>{step}": ("manager", "headquarters", "cashier_auditor")
    for step in ("", "/answer")
}
"""What only whoever reported it and the levels that were told find (ESC-01), or whoever proposes and decides (LAW-04); 404 for everybody else."""

_CASES = ("desk/follow-ups", "pocket/jobs", "api/v1/work-orders", "api/v1/jobs")
DIALLED = (
    "desk/messages/<int:notice_id>/number",
    *(f"{where}/<int:work_order>/number" for where in _CASES),
)
"""Where the person on the case asks for the customer's phone, on record, and nobody else reaches (SEC-01, SEC-07)."""

PROGRAMMES = "api/v1/"
"""Where a token is asked for instead of a session."""


@dataclass(frozen=True)
class Route:
    """A route of the URL map with what its view declares."""

    pattern: str
    permission: str
    methods: tuple[str, ...]
    parameters: bool
    permissions: dict[str, str] = field(default_factory=dict, hash=False, compare=False)

    @property
    def programme(self) -> bool:
        """Whether programmes ask here."""
        return self.pattern.startswith(PROGRAMMES)

    def needs(self, method: str) -> str:
        """The permission that this method asks for."""
        return self.permissions.get(method) or STRICTER.get((self.pattern, method), self.permission)

    def doors(self, method: str) -> tuple[str, ...]:
        """The permissions that are asked for one after the other."""
        return (self.needs(method),) if self.permissions else (self.permission, self.needs(method))

    def body(self, method: str, home: int = 1) -> bytes:
        """What a programme would send with this method, complete; `home` is a dwelling."""
        if method == "PATCH":
            return json.dumps({"quantity": 2}).encode()
        last = self.pattern.rsplit("/", 1)[-1]
        given = {**BODIES[last], "home": home} if last == "items" else BODIES.get(last)
        return json.dumps(given).encode() if method == "POST" and given else b""

    def address(self, work: HallAtWork) -> str:
        """The route to the records of 馨苑厅. A route that registers no record fails here."""
        known = {**OWNED, **SHARED}
        if not self.parameters:
            return f"/{self.pattern}"
        assert self.pattern in known, f"{self.pattern}: register its record in OWNED or SHARED of this test"
        path = self.pattern
        for name, record in known[self.pattern].items():
            kind = next(kind for kind in ("int", "str", "slug") if f"<{kind}:{name}>" in path)
            path = path.replace(f"<{kind}:{name}>", str(work.records[record]))
        return f"/{path}"


def routes_of(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[Route]:
    for entry in patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes_of(entry.url_patterns, path)
        else:
            view: Any = entry.callback
            asked = getattr(view, "permissions", {})
            yield Route(path, view.permission, view.methods, "<" in path, asked)


ROUTES = list(routes_of(get_resolver().url_patterns))
