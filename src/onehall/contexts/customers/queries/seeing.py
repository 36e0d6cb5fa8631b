"""Who may see customers at all."""

from onehall.foundation.scopes import Scope


def seen(scope: Scope) -> bool:
    """Customers belong to the operator: seen from any hall, but not by somebody who works in none."""
    return scope.halls is None or bool(scope.halls)
