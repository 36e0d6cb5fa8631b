from django.db import models


class WorkOrder(models.Model):
    pass
