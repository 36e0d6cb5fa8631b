"""Who holds a book, papers spoilt, stubs written off (RCP-01, RCP-02)."""

import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.expressions
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import onehall.foundation.database.refs


class Migration(migrations.Migration):
    dependencies = [("identity", "0005_screen_lock"), ("numbers", "0150_book_stock")]

    # fmt: off
    operations = [
        migrations.CreateModel(name='SpoiltPaper', fields=[('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('number', models.TextField()), ('copies', models.PositiveSmallIntegerField()), ('reason', models.CharField(max_length=200)), ('at', models.DateTimeField()), ('book', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbers.book')), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user'))]),
        migrations.CreateModel(name='StubCheck', fields=[('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('day', models.DateField()), ('first', models.BigIntegerField()), ('last', models.BigIntegerField()), ('stubs', models.IntegerField()), ('voids', models.IntegerField()), ('voids_due', models.IntegerField()), ('reason', models.CharField(blank=True, max_length=200)), ('upto', models.DateTimeField()), ('at', models.DateTimeField()), ('book', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbers.book')), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user'))]),
        migrations.CreateModel(name='BookHolding', fields=[('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')), ('at', models.DateTimeField()), ('book', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='numbers.book')), ('by', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user')), ('person', onehall.foundation.database.refs.RoomRef(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='identity.user'))], options={'indexes': [models.Index(fields=['book', '-id'], name='numbers_holding_newest')], 'constraints': [models.CheckConstraint(condition=models.Q(('person', models.F('by')), _negated=True), name='book_not_to_oneself')]}),
        pgtrigger.migrations.AddTrigger(model_name='bookholding', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='032647cfc26183fc41d4a5965f551f9592382c3a', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_062ea', table='numbers_bookholding', when='BEFORE'))),
        migrations.AddConstraint(model_name='spoiltpaper', constraint=models.UniqueConstraint(fields=('book', 'number'), name='spoilt_once')),
        migrations.AddConstraint(model_name='spoiltpaper', constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='spoilt_with_reason')),
        pgtrigger.migrations.AddTrigger(model_name='spoiltpaper', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='7c847d5e31d8697400587e13be779951855c4972', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_c9573', table='numbers_spoiltpaper', when='BEFORE'))),
        migrations.AddConstraint(model_name='stubcheck', constraint=models.UniqueConstraint(fields=('book', 'first'), name='stubs_once')),
        migrations.AddConstraint(model_name='stubcheck', constraint=models.CheckConstraint(condition=models.Q(('first__lte', models.F('last'))), name='stubs_in_order')),
        migrations.AddConstraint(model_name='stubcheck', constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('stubs', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('last'), '-', models.F('first')), '+', models.Value(1))), ('voids', models.F('voids_due'))), _connector='OR'), name='stubs_differ_with_reason')),
        pgtrigger.migrations.AddTrigger(model_name='stubcheck', trigger=pgtrigger.compiler.Trigger(name='append_only', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;", hash='33b972cf005e03d5d25e357d439c66e438fc1f73', operation='UPDATE OR DELETE', pgid='pgtrigger_append_only_50f48', table='numbers_stubcheck', when='BEFORE'))),
    ]
