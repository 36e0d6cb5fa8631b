"""Telephone numbers: mainland mobile numbers, and fixed lines with or without the area code."""

import re
import unicodedata

from onehall.contexts.customers.contracts import ContactKind
from onehall.contexts.customers.rules.refusals import BadPhone

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})?([2-9][0-9]{6,7})")


def normal_phone(typed: str) -> str:
    """Digits only, narrow, without the country code: 8602968699001 and (029) 6869-9001 are the same line (ADR-05)."""
    digits = re.sub(r"[\s\-()+.]", "", unicodedata.normalize("NFKC", typed))
    if abroad := re.fullmatch(r"(?:00)?86([0-9]{9,11})", digits):
        national = abroad[1]
        return national if _MOBILE.fullmatch(national) or national.startswith("0") else "0" + national
    return digits


def check_phone(typed: str, *, field: str = "phone") -> tuple[ContactKind, str]:
    """Kind and normal form, or BadPhone naming `field`."""
    phone = normal_phone(typed)
    if _MOBILE.fullmatch(phone):
        return ContactKind.MOBILE, phone
    if _LANDLINE.fullmatch(phone):
        return ContactKind.LANDLINE, phone
    raise BadPhone(field=field, phone=typed.strip()[:30])


def searched_phone(phone: str) -> str:
    """What a whole number is searched by: fixed lines without the area code, so both ways of writing find it."""
    line = _LANDLINE.fullmatch(phone)
    return line[2] if line and not _MOBILE.fullmatch(phone) else phone
