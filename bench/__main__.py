"""`make bench`: every benchmark in a process of its own, one after the other; exit code 1 where a gate is missed."""

import subprocess
import sys
import time
from pathlib import Path

from bench.harness import machine


def programs() -> list[str]:
    """Modules beside this one that can be run by themselves."""
    files = sorted(Path(__file__).parent.glob("[a-z]*.py"))
    return [file.stem for file in files if '__name__ == "__main__"' in file.read_text(encoding="utf-8")]


def main() -> int:
    """Runs all, or those named on the command line."""
    missed = []
    for name in sys.argv[1:] or programs():
        print(f"\n== {name} · {machine()}", flush=True)
        began = time.monotonic()
        code = subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode
        print(f"   {time.monotonic() - began:.0f} s, exit code {code}", flush=True)
        if code:
            missed.append(name)
    if missed:
        print(f"\nmissed: {', '.join(missed)}")
    return 1 if missed else 0


sys.exit(main())
