"""Writing a row of a profile so that repeating changes nothing."""

from datetime import datetime
from typing import Any, Literal, TypeVar

from django.db import models

from onehall.foundation.database import in_transaction

Outcome = Literal["added", "changed", "kept"]
M = TypeVar("M", bound=models.Model)


@in_transaction
def establish(
    model: type[M], *, key: dict[str, Any], values: dict[str, Any], stamp: dict[str, Any], at: datetime
) -> tuple[M, Outcome]:
    """Adds the row named by `key`, narrows an update to what differs, or keeps it; `stamp` is written with a change only.

    `at` is written to the model's `changed_at` with every addition and change.
    """
    row = model._default_manager.select_for_update().filter(**key).first()
    if row is None:
        return model._default_manager.create(**key, **values, **stamp, changed_at=at), "added"
    different = {name: value for name, value in values.items() if getattr(row, name) != value}
    if not different:
        return row, "kept"
    for name, value in {**different, **stamp, "changed_at": at}.items():
        setattr(row, name, value)
    row.save(update_fields=[*different, *stamp, "changed_at"])
    return row, "changed"
