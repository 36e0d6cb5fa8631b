"""An upgrade does not stop the hall: migrations after the baseline never lock a table that people use for long (API-04).

What is allowed on a table that existed before: nullable or defaulted columns, indexes built concurrently, constraints
added as not valid and validated afterwards, functions and views. New tables may be made in any way.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.postgres import operations as pg
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

BASELINE = Path(__file__).with_name("migrations_baseline.txt")
SLOW_SQL = {
    r"create\s+(unique\s+)?index\s+(?!concurrently)": "create index concurrently, in a migration with atomic = False",
    r"alter\s+column\s+\S+\s+(set\s+data\s+)?type\b": "a new column, filled in batches by a run",
    r"alter\s+column\s+\S+\s+set\s+not\s+null": "add constraint … check (… is not null) not valid, then validate",
    r"add\s+constraint\s+(?!.*not\s+valid)(?!.*using\s+index)": "add constraint … not valid, then validate constraint",
    r"\b(lock\s+table|vacuum\s+full|cluster)\b": "another way",
    r"^\s*(update|delete\s+from)\s": "a run that goes in batches",
    r"drop\s+column": "leave the column for one release, then drop it when no program reads it",
}
_FUNCTION = re.compile(
    r"create\s+(or\s+replace\s+)?(function|procedure|view|trigger).*?(\$\$.*?\$\$|;|\Z)", re.I | re.S
)

_MADE = re.compile(r"create\s+table\s+([\w.]+)", re.I)
_INDEX = re.compile(r"create\s+(unique\s+)?index\s+\w+\s+on\s+(?P<table>[\w.]+)", re.I)


def _new_tables(operations: list[Operation]) -> set[str]:
    return {one.name.lower() for one in operations if isinstance(one, migrations.CreateModel)}


def _sql(operation: migrations.RunSQL) -> str:
    given = operation.sql
    parts = [given] if isinstance(given, str) else [one if isinstance(one, str) else one[0] for one in given]
    return "\n;\n".join(parts)


def _on_older_tables(text: str) -> str:
    """The text without the indexes of tables that it makes itself."""
    made = {name.lower() for name in _MADE.findall(text)}
    return _INDEX.sub(lambda found: "" if found["table"].lower() in made else found[0], text)


def _column_faults(operation: Operation, state: ProjectState, label: str) -> Iterator[str]:
    if isinstance(operation, migrations.AddField):
        field = operation.field
        if not (field.null or field.many_to_many or field.has_default() or field.has_db_default()):
            yield f"{operation.name} is not null and has no default: give it a default or null=True"
        if field.unique and not field.null:
            yield f"{operation.name} is unique: add it nullable, fill it in batches, then a unique index concurrently"
    elif isinstance(operation, migrations.AlterField):
        before = state.models[label, operation.model_name.lower()].fields[operation.name]
        after = operation.field
        same = (type(before), before.deconstruct()[3].get("max_length")) == (
            type(after), after.deconstruct()[3].get("max_length")
        )  # fmt: skip
        longer = (before.deconstruct()[3].get("max_length") or 0) <= (
            after.deconstruct()[3].get("max_length") or 0
        )
        if type(before) is not type(after) or not (same or longer):
            yield f"{operation.name} changes its type: the whole table is written anew"
        if before.null and not after.null:
            yield f"{operation.name} becomes not null: a check constraint not valid, then validate"
    elif isinstance(operation, migrations.RemoveField | migrations.RenameField | migrations.RenameModel):
        yield f"{operation.describe()}: the running program still asks for it; leave it for one release"


def faults(operations: list[Operation], state: ProjectState, label: str, *, atomic: bool = True) -> list[str]:
    """What in these operations would keep people waiting; `state` is the one before them."""
    new, found = _new_tables(operations), []
    for operation in operations:
        table = getattr(operation, "model_name", "").lower()
        if isinstance(operation, migrations.SeparateDatabaseAndState):
            found += faults(operation.database_operations, state, label, atomic=atomic)
        elif isinstance(operation, migrations.RunPython):
            found.append("RunPython: rows are changed by a run, in batches")
        elif isinstance(operation, migrations.RunSQL):
            text = _on_older_tables(_FUNCTION.sub("", _sql(operation)))
            for pattern, mend in SLOW_SQL.items():
                about_new = any(f"_{name}" in text.lower() for name in new)
                if re.search(pattern, text, re.I | re.M) and not about_new:
                    found.append(f"SQL that locks ({pattern}): {mend}")
        elif table in new:
            pass
        elif isinstance(operation, migrations.AddIndex) and not isinstance(
            operation, pg.AddIndexConcurrently
        ):
            found.append(f"index on {table}: AddIndexConcurrently")
        elif isinstance(operation, pg.AddIndexConcurrently) and atomic:
            found.append(f"concurrent index on {table}: atomic = False")
        elif isinstance(operation, migrations.AddConstraint) and not isinstance(
            operation, pg.AddConstraintNotValid
        ):
            found.append(f"constraint on {table}: AddConstraintNotValid, then ValidateConstraint")
        else:
            found += _column_faults(operation, state, label)
        operation.state_forwards(label, state)
    return found


def _after_the_baseline() -> list[tuple[str, str]]:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    known = set(BASELINE.read_text().split("\n"))
    ours = [key for key in loader.disk_migrations if apps.get_app_config(key[0]).name.startswith("onehall.")]
    return sorted(key for key in ours if ".".join(key) not in known)


@pytest.mark.rule("API-04")
def test_no_migration_after_the_baseline_locks_a_table_for_long() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found = []
    for label, name in _after_the_baseline():
        migration = loader.disk_migrations[label, name]
        before = loader.project_state((label, name), at_end=False)
        told = faults(migration.operations, before, label, atomic=migration.atomic)
        found += [f"{label}.{name}: {fault}" for fault in told]
    assert not found, "these stop the hall while they run:\n  " + "\n  ".join(found)


def test_the_baseline_names_migrations_that_exist() -> None:
    loader = MigrationLoader(None, ignore_no_migrations=True)
    listed = [line for line in BASELINE.read_text().split("\n") if line and not line.startswith("#")]
    gone = [name for name in listed if tuple(name.split(".")) not in loader.disk_migrations]
    assert listed
    assert not gone, f"take these off the baseline: {gone}"


BAD: dict[str, Operation] = {
    "index": migrations.AddIndex("payment", models.Index(fields=["at"], name="x")),
    "not null": migrations.AddField("payment", "x", models.IntegerField()),
    "type": migrations.AlterField("payment", "amount", models.TextField()),
    "shorter": migrations.AlterField("receipt", "number", models.CharField(max_length=1)),
    "constraint": migrations.AddConstraint(
        "payment", models.CheckConstraint(condition=models.Q(id__gt=0), name="x")
    ),
    "removed": migrations.RemoveField("payment", "at"),
    "python": migrations.RunPython(migrations.RunPython.noop),
    "sql index": migrations.RunSQL("create index x on ledger_payment (at)"),
    "sql index beside a new table": migrations.RunSQL(
        "create table fresh (x int); create index y on ledger_payment (at)"
    ),
    "sql type": migrations.RunSQL("alter table ledger_payment alter column at type text"),
    "sql update": migrations.RunSQL("update ledger_payment set at = at"),
    "sql constraint": migrations.RunSQL("alter table ledger_payment add constraint c check (id > 0)"),
}
GOOD: dict[str, Operation] = {
    "nullable": migrations.AddField("payment", "x", models.IntegerField(null=True)),
    "default": migrations.AddField("payment", "x", models.IntegerField(default=0)),
    "not valid": migrations.RunSQL("alter table ledger_payment add constraint c check (id > 0) not valid"),
    "function": migrations.RunSQL(
        "create or replace function f() returns void language sql as $$ update ledger_payment set at = at $$;"
    ),
    "index of a new table": migrations.RunSQL("create table a.fresh (x int); create index y on a.fresh (x)"),
    "table": migrations.CreateModel("Fresh", [("id", models.BigAutoField(primary_key=True))]),
}


def _ledger() -> ProjectState:
    return ProjectState.from_apps(apps)


@pytest.mark.parametrize("what", BAD)
def test_what_locks_is_seen(what: str) -> None:
    assert faults([BAD[what]], _ledger(), "ledger"), what


@pytest.mark.parametrize("what", GOOD)
def test_what_does_not_lock_is_allowed(what: str) -> None:
    assert faults([GOOD[what]], _ledger(), "ledger") == []
