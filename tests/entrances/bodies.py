"""What a programme sends to each operation."""

from typing import Any

BODIES: dict[str, dict[str, Any]] = {
    "hold": {"reason": "试"},
    "signature": {"method": "paper"},
    "payment": {"due_fen": 88000, "tendered_fen": 88000},
    "void": {"reason": "试", "copies_present": 3},
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
    "transfer": {"owner": 1},
    "corrections": {"changes": [{"field": "phone:new", "value": "13800138000"}], "cause": "changed"},
    "consents": {"kind": "notice", "given": True},
    "check": {"good": True},
    "notices": {"title": "试", "body": "试", "read_by": "2030-01-01"},
    "questions": {"text": "试"},
    "answer": {"text": "试"},
    "activities": {"title": "试", "start": "2030-01-01T22:00", "end": "2030-01-01T23:00"},
    "days": {"first": "2030-01-01", "last": "2030-01-01", "kind": "holiday", "name": "试", "reason": "试"},
    "hours": {"weekdays": [0], "first": "2030-01-01", "hours": "9:00–18:00", "reason": "试"},
    "values": {"value": 5000, "valid_from": "2030-01-01", "source": "试"},
}
"""What a programme sends, by the last word of the route; a basket's line takes a quantity."""
