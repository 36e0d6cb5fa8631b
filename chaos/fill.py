"""Makes the hall: an embedded database with sixteen tills and customers in line, left shut down and complete.

A process of its own, for the hall's processes start the server themselves afterwards: `python -m chaos.fill FILE …`.
"""

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path

import django

from onehall.entrances.console import home


def main() -> int:
    """Writes the tills (token, baskets, what each costs) to FILE. ONEHALL_HOME names the folder."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", type=Path)
    parser.add_argument("--baskets", type=int, default=16_000)
    parser.add_argument("--homes", type=int, default=7_500)
    wanted = parser.parse_args()
    home.prepare()
    django.setup()
    from bench.tills import open_hall
    from onehall.entrances.console import schema

    home.establish()
    with home.database(ours=True) as url:
        schema.migrate()
        line = open_hall(url, baskets=wanted.baskets, homes=wanted.homes)
    wanted.file.write_text(json.dumps(asdict(line)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
