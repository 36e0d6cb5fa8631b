from django.db import models


class DrawerSession(models.Model):
    pass
