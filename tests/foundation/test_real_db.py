"""The fixture itself: real commits that other threads see, and nothing left behind."""

import threading

from onehall.foundation.database import fetch_one, transaction


def test_what_one_thread_commits_another_one_sees(real_db: str) -> None:
    seen: list[object] = []

    def look() -> None:
        from django.db import connection

        seen.append(fetch_one("select count(*) as rows from pg_class where relname = 'committed_here'"))
        connection.close()

    with transaction():
        fetch_one("create table committed_here (id int)")
    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert seen == [{"rows": 1}]


def test_the_next_story_starts_afresh(real_db: str) -> None:
    assert fetch_one("select to_regclass('committed_here') as it") == {"it": None}
