"""Which chapter of the rule book a rule stands in, and which rule stands behind a condition of sale."""

from onehall.foundation.values.text import Text

_ORGANISATION = Text("组织、人员、保密", "organisation, people, privacy")
_CUSTOMERS = Text("客户、地址、账号", "customers, addresses, accounts")
_CATALOGUE = Text("产品、资费", "catalogue, fees")
_ORDERS = Text("受理、一台清", "orders, the one-stop desk")
_FIELD = Text("上门施工、回访", "field work and follow-up")
_MONEY = Text("款项、票据", "money")
_NETWORKS = Text("网络、计量", "networks and metering")
_CARE = Text("障碍、投诉、意见", "care: faults, complaints, feedback")
_HALL = Text("厅面、叫号、自助", "the hall: queue, zones, self-service")
_CASH = Text("现金、库存、交接、日清", "cash, stock, handover, daily close")
_WORKFORCE = Text("人员管理", "workforce")
_INSPECTION = Text("检查、安全、档案", "inspection, safety, facilities, records")
_CONTINUITY = Text("应急", "continuity and emergencies")
_INTERFACES = Text("接口", "programme interfaces")
_LAW = Text("法规、惯例、表单", "law, practice, forms")

CHAPTERS = {
    "ORG": _ORGANISATION, "SEC": _ORGANISATION, "ESC": _ORGANISATION,
    "CUS": _CUSTOMERS, "ADR": _CUSTOMERS,
    "CAT": _CATALOGUE, "FEE": _CATALOGUE,
    "ORD": _ORDERS, "CHG": _ORDERS,
    "WRK": _FIELD,
    "LED": _MONEY, "PAY": _MONEY, "RCP": _MONEY, "BIL": _MONEY,
    "NET": _NETWORKS, "VOI": _NETWORKS, "VOD": _NETWORKS, "MOB": _NETWORKS, "GAS": _NETWORKS,
    "FLT": _CARE, "CMP": _CARE, "HOT": _CARE,
    "HAL": _HALL, "QUE": _HALL, "SLF": _HALL, "WRD": _HALL, "APM": _HALL,
    "CSH": _CASH, "STK": _CASH, "HND": _CASH,
    "ROS": _WORKFORCE, "ATT": _WORKFORCE, "TRN": _WORKFORCE, "APR": _WORKFORCE, "MTG": _WORKFORCE,
    "INT": _WORKFORCE,
    "INS": _INSPECTION, "SAF": _INSPECTION, "FAC": _INSPECTION, "REC": _INSPECTION,
    "CON": _CONTINUITY,
    "API": _INTERFACES,
    "LAW": _LAW, "FRM": _LAW,
}  # fmt: skip
"""By the letters of the number; a test compares them with the book."""

ELIGIBILITY = {
    "compound_served": "ADR-03",
    "source_offered": "ADR-03",
    "new_dwelling_only": "ADR-07",
    "broadband_in_use": "PAY-01",
    "renewal_same_offering_or_expiry": "CAT-02",
    "speed_change_at_expiry": "CAT-02",
    "other_speed": "CAT-02",
    "inside_paid_term": "CAT-02",
    "individual_only": "CUS-01",
    "organisation_only": "CUS-01",
}
"""Condition of sale → rule, as the verdicts of the catalogue say; a test compares the two."""
