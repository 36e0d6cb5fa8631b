"""命令行 The command line as somebody in the records: a login that nobody can sign in with."""

from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.identity.services import establish_user
from onehall.foundation.values.ids import UserId

CONSOLE = "console"


def admit_console(*, at: datetime) -> UserId:
    """The console's own entry among the users, without password and without roles; made at its first use."""
    del at  # an entry of this kind has no beginning
    with transaction():
        return establish_user(staff_no=CONSOLE, name="命令行 console", password=None, must_change=True)
