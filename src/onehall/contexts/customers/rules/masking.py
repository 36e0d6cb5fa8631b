"""What is shown of personal data by default (SEC-07): enough to recognise, not enough to use."""

import re

_LONG = 15  # structural: the shorter of the two lengths of a resident ID
_MOBILE = 11  # structural: places of a mobile number
_LONG_ENDS = (3, 4)  # structural: 610***********1234 and 138****6021, as SEC-07 shows them
_SHORT_ENDS = (1, 2)
_LANDLINE_ENDS = (2, 2)
_AREA_ENDS = (4, 2)  # structural: an area code with its zero
_PLACE = 4  # structural: the first characters of an address without numbers


def mask_name(name: str) -> str:
    """王*国, 刘*; only the ends of longer names: for displays that the public sees."""
    if len(name) <= 2:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_document(number: str) -> str:
    """610***********1234 for long numbers; the first place and the last two of short ones."""
    return _hide(number, *(_LONG_ENDS if len(number) >= _LONG else _SHORT_ENDS))


def mask_phone(phone: str) -> str:
    """138****6021; a fixed line keeps its area code or first two digits, and the last two."""
    if len(phone) == _MOBILE and phone.startswith("1"):
        return _hide(phone, *_LONG_ENDS)
    return _hide(phone, *(_AREA_ENDS if phone.startswith("0") else _LANDLINE_ENDS))


def mask_address(address: str) -> str:
    """The place stays, every number in it goes: 柳花苑*号楼*单元***室; without numbers only the beginning stays."""
    hidden = re.sub(r"[0-9０-９A-Za-z]", "*", address)
    return hidden if hidden != address else _hide(address, min(_PLACE, len(address) // 2), 0)


def _hide(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + (text[-last:] if last else "")
