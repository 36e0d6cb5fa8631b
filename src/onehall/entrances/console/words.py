"""What the console says, always in both languages: nobody has set a language yet where commands are typed."""

import sys


def both(zh: str, en: str) -> str:
    """One line for two readers."""
    return f"{zh} · {en}"


def say(zh: str, en: str) -> None:
    """Progress and answers."""
    print(both(zh, en), flush=True)


def complain(zh: str, en: str) -> None:
    """What went wrong, on standard error."""
    print(both(zh, en), file=sys.stderr, flush=True)
