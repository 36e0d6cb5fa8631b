"""One file per command, each with `add(subparsers)`, which sets `run`: arguments in, exit code out."""
