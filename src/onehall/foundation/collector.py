"""The garbage collector of processes that live long or hold much."""

import gc


def leave_what_is_loaded() -> None:
    """What was loaded so far stays for ever: looking through it again and again made a page in a hundred wait, and every
    import a tenth longer. What comes later is looked through more rarely, in larger portions."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)  # structural: measured with bench.payments and bench.imports
