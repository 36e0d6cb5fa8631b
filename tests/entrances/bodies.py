"""What a programme sends to each operation, and what is refused even to who may."""

from typing import Any

BODIES: dict[str, dict[str, Any]] = {
    "hold": {"reason": "试"},
    "bags": {"drawers": [1], "counted": [{"fen": 1000, "pieces": 1}]},
    "handover": {"carrier": "建行"},
    "shortages": {"drawer_id": 1, "cause": "miscount", "evidence": "试"},
    "paper-lots": {"kind": "receipt", "first": "7100001", "last": "7100009", "note": "试"},
    "draws": {"hall_id": 1, "first": "7000051", "last": "7000060"},
    "taking": {"papers": 50},
    "paper-books": {"kind": "receipt", "counter_id": 1, "person": 1, "first": "7000001", "last": "7000009"},
    "holder": {"person": 1},
    "return": {"stubs": 8000},
    "spoilt-papers": {"kind": "receipt", "number": "x", "copies_present": 3, "reason": "试"},
    "paper-stubs": {"day": "2026-11-01", "books": [{"book": 1, "stubs": 1, "voids": 0}]},
    "proposal": {"day": "2026-11-01"},
    "refused-notes": {"fen": 10000, "pieces": 1},
    "telling": {"how": "试"},
    "staff": {"staff_no": "t0998", "name": "试", "role": "clerk", "reason": "试"},
    "lesson": {"passed_on": "2026-01-05", "note": "试"},
    "keepers": {"duty": "safety", "person_id": 1},
    "language": {"language": "en"},
    "signature": {"method": "paper"},
    "payment": {"due_fen": 88000, "tendered_fen": 88000},
    "charges": {"code": "134567890123456700"},
    "refund-slip": {"card": "1234", "approval": "012345", "reference": "000000000001"},
    "deposits": {"amount_fen": 10000},
    "transfers": {"amount_fen": 88000, "reference": "x"},
    "transfer-back": {"reference": "20261126000001"},
    "invoices": {"title": "试一试", "receipt": "x"},
    "collection": {"receipt": "x"},
    "withdrawal": {"reason": "试"},
    "red-letter": {"reason": "试"},
    "void": {"reason": "试", "copies_present": 3},
    "reversal": {"reason": "试", "copies_present": 3},
    "reprints": {"reason": "试"},
    "items": {"home": 1, "business": "new_broadband", "offering": "bb20-year"},
    "assignment": {"installer": 1},
    "sheet": {"method": "paper"},
    "calls": {"outcome": "passed", "satisfaction": 5},
    "line-test": {"down_kbps": 20480, "up_kbps": 4096, "loss_permille": 0},
    "finish": {"points": 1, "method": "paper"},
    "abandonment": {"note": "没人在家"},
    "purposes": {"kind": "present_verified", "verification": "id_document"},
    "particulars": {"field": "phone:1"},
    "ending": {"reason": "搬家"},
    "papers": {"seen": ["identity_document"]},
    "level": {"level": "gold", "reason": "年消费额高"},
    "supervisor": {"supervisor_id": 1},
    "contacts": {
        "name": "何芳",
        "document_kind": "resident_id",
        "document": "x",
        "mandates": ["order"],
        "until": "2030-01-01",
    },
    "transfer": {"owner": 1},
    "corrections": {"changes": [{"field": "phone:new", "value": "13800138000"}], "cause": "changed"},
    "consents": {"kind": "notice", "given": True},
    "check": {"good": True},
    "service-password": {"new": ""},
    "notices": {"title": "试", "body": "试", "read_by": "2030-01-01"},
    "questions": {"text": "试"},
    "answer": {"text": "试"},
    "activities": {"title": "试", "start": "2030-01-01T22:00", "end": "2030-01-01T23:00"},
    "days": {"first": "2030-01-01", "last": "2030-01-01", "kind": "holiday", "name": "试", "reason": "试"},
    "hours": {"weekdays": [0], "first": "2030-01-01", "hours": "9:00–18:00", "reason": "试"},
    "records": {"name": "试", "records": []},
    "goods": {"offering": "water-bill", "reference": "0301-2287", "fen": 8640},
    "settlements": {"hall": 1, "month": "2026-10-01", "fen": 1, "transfer": "试"},
    "values": {"value": 5000, "valid_from": "2030-01-01", "source": "试"},
}
"""What a programme sends, by the last word of the route; a basket's line takes a quantity."""

ANSWERS = {
    ("board/staff/<int:person_id>/roles", "POST"): 404,  # no role was named
    ("board/staff/<int:person_id>/roles/withdrawal", "POST"): 404,
    ("account/security/devices/<int:factor_id>/revocation", "POST"): 404,  # another person's device
    ("desk/customers/<int:party_id>/line/<slug:account>/cut", "POST"): 403,
    ("desk/customers/<int:party_id>/line/<slug:account>/password", "POST"): 403,
    ("desk/customers/<int:party_id>/telephones/recharge", "POST"): 403,
    ("desk/customers/<int:party_id>/balance/deposits", "POST"): 403,
    ("desk/customers/<int:party_id>/balance/refund", "POST"): 403,
    ("api/v1/customers/<int:party_id>/balance", "GET"): 403,
    ("desk/customers/<int:party_id>/telephones/calls", "POST"): 403,
    ("desk/customers/<int:party_id>/goods/items", "POST"): 403,
    ("desk/customers/<int:party_id>/goods/<int:add_on_id>/cancellation", "POST"): 403,
    ("api/v1/add-ons/<int:add_on_id>/cancellation", "POST"): 403,
    ("desk/customers/<int:party_id>/telephones/service-password", "POST"): 403,
    ("desk/customers/<int:party_id>/scans", "GET"): 403,
    ("desk/accounts/<int:subscription_id>/registration", "POST"): 403,
    ("desk/customers/<int:party_id>/correction", "GET"): 403,
    ("desk/customers/<int:party_id>/particulars", "POST"): 403,  # nobody stated a purpose (SEC-01)
    ("desk/customers/<int:party_id>/privacy/copy", "POST"): 403,  # nobody was verified (SEC-02)
    ("desk/customers/<int:party_id>/privacy/deletion", "POST"): 403,
    ("desk/follow-ups/<int:work_order>/number", "POST"): 403,  # no call is owed (SEC-01)
    ("api/v1/work-orders/<int:work_order>/number", "POST"): 403,
    ("readyz", "GET"): 503,  # no clock runs beside the hall at work: its events wait
    ("desk/customers/<int:party_id>/move", "GET"): 400,  # no dwelling was named
    ("desk/customers/<int:party_id>/telephone", "GET"): 400,  # no dwelling was named
    ("desk/customers/<int:party_id>/line-changes", "GET"): 400,
    ("desk/customers/<int:party_id>/home", "GET"): 404,  # no address was asked for
    ("api/v1/customers/<int:party_id>", "GET"): 403,  # nobody stated a purpose (SEC-01)
    **{
        (f"api/v1/customers/<int:party_id>/{one}", method): 403  # nobody was verified (SEC-02)
        for one, method in (
            ("consents", "GET"),
            ("looks", "GET"),
            ("copy", "POST"),
            ("deletion-requests", "POST"),
        )
    },
    ("api/v1/customers/<int:party_id>/subscriptions", "GET"): 403,
    ("api/v1/subscriptions/<int:subscription_id>/line", "GET"): 403,
    ("api/v1/subscriptions/<int:subscription_id>/usage", "GET"): 403,
    ("api/v1/subscriptions/<int:subscription_id>/telephones", "GET"): 403,
    ("api/v1/customers", "GET"): 422,  # nothing was asked for
    ("api/v1/customers/<int:party_id>/options", "GET"): 422,
    ("api/v1/premises", "GET"): 422,
    ("api/v1/principals/<str:principal>/statements", "GET"): 422,
}
"""Requests that even who may is refused, while they say nothing more."""
