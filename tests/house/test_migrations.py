"""Tables and migrations agree, and migrations of a room are few and named by what they hold."""

import re

from django.apps import apps
from django.core.management.commands.makemigrations import Command
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState

from tests.house.source import files

NAMED = re.compile(r"^\d{4}_[a-z][a-z0-9_]*$")


def _differences(state: ProjectState) -> dict[str, list[str]]:
    """What `makemigrations` would write, by app; needs no database."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    detector = Command.autodetector(loader.project_state(), state, MigrationQuestioner())
    changes = detector.changes(graph=loader.graph)
    return {
        label: [operation.describe() for migration in found for operation in migration.operations]
        for label, found in changes.items()
        if apps.get_app_config(label).name.startswith("onehall.")
    }


def test_every_table_is_as_its_migrations_say() -> None:
    found = _differences(ProjectState.from_apps(apps))
    assert not found, (
        f"models differ from migrations: {found}. Mend: python -m onehall.config.manage makemigrations"
    )


def test_a_forgotten_migration_is_seen() -> None:
    state = ProjectState.from_apps(apps)
    state.add_field("ledger", "payment", "forgotten", models.IntegerField(null=True), preserve_default=True)
    assert "forgotten" in str(_differences(state))


def test_migrations_say_in_their_names_what_they_hold() -> None:
    names = [
        s.name.removesuffix(".py") for s in files() if "migrations" in s.parts and s.name != "__init__.py"
    ]
    nameless = [name for name in names if not NAMED.match(name) or "auto_" in name]
    assert not nameless, f"rename these migrations after what they hold: {nameless}"
