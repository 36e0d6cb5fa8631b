"""Deciding about recharge cards: what a number and a secret look like; neither is kept (PAY-03)."""

import re

from onehall.contexts.acquiring.contracts import ChargeRefused

_CARD, _SECRET = re.compile(r"\d{10,20}"), re.compile(r"\d{6,20}")


def card_code(*, card: str, secret: str) -> str:
    """Number and secret as a provider is asked with them, once. Raises ChargeRefused; never repeats what was typed."""
    typed = {
        "card_no": (card, _CARD, "充值卡号是 10 到 20 位数字", "A recharge card's number has ten to twenty digits"),
        "secret": (secret, _SECRET, "充值卡密码是 6 到 20 位数字", "A recharge card's secret has six to twenty digits"),
    }  # fmt: skip
    found = {}
    for field, (text, shape, why, why_en) in typed.items():
        found[field] = re.sub(r"[\s-]", "", text)
        if not found[field].isascii() or not shape.fullmatch(found[field]):
            raise ChargeRefused(
                field=field, why=why, why_en=why_en, do="请照卡面重填，刮开涂层看密码。", do_en="Copy it from the card; scratch the secret free.",
            )  # fmt: skip
    return f"{found['card_no']} {found['secret']}"
