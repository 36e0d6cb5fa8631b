from django.db import models


class Party(models.Model):
    pass


class Premises(models.Model):
    pass
