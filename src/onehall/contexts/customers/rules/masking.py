"""What is shown of personal data by default (SEC-07): enough to recognise, not enough to use."""

import re


def mask_name(name: str) -> str:
    """王*国, 刘*; only the ends of longer names: for displays that the public sees."""
    if len(name) < 3:
        return name[:1] + "*" * (len(name) - 1)
    return name[0] + "*" * (len(name) - 2) + name[-1]


def mask_document(number: str) -> str:
    """610***********1234 for long numbers; the first place and the last two of short ones."""
    if len(number) >= 15:
        return _hide(number, 3, 4)
    return _hide(number, 1, 2)


def mask_phone(phone: str) -> str:
    """138****6021; a fixed line keeps its area code or first two digits, and the last two."""
    if len(phone) == 11 and phone.startswith("1"):
        return _hide(phone, 3, 4)
    return _hide(phone, 4 if phone.startswith("0") else 2, 2)


def mask_address(address: str) -> str:
    """The place stays, every number in it goes: 馨苑*号楼*单元***室; without numbers only the first four places stay."""
    hidden = re.sub(r"[0-9０-９A-Za-z]", "*", address)
    return hidden if hidden != address else _hide(address, min(4, len(address) // 2), 0)


def _hide(text: str, first: int, last: int) -> str:
    hidden = len(text) - first - last
    if hidden <= 0:
        return "*" * len(text)
    return text[:first] + "*" * hidden + text[len(text) - last :] if last else text[:first] + "*" * hidden
