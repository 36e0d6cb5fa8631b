"""Lines that come with a register may be taken back as a whole; everything else stays written (API-03, LED-01)."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("voice", "0005_numbers_in_time"),
    ]

    # fmt: off
    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='line',
            name='append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='lineversion',
            name='append_only',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='topup',
            name='append_only',
        ),
        migrations.AddField(
            model_name='line',
            name='registered',
            field=models.BooleanField(db_default=False),
        ),
        migrations.AddField(
            model_name='lineversion',
            name='registered',
            field=models.BooleanField(db_default=False),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='8f9d3d318cc5ef9a4332c68b5a67af4d84338662', operation='UPDATE', pgid='pgtrigger_written_once_dffdc', table='voice_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='line',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD."registered")', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='c5c0edb3d1ab7e25b25617a6272bbb0a04cdef3d', operation='DELETE', pgid='pgtrigger_kept_dd39d', table='voice_line', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineversion',
            trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='ad428ecd335111e856d01cdea7473cc2516c3546', operation='UPDATE', pgid='pgtrigger_written_once_be62e', table='voice_lineversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='lineversion',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT OLD."registered")', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='70ee720f3f56839b18cb664a39860b286e50d1fa', operation='DELETE', pgid='pgtrigger_kept_6cad4', table='voice_lineversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topup',
            trigger=pgtrigger.compiler.Trigger(name='written_once', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='b5e75f1131ddcc28e0bda76541b8ed5bb8e0e8cc', operation='UPDATE', pgid='pgtrigger_written_once_8c366', table='voice_topup', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='topup',
            trigger=pgtrigger.compiler.Trigger(name='kept', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (NOT (OLD."source" = \'register\'))', func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='cc3c1c30a0aecb592fbda5736d1bb8b058942a56', operation='DELETE', pgid='pgtrigger_kept_a5812', table='voice_topup', when='BEFORE')),
        ),
    ]
    # fmt: on
