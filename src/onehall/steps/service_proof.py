"""A telephone line's service password as what shows who the customer is (ADR-05, SEC-05)."""

from datetime import datetime

from onehall.contexts.provisioning import api as provisioning
from onehall.contexts.voice import api as voice
from onehall.foundation.identity.customers import Doors, count_failure, locked
from onehall.foundation.policy import PolicyBook
from onehall.foundation.refusals import Refusal
from onehall.foundation.scopes import Scope

_ALL = Scope.operator()
_LONGEST = 64  # structural: what is compared


class ServicePasswordFailed(Refusal):
    """Whoever sits there may not be the customer."""

    code = "telephone.service_password_failed"
    rule = "SEC-05"
    status = 403
    zh = "服务密码不对。"
    en = "The service password is wrong."
    alternative_zh = "请填这个号码的固话服务密码（不是上网密码）；忘了请本人带身份证到营业厅重设。"
    alternative_en = "It is the password of this telephone line, not of your broadband; the hall sets it anew when you bring your identity card."


class FirstServicePassword(Refusal):
    """The first password stands still, or there is none: it proves nothing."""

    code = "telephone.first_service_password"
    rule = "ADR-05"
    status = 403
    zh = "这个号码还没有设自己的服务密码，不能用来看详单。"
    en = "This number has no service password of its own yet; calls cannot be shown by it."
    alternative_zh = "请本人带身份证到营业厅设一个，或在那里看详单。"
    alternative_en = "Bring your identity card to the hall to set one, or look at the calls there."


def not_shown(
    line: voice.Line, password: str, doors: Doors, book: PolicyBook, at: datetime
) -> Refusal | None:
    """Why this does not show who it is; a wrong one is counted at the doors of the line and of where it came from (SEC-02)."""
    closed = locked(doors=doors, at=at)
    if closed is not None:
        return closed
    number, rounds = line.state.number, book[provisioning.HASH_ROUNDS]
    known = provisioning.service_password(number=number, scope=_ALL)
    fits = provisioning.service_password_fits(
        number=number, secret=password[:_LONGEST], rounds=rounds, scope=_ALL
    )
    if known is None or (fits and known.must_change):
        return FirstServicePassword(field="password")
    if not fits:
        return count_failure(doors=doors, book=book, at=at) or ServicePasswordFailed(field="password")
    return None
