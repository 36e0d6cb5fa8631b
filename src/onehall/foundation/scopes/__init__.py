"""Who acts, and which halls that person may see (ORG-06, SEC-10)."""

from dataclasses import dataclass, field

from onehall.foundation.refusals import NotFound, NotPermitted
from onehall.foundation.values.ids import CounterId, HallId, SessionId, UserId

__all__ = ["Actor", "NotFound", "NotPermitted", "Scope"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The halls whose records may be seen; `None` is every hall (headquarters, machines)."""

    halls: frozenset[HallId] | None

    @classmethod
    def operator(cls) -> "Scope":
        """All halls of the operator."""
        return cls(None)

    @classmethod
    def of(cls, *halls: int) -> "Scope":
        """Exactly these halls."""
        return cls(frozenset(HallId(h) for h in halls))

    def allows(self, hall_id: int) -> bool:
        """Whether a record of this hall may be seen."""
        return self.halls is None or hall_id in self.halls

    def require(self, hall_id: int) -> None:
        """Refuses with 404 what lies outside, so that nobody learns it exists."""
        if not self.allows(hall_id):
            raise NotFound()

    @property
    def hall_list(self) -> list[int] | None:
        """For SQL: `(%(halls)s::bigint[] is null or hall_id = any(%(halls)s))`."""
        return None if self.halls is None else sorted(self.halls)


@dataclass(frozen=True, slots=True)
class Actor:
    """A signed-in person at work: the session's hall and counter, and what their roles allow there.

    `token_id` is set where a programme acts for the person with an access token instead of a session.
    `policy_version` is the newest policy entry that the request saw when it came in; None where nobody looked.
    """

    user_id: UserId
    name: str
    staff_no: str
    hall_id: HallId
    counter_id: CounterId | None = None
    session_id: SessionId | None = None
    permissions: frozenset[str] = field(default_factory=frozenset)
    halls: frozenset[HallId] | None = field(default_factory=frozenset)
    lang: str = "zh"
    policy_version: int | None = None
    token_id: int | None = None

    @property
    def scope(self) -> Scope:
        """The halls this person may see."""
        return Scope(self.halls)

    def may(self, permission: str) -> bool:
        """Whether the person's roles in the session's hall hold `permission`."""
        return permission in self.permissions

    def require(self, permission: str) -> None:
        """Deny by default (ORG-06)."""
        if permission not in self.permissions:
            raise NotPermitted(permission=permission)
