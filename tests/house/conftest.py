"""House tests read the whole house once and keep it."""

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def nothing_is_garbage() -> Iterator[None]:
    """Syntax trees stay to the end: looking through millions of nodes again and again for garbage takes longer than
    all checkers together."""
    gc.disable()
    yield
    gc.enable()
    gc.freeze()
