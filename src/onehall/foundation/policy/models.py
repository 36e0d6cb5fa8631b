"""Effective-dated values by operator, region or hall; never overwritten, so every old decision can be explained."""

from django.db import models

from onehall.foundation.database import append_only


class PolicyValue(models.Model):
    """`hall_id` and `region_id` both null: the operator's value. `source` says where the number comes from."""

    key = models.CharField(max_length=80)
    region_id = models.BigIntegerField(null=True)
    hall_id = models.BigIntegerField(null=True)
    value = models.JSONField()
    valid_from = models.DateTimeField()
    source = models.CharField(max_length=300)
    verified = models.BooleanField()
    by_id = models.BigIntegerField(null=True)
    set_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(region_id=None) | models.Q(hall_id=None), name="policy_value_one_scope"
            )
        ]


class PolicyPlace(models.Model):
    """Which region a hall lies in; kept by the journey that sets up halls."""

    hall_id = models.BigIntegerField(primary_key=True)
    region_id = models.BigIntegerField()
