"""`python -m onehall.entrances.console.town_process`: the process of a demo that imitates its customers."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    django.setup()
    from onehall.entrances.console.town import main

    main()
