"""Tables of the organisation. Rows are written by the profile's set-up and stay: work refers to them for good."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from onehall.foundation.database import RoomRef, append_only


class Established(models.Model):
    """When a row was set up or last changed, and by whom (null: set-up)."""

    changed_at = models.DateTimeField()
    changed_by = RoomRef("identity.User", null=True)

    class Meta:
        abstract = True


class Operator(Established):
    """The operator: one row (one database = one operator = one profile)."""

    only = models.BooleanField(default=True, unique=True)
    code = models.CharField(max_length=20)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    country_code = models.CharField(max_length=4)
    area_code = models.CharField(max_length=6)
    postcode = models.CharField(max_length=6)
    time_zone = models.CharField(max_length=40)
    building_digits = models.PositiveSmallIntegerField()
    unit_digits = models.PositiveSmallIntegerField()
    room_digits = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="operator_only_one")]


class Region(Established):
    """A branch or county."""

    code = models.CharField(max_length=20, unique=True)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)


class Hall(Established):
    """A service hall."""

    code = models.CharField(max_length=20, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    formal_name_zh = models.CharField(max_length=60)
    formal_name_en = models.CharField(max_length=120)
    phone = models.CharField(max_length=20)
    address_zh = models.CharField(max_length=120)
    address_en = models.CharField(max_length=200)
    hours = models.CharField(max_length=40)
    compounds = ArrayField(models.CharField(max_length=20))


class Counter(Established):
    """A counter of one hall; its number is unique there."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    no = models.CharField(max_length=8)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    capabilities = ArrayField(models.CharField(max_length=40))

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "no"], name="counter_once_in_hall")]


class OnlineCounter(models.Model):
    """The counter at which a hall serves customers without anybody: a service account is its clerk (decision 0063)."""

    counter = models.OneToOneField(Counter, on_delete=models.PROTECT, primary_key=True, related_name="online")
    hall = models.OneToOneField(Hall, on_delete=models.PROTECT, related_name="+")
    clerk = RoomRef("identity.User", unique=True)


class Person(Established):
    """Someone at work."""

    staff_no = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)
    user = RoomRef("identity.User", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user"], name="person_once_per_login")]


class Post(models.Model):
    """A role that a person holds in a hall, or everywhere. The permissions of a login are identity's grants."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "role", "hall"], nulls_distinct=False, name="post_once")
        ]


class Department(Established):
    """Who takes the installation work of some compounds."""

    code = models.CharField(max_length=20, unique=True)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    compounds = ArrayField(models.CharField(max_length=20))
    project_manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", null=True)


class DirectoryEntry(models.Model):
    """A number of the hall's directory, in the order of the profile."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    purpose = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=120)
    number = models.CharField(max_length=40)
    remark_zh = models.CharField(max_length=120)
    remark_en = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "place"], name="directory_place_once")]


class CalendarDay(models.Model):
    """What is said about one day; `hall` null for every hall. The newest word holds, `ordinary` takes the word back (LAW-34)."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+", null=True)
    day = models.DateField()
    kind = models.CharField(max_length=10)
    name = models.CharField(max_length=60)
    hours = models.CharField(max_length=60, null=True)
    reason = models.CharField(max_length=200)
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["day"], name="calendar_by_day")]


class OpeningHours(models.Model):
    """When a hall opens on some weekdays from a day on, to a last day or for good; the newest word for a day holds."""

    hall = models.ForeignKey(Hall, on_delete=models.PROTECT, related_name="+")
    weekdays = ArrayField(models.PositiveSmallIntegerField())
    first_day = models.DateField()
    last_day = models.DateField(null=True)
    hours = models.CharField(max_length=60)
    reason = models.CharField(max_length=200)
    by = RoomRef("identity.User")
    at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_day=None) | models.Q(last_day__gte=models.F("first_day")),
                name="opening_hours_in_order",
            )
        ]
        indexes = [models.Index(fields=["hall"], name="opening_hours_by_hall")]
