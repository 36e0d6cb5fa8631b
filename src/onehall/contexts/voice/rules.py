"""Deciding about telephone lines: values in, values out. Money is in units: whole numbers of 1/10000 yuan."""

from onehall.contexts.voice.contracts import LineState, StateRefused


def check_state(state: LineState) -> None:
    """Refuses what no line can be: without a number or plan, money below zero, annual credit without its last day (CAT-04)."""
    if not (state.number.isascii() and state.number.isdigit()):
        raise StateRefused(
            field="number", why="电话号码要是数字", why_en="A telephone number is made of digits"
        )
    if not state.plan:
        raise StateRefused(field="plan", why="没有资费", why_en="The plan is missing")
    for name in ("monthly_credit", "annual_credit", "alarm_threshold"):
        if getattr(state, name) < 0:
            raise StateRefused(field=name, why="金额不能小于零", why_en="An amount cannot be below zero")
    if state.annual_credit and state.annual_credit_until is None:
        raise StateRefused(
            field="annual_credit_until", why="年赠送话费没有到期日", why_en="Annual credit has no last day"
        )
