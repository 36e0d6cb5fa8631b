from django.db import models


class Payment(models.Model):
    pass


class Receipt(models.Model):
    pass
