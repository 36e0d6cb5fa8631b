"""Numbers of identity documents (CUS-02): structure, birth date and check digit; never the county tables,
because real numbers keep codes of counties that have changed since."""

import re
import unicodedata
from datetime import date
from itertools import starmap
from operator import mul

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from onehall.contexts.customers.contracts import DocumentGiven, DocumentKind, PartyKind
from onehall.contexts.customers.rules.refusals import BadDocument, DocumentExpired
from onehall.foundation.values.text import Text

NAMES = {
    DocumentKind.RESIDENT_ID: Text("居民身份证", "resident identity card"),
    DocumentKind.PASSPORT: Text("护照", "passport"),
    DocumentKind.MILITARY_ID: Text("军人证件", "military identity document"),
    DocumentKind.HONG_KONG_MACAO_PERMIT: Text("港澳居民来往内地通行证", "Hong Kong and Macao permit"),
    DocumentKind.TAIWAN_PERMIT: Text("台湾居民来往大陆通行证", "Taiwan permit"),
    DocumentKind.FOREIGN_RESIDENT_ID: Text(
        "外国人永久居留身份证", "foreign permanent resident identity card"
    ),
    DocumentKind.CREDIT_CODE: Text("统一社会信用代码证照", "unified social credit code"),
}
_SHAPES = {
    DocumentKind.PASSPORT: r"[A-Z0-9]{5,15}",
    DocumentKind.MILITARY_ID: r"\w{5,20}",
    DocumentKind.HONG_KONG_MACAO_PERMIT: r"[HM]\d{8}(\d{2})?",
    DocumentKind.TAIWAN_PERMIT: r"\d{8}|\d{10}[A-Z]?",
    DocumentKind.FOREIGN_RESIDENT_ID: r"[A-Z]{3}\d{12}|9\d{16}[\dX]",
}
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))  # structural: GB 11643, ISO 7064 MOD 11-2
_CHECK_DIGITS = "10X98765432"


def normal_number(typed: str) -> str:
    """Full-width places become narrow, spaces and hyphens go, letters become capitals (x → X)."""
    return re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", typed)).upper()


def check_document(kind: DocumentKind, typed: str, *, on: date, field: str = "document") -> str:
    """The number in its normal form, or BadDocument that names `field` and says why; `on` is today."""
    number = normal_number(typed)
    if kind is DocumentKind.RESIDENT_ID:
        fault = _resident_fault(number, on)
    elif kind is DocumentKind.CREDIT_CODE:
        fault = _credit_code_fault(number)
    else:
        fault = (
            None
            if re.fullmatch(_SHAPES[kind], number)
            else Text("位数或字符不符", "places or characters do not fit")
        )
    if fault:
        name = NAMES[kind]
        raise BadDocument(field=field, document=name.zh, document_en=name.en, why=fault.zh, why_en=fault.en)
    return number


def check_holder(kind: PartyKind, given: DocumentGiven, *, on: date, field: str = "document") -> str:
    """The normal number of a valid document that fits its holder: a person's, or an organisation's."""
    if (given.kind is DocumentKind.CREDIT_CODE) is not (kind is PartyKind.ORGANISATION):
        name = NAMES[given.kind]
        why = Text(
            "个人用个人证件，单位用统一社会信用代码",
            "a person's document for a person, a credit code for an organisation",
        )
        raise BadDocument(field=field, document=name.zh, document_en=name.en, why=why.zh, why_en=why.en)
    number = check_document(given.kind, given.number, on=on, field=field)
    check_validity(given.valid_until, on=on, field=field)
    return number


def check_validity(valid_until: date | None, *, on: date, field: str = "valid_until") -> None:
    """Refuses a document whose last day has passed (CUS-01); None is valid for ever (长期)."""
    if valid_until is not None and valid_until < on:
        raise DocumentExpired(field=field, until=valid_until.isoformat())


def check_digit(first_seventeen: str) -> str:
    """The eighteenth place of a resident ID: ISO 7064 MOD 11-2 (GB 11643)."""
    return _CHECK_DIGITS[sum(starmap(mul, zip(_WEIGHTS, map(int, first_seventeen), strict=True))) % 11]


def birth_date(number: str) -> date | None:
    """The birth date in places 7 to 14 of a resident ID, or None where it is no real date."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def age_on(born: date, day: date) -> int:
    """Full years; whoever is born on 29 February turns on 1 March in other years (民法典 199–204)."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def needs_guardian(kind: DocumentKind, number: str, *, on: date, below: int) -> bool:
    """Whether a resident ID is of somebody under `below` years (LAW-30); other documents do not tell."""
    born = birth_date(number) if kind is DocumentKind.RESIDENT_ID else None
    return born is not None and age_on(born, on) < below


def _resident_fault(number: str, on: date) -> Text | None:
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return Text("应为 18 位，前 17 位为数字", "18 places, the first 17 of them digits, are needed")
    born = birth_date(number)
    if born is None:
        return Text("第 7 至 14 位不是真实的出生日期", "places 7 to 14 are no real birth date")
    if born > on:
        return Text("出生日期在今天之后", "the birth date lies in the future")
    if check_digit(number[:17]) != number[17]:
        return Text("校验位不符，可能有一位输错", "the check digit does not fit: one place may be mistyped")
    return None


def _credit_code_fault(number: str) -> Text | None:
    try:
        uscc.validate(number)
    except ValidationError:
        return Text("应为 18 位且校验位相符", "18 places with a fitting check character are needed")
    return None
