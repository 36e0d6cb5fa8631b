"""Bringing an empty database to the present schema in a quarter of the time (decision 0054)."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

from django.db.migrations.state import ProjectState

_LOSING = ("alter_field", "rename_field", "rename_model", "remove_field", "remove_model")


@contextmanager
def lean_states() -> Iterator[None]:
    """Inside, Django renders a model that a migration adds or extends alone. Otherwise it renders all that the model is
    connected with: halls and people connect nearly all tables, so that a hundred are rendered for each.

    After what a neighbour rendered earlier could be wrong about (altered, renamed, removed), all is rendered anew. For an empty
    database only; a test holds the result to the schema of Django's own way.
    """
    with ExitStack() as patches:
        patches.enter_context(patch.object(ProjectState, "reload_model", _alone))
        for name in _LOSING:
            patches.enter_context(patch.object(ProjectState, name, _then_anew(getattr(ProjectState, name))))
        yield


def _alone(state: Any, app_label: str, model_name: str, delay: bool = False) -> None:
    del delay
    if "apps" in vars(state):
        state._reload({(app_label, model_name.lower())})


def _then_anew(change: Callable[..., None]) -> Callable[..., None]:
    def changed(state: Any, *args: Any, **kwargs: Any) -> None:
        change(state, *args, **kwargs)
        vars(state).pop("apps", None)

    return changed
