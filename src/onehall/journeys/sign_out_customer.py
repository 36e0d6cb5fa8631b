"""自助退出 A customer signs out: every browser of the account must sign in again."""

from datetime import datetime

from onehall.foundation.database import transaction
from onehall.foundation.identity.customers import end_customer_sessions


def sign_out_customer(*, account: str, at: datetime) -> None:
    """Ends the account's sessions."""
    with transaction():
        end_customer_sessions(account=account, keep=None, why="signed_out", at=at)
