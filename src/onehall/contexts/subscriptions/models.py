from django.db import models


class Subscription(models.Model):
    pass


class Term(models.Model):
    pass
