"""Django's own commands (makemigrations, sqlmigrate …) for developers; operators use `onehall`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    execute_from_command_line(sys.argv)
