"""Whose lines may be looked at: those in the compounds that the caller's halls serve."""

from onehall.contexts.organisation import api as organisation
from onehall.foundation.scopes import Scope


def compounds_of(*, scope: Scope) -> list[str] | None:
    """Codes of the compounds of the scope's halls; None is every one."""
    if scope.halls is None:
        return None
    return sorted({code for hall in organisation.halls(scope=scope) for code in hall.compounds})
