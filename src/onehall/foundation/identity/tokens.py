"""Access tokens of programmes: issued for a person in a hall, within that person's permissions, and taken back (API-01, SEC-08)."""

import secrets
from datetime import datetime, timedelta

from onehall.foundation.database import fetch_all, fetch_one, in_transaction
from onehall.foundation.identity.contracts import TokenIssued, TokenLine, TokenNotIssued, TokenWanted
from onehall.foundation.identity.models import Token
from onehall.foundation.identity.permissions import PERMISSIONS
from onehall.foundation.identity.services import token_hash
from onehall.foundation.scopes import NotFound, Scope

NEVER = frozenset(
    {"token.manage", "account.self", "approval.view", "export.approve", "activity.approve", "staff.manage"}
)
"""What no token may do: make further tokens, change its person's password, or decide as a second person (SEC-04)."""

_PREFIX = "ohk_"
_LONGEST_NAME = 60

_MAY = """
    select u.id, coalesce(array_agg(distinct p) filter (where p is not null), '{}') as permissions
    from identity_user u
    left join identity_grant g on g.user_id = u.id and (g.hall_id is null or g.hall_id = %(hall)s)
    left join identity_role r on r.id = g.role_id
    left join lateral unnest(r.permissions) as p on true
    where u.staff_no = %(staff_no)s and u.is_active
    group by u.id
"""
_TOKENS = """
    select t.id, t.name, u.name as user_name, u.staff_no, t.hall_id, t.counter_id, t.scopes,
           coalesce(i.name, '') as issued_by, t.issued_at, t.expires_at, t.seen_at, t.revoked_at
    from identity_token t
    join identity_user u on u.id = t.user_id
    left join identity_user i on i.id = t.issued_by_id
    where (%(halls)s::bigint[] is null or t.hall_id = any(%(halls)s))
      and (%(hall)s::bigint is null or t.hall_id = %(hall)s)
    order by t.revoked_at is not null, t.id desc
"""


def tokens(*, scope: Scope, hall_id: int | None = None) -> list[TokenLine]:
    """Every token of the halls that may be seen; living ones first, the newest first."""
    rows = fetch_all(_TOKENS, {"halls": scope.hall_list, "hall": hall_id})
    return [TokenLine(**{**row, "scopes": tuple(row["scopes"])}) for row in rows]


def scopes_possible(*, staff_no: str, hall_id: int) -> tuple[str, ...]:
    """What a token of this person could do in this hall at most."""
    found = fetch_one(_MAY, {"staff_no": staff_no, "hall": hall_id})
    held = set(found["permissions"]) if found else set()
    return tuple(code for code in PERMISSIONS if code in held - NEVER)


@in_transaction
def issue_token(*, wanted: TokenWanted, longest_days: int, by: int | None, at: datetime) -> TokenIssued:
    """Makes a token. Refuses a person without those permissions in that hall, and a life beyond the policy (TokenNotIssued)."""
    possible = scopes_possible(staff_no=wanted.staff_no, hall_id=wanted.hall_id)
    found = fetch_one(_MAY, {"staff_no": wanted.staff_no, "hall": wanted.hall_id})
    if found is None or not possible:
        raise TokenNotIssued(
            field="staff_no",
            why="这个工号在这个厅没有岗位",
            why_en="this staff number has no role in this hall",
        )
    beyond = [code for code in wanted.scopes if code not in possible]
    if beyond or not wanted.scopes:
        what = "、".join(beyond) or "没有选权限"
        why_en = f"its person does not hold {', '.join(beyond)}" if beyond else "no permission was chosen"
        raise TokenNotIssued(field="scopes", why=f"本人没有的权限：{what}" if beyond else what, why_en=why_en)
    if not 1 <= wanted.days <= longest_days:
        raise TokenNotIssued(
            field="days", why=f"天数应为 1 至 {longest_days}", why_en=f"it may live 1 to {longest_days} days"
        )
    if not wanted.name.strip() or len(wanted.name.strip()) > _LONGEST_NAME:
        raise TokenNotIssued(field="name", why="用途名称为空或太长", why_en="its name is empty or too long")
    return _made(wanted, user_id=found["id"], by=by, at=at)


def _made(wanted: TokenWanted, *, user_id: int, by: int | None, at: datetime) -> TokenIssued:
    secret = _PREFIX + secrets.token_urlsafe(32)
    expires_at = at + timedelta(days=wanted.days)
    made = Token.objects.create(
        token_hash=token_hash(secret), name=wanted.name.strip(), user_id=user_id, hall_id=wanted.hall_id,
        counter_id=wanted.counter_id, scopes=sorted(set(wanted.scopes)), issued_by_id=by, issued_at=at,
        expires_at=expires_at,
    )  # fmt: skip
    return TokenIssued(made.pk, secret, expires_at)


@in_transaction
def revoke_token(*, token_id: int, at: datetime, scope: Scope) -> TokenLine:
    """Takes a token back from this moment on; a second time changes nothing. NotFound outside the scope."""
    line = next((one for one in tokens(scope=scope) if one.id == token_id), None)
    if line is None:
        raise NotFound(what="这个访问令牌", what_en="This access token")
    Token.objects.filter(pk=token_id, revoked_at=None).update(revoked_at=at)
    return line


def touch_token(*, token_id: int, at: datetime) -> None:
    """Notes when it was last used; one narrow update outside any business transaction."""
    fetch_all(
        "update identity_token set seen_at = %(at)s where id = %(id)s and (seen_at is null or seen_at < %(at)s)",
        {"id": token_id, "at": at},
    )
