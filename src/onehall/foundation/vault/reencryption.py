"""After a rotation: bringing a column's old rows under the newest key, batch by batch, while the hall works."""

from typing import Any

from django.apps import apps
from django.db import connection, models

from onehall.foundation.database import in_transaction
from onehall.foundation.vault.cipher import decrypt, encrypt, prefix
from onehall.foundation.vault.fields import EncryptedField, SealedField
from onehall.foundation.vault.keyring import ring

_IGNORE = "select set_config('pgtrigger.ignore', %s, true)"


def encrypted_fields() -> list[tuple[type[models.Model], str]]:
    """Every encrypted column of the house: its model and the field's name."""
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, EncryptedField | SealedField)
    ]


def under(model: type[models.Model], field_name: str, key_id: str) -> int:
    """How many rows were encrypted under this key."""
    field = _field(model, field_name)
    begins = prefix(key_id)
    column = connection.ops.quote_name(str(field.column))
    with connection.cursor() as cursor:
        cursor.execute(
            f"select count(*) from {_table(field)} where substring({column} from 1 for {len(begins)}) = %s",  # noqa: S608
            [begins],
        )
        return int(cursor.fetchone()[0])


def outdated(model: type[models.Model], field_name: str) -> int:
    """How many rows are not under the newest key yet."""
    field = _field(model, field_name)
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {_source(field)}", [prefix(ring().newest)])  # noqa: S608 - names of a model
        return int(cursor.fetchone()[0])


@in_transaction
def reencrypt(model: type[models.Model], field_name: str, *, limit: int) -> int:
    """Re-encrypts up to `limit` rows in one statement and returns how many; call again, each time in a
    transaction of its own, until it answers 0. A row changed meanwhile keeps the newer value."""
    field = _field(model, field_name)
    column, key = connection.ops.quote_name(str(field.column)), _primary_key(model)
    context = field.context()
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {key}, {column} from {_source(field)} order by {key} limit %s for update skip locked",  # noqa: S608
            [prefix(ring().newest), limit],
        )
        rows = cursor.fetchall()
        fresh = [encrypt(decrypt(bytes(old), context=context), context=context) for _, old in rows]
        _let_pass(cursor, model)
        cursor.execute(
            f"update {_table(field)} t set {column} = n.fresh"  # noqa: S608
            f" from unnest(%s::{_key_type(model)}[], %s::bytea[]) n (id, fresh) where t.{key} = n.id",
            [[row[0] for row in rows], fresh],
        )
        cursor.execute(_IGNORE, ["{}"])
    return len(rows)


def _let_pass(cursor: Any, model: type[models.Model]) -> None:
    """Papers and signatures are written once and the database refuses every change to them; here the value stays what
    it was and only its wrapping is renewed, so for this one statement their triggers stand aside (decision 0022)."""
    triggers = getattr(model._meta, "triggers", ())
    names = ",".join(trigger.get_pgid(model) for trigger in triggers)
    cursor.execute(_IGNORE, [f"{{{names}}}"])


def _field(model: type[models.Model], field_name: str) -> EncryptedField | SealedField:
    field: Any = model._meta.get_field(field_name)
    if not isinstance(field, EncryptedField | SealedField):
        raise TypeError(f"{model.__name__}.{field_name} is not encrypted")
    return field


def _table(field: EncryptedField | SealedField) -> str:
    return connection.ops.quote_name(field.model._meta.db_table)


def _primary_key(model: type[models.Model]) -> str:
    column = model._meta.pk.column if model._meta.pk else "id"
    return connection.ops.quote_name(str(column))


def _key_type(model: type[models.Model]) -> str:
    return "text" if isinstance(model._meta.pk, models.TextField) else "bigint"


def _source(field: EncryptedField | SealedField) -> str:
    """The rows that do not begin with the newest key's prefix, which is the one parameter."""
    column = connection.ops.quote_name(str(field.column))
    newest = prefix(ring().newest)
    return f"{_table(field)} where substring({column} from 1 for {len(newest)}) <> %s"
