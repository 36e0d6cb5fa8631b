"""Papers on their way from the printer to a hall (RCP-02)."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import onehall.foundation.database.refs


class Migration(migrations.Migration):
    dependencies = [
        ("identity", "0005_screen_lock"),
        ("numbers", "0111_returned_whole"),
        ("organisation", "0050_calendar"),
    ]

    # fmt: off
    operations = [
        migrations.CreateModel(name='BookLot', fields=[('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('kind', models.TextField()), ('prefix', models.TextField(blank=True)), ('width', models.SmallIntegerField()), ('first', models.BigIntegerField()), ('last', models.BigIntegerField()), ('note', models.CharField(max_length=120)), ('at', models.DateTimeField()), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user'))]),
        migrations.CreateModel(name='BookDraw', fields=[('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('first', models.BigIntegerField()), ('last', models.BigIntegerField()), ('at', models.DateTimeField()), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user')), ('hall', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.hall')), ('keeper', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user')), ('lot', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbers.booklot'))]),
        migrations.CreateModel(name='BookDrawTaken', fields=[('draw', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='numbers.bookdraw')), ('at', models.DateTimeField()), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user'))]),
        migrations.AddConstraint(model_name='booklot', constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='lot_in_order')),
        migrations.AddConstraint(model_name='booklot', constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('kind', '='), ('prefix', '='), (models.Func('first', 'last', models.Value('[]'), function='int8range'), '&&')], name='numbers_lot_no_overlap')),
        pgtrigger.migrations.AddTrigger(model_name='booklot', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='aa73273b9ebb234ba5cc8402c2f919274545c945', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_5b07d', table='numbers_booklot', when='BEFORE'))),
        migrations.AddIndex(model_name='bookdraw', index=models.Index(fields=['hall', 'id'], name='numbers_draws_of_hall')),
        migrations.AddConstraint(model_name='bookdraw', constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='draw_in_order')),
        migrations.AddConstraint(model_name='bookdraw', constraint=models.CheckConstraint(condition=models.Q(('keeper', models.F('by')), _negated=True), name='draw_not_to_oneself')),
        migrations.AddConstraint(model_name='bookdraw', constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('lot', '='), (models.Func('first', 'last', models.Value('[]'), function='int8range'), '&&')], name='numbers_draw_no_overlap')),
        pgtrigger.migrations.AddTrigger(model_name='bookdraw', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='9fed4126c595380f2ee626f5864b85201779bbcb', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50f78', table='numbers_bookdraw', when='BEFORE'))),
        pgtrigger.migrations.AddTrigger(model_name='bookdrawtaken', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='d7f6969af50bb2562deed4c2f9e056e2748ed1a3', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_cb6e0', table='numbers_bookdrawtaken', when='BEFORE'))),
    ]
