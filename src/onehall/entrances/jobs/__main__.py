"""`python -m onehall.entrances.jobs`: the clock process."""

import os

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "onehall.config.settings")
    django.setup()
    from onehall.entrances.jobs.clock import main

    main()
