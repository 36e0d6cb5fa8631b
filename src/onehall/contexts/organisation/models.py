from django.db import models


class Region(models.Model):
    pass


class Hall(models.Model):
    pass


class Counter(models.Model):
    pass


class Person(models.Model):
    pass
