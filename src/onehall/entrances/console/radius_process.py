"""`python -m onehall.entrances.console.radius_process`: the process of a hall that keeps its RADIUS server."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    django.setup()
    from onehall.entrances.console.radius import main

    main()
