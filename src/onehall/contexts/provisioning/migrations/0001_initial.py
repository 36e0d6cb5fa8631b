import django.db.models.deletion
import onehall.foundation.database.refs
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('subscriptions', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='BroadbandAccess',
            fields=[
                ('account', models.TextField(primary_key=True, serialize=False)),
                ('nt_hash', models.BinaryField()),
                ('pbkdf2', models.TextField()),
                ('clear_secret', models.BinaryField(null=True)),
                ('must_change', models.BooleanField()),
                ('valid_from', models.DateTimeField()),
                ('valid_until', models.DateTimeField()),
                ('down_kbps', models.IntegerField()),
                ('up_kbps', models.IntegerField()),
                ('network_profile', models.TextField()),
                ('state', models.TextField()),
                ('updated_at', models.DateTimeField()),
                ('subscription', onehall.foundation.database.refs.RoomRef(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='subscriptions.subscription')),
            ],
            options={
                'db_table': '"access"."broadband"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='PlannedSpeed',
            fields=[
                ('pk', models.CompositePrimaryKey('account', 'starts_at', blank=True, editable=False, primary_key=True, serialize=False)),
                ('account', models.TextField()),
                ('starts_at', models.DateTimeField()),
                ('down_kbps', models.IntegerField()),
                ('up_kbps', models.IntegerField()),
                ('network_profile', models.TextField()),
            ],
            options={
                'db_table': '"access"."planned_speed"',
                'managed': False,
            },
        ),
        migrations.CreateModel(
            name='Command',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.TextField()),
                ('account', models.TextField()),
                ('payload', models.JSONField(default=dict)),
                ('created_at', models.DateTimeField()),
                ('attempts', models.IntegerField(default=0)),
                ('next_attempt_at', models.DateTimeField()),
                ('last_error', models.TextField(blank=True, default='')),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at__isnull', True)), fields=['next_attempt_at'], name='provisioning_due'), models.Index(condition=models.Q(('done_at__isnull', True)), fields=['account'], name='provisioning_pending')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['refresh', 'disconnect'])), name='provisioning_command_kind')],
            },
        ),
    ]
