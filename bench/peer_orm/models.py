"""A hall's money in models as one would write them first."""

from django.db import models
from django.db.models import PROTECT


class Counter(models.Model):
    no = models.CharField(max_length=8)


class User(models.Model):
    staff_no = models.CharField(max_length=16, unique=True)
    name = models.CharField(max_length=60)


class Session(models.Model):
    token = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, PROTECT)
    counter = models.ForeignKey(Counter, PROTECT)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Customer(models.Model):
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=200)


class Subscription(models.Model):
    account = models.CharField(max_length=20, unique=True)
    customer = models.ForeignKey(Customer, PROTECT)


class Basket(models.Model):
    state = models.CharField(max_length=10)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    counter = models.ForeignKey(Counter, PROTECT)
    customer = models.ForeignKey(Customer, PROTECT)


class Item(models.Model):
    business = models.CharField(max_length=20)
    offering = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    months = models.IntegerField()
    basket = models.ForeignKey(Basket, PROTECT)
    subscription = models.ForeignKey(Subscription, PROTECT)


class Order(models.Model):
    basket = models.ForeignKey(Basket, PROTECT)
    customer = models.ForeignKey(Customer, PROTECT)
    subscription = models.ForeignKey(Subscription, PROTECT)
    offering = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    accepted_at = models.DateTimeField()
    clerk = models.ForeignKey(User, PROTECT)


class Term(models.Model):
    starts_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    order = models.ForeignKey(Order, PROTECT, null=True)
    subscription = models.ForeignKey(Subscription, PROTECT)


class Access(models.Model):
    account = models.CharField(max_length=20, primary_key=True)
    valid_until = models.DateTimeField()
    down_kbps = models.IntegerField()


class Payment(models.Model):
    intent = models.UUIDField(unique=True)
    basket = models.ForeignKey(Basket, PROTECT)
    counter = models.ForeignKey(Counter, PROTECT)
    clerk = models.ForeignKey(User, PROTECT)
    amount = models.BigIntegerField()
    at = models.DateTimeField()


class Posting(models.Model):
    payment = models.ForeignKey(Payment, PROTECT)
    account = models.CharField(max_length=40)
    amount = models.BigIntegerField()


class Tender(models.Model):
    payment = models.ForeignKey(Payment, PROTECT)
    means = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    tendered = models.BigIntegerField()


class Book(models.Model):
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    next = models.BigIntegerField()
    counter = models.ForeignKey(Counter, PROTECT)


class Receipt(models.Model):
    payment = models.ForeignKey(Payment, PROTECT)
    number = models.BigIntegerField(unique=True)
    payer = models.CharField(max_length=60)
    content = models.JSONField()
    at = models.DateTimeField()


class Drawer(models.Model):
    counter = models.ForeignKey(Counter, PROTECT)
    clerk = models.ForeignKey(User, PROTECT)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)


class DrawerEntry(models.Model):
    drawer = models.ForeignKey(Drawer, PROTECT)
    payment = models.ForeignKey(Payment, PROTECT)
    amount = models.BigIntegerField()
    at = models.DateTimeField()


class AuditLine(models.Model):
    at = models.DateTimeField()
    user = models.ForeignKey(User, PROTECT)
    action = models.CharField(max_length=40)
    details = models.JSONField()


class Event(models.Model):
    topic = models.CharField(max_length=40)
    payload = models.JSONField()
    created_at = models.DateTimeField()
