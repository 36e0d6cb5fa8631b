"""Nothing in the repository points at one machine, one index of packages, or a real person's mailbox."""

import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.source import ROOT, Finding, Source, found_in, refuse, tracked

BINARY = {".png", ".jpg", ".woff2", ".ico", ".otf", ".ttf", ".pdf", ".gz", ".xlsx"}
HOSTS = re.compile(
    r"(py" r"pi\.org|python" r"hosted\.org|pyp" r"i\.(tuna|douban|doubanio)|mirrors?\.[a-z]+\.(com|edu\.cn|cn|org)"
    r"|registry\.npm" r"js\.org|/simple/?\s*$|(extra-)?index-" r"url\s*=|arti" r"factory)",
    re.I,
)  # fmt: skip
MACHINE = re.compile(
    r"(?<![\w.}-])/(work/(main|shared)|home/[a-z]|root/|Users/[A-Za-z]|tm" r"p/|var/folders/|mnt/[a-z])"
)
MAIL = re.compile(
    r"[A-Za-z0-9._%+-]+@(?!example\.|[\w.-]*\.(example|invalid|test|localhost)\b)[A-Za-z0-9-]+\.[A-Za-z]{2,}"
)
NOT_MAIL = re.compile(
    r"@(pytest|media|import|font-face|page|layer|container|keyframes|supports|property)\b|@[\d.]+x\."
)


def pointers(source: Source) -> Iterator[Finding]:
    """Hosts of package indexes, absolute paths of one machine, mailboxes outside the example domains."""
    for number, line in enumerate(source.lines, start=1):
        if HOSTS.search(line):
            what = f"it names a package index: {HOSTS.search(line)[0]}"  # type: ignore[index]
            yield Finding(source.path, number, what, "leave the index to whoever installs")
        if MACHINE.search(line):
            what = f"it names a path of one machine: {MACHINE.search(line)[0]}…"  # type: ignore[index]
            yield Finding(source.path, number, what, "a path relative to the repository, or tempfile")
        if MAIL.search(line) and not NOT_MAIL.search(line):
            yield Finding(source.path, number, "it holds a mailbox", "use the domain example.com")


@cache
def _papers() -> list[Source]:
    paths = [ROOT / path for path in tracked() if "." + path.rsplit(".", 1)[-1] not in BINARY]
    return [
        Source(p.relative_to(ROOT).as_posix(), p.read_text(encoding="utf-8", errors="replace")) for p in paths
    ]


def test_no_tracked_file_points_at_a_machine_an_index_or_a_mailbox() -> None:
    papers = _papers()
    assert len(papers) > 50, "no tracked files were found: nothing was checked"
    refuse(found_in(papers, pointers))


@pytest.mark.parametrize(
    "line",
    [
        "index-" + "url = https://host/simple",
        "https://files.python" + "hosted.org/packages/x",
        "open('/" + "work/main/x')",
        "HOME=/ho" + "me/me/x",
        "socket = '/t" + "mp/hall.sock'",
        "contact: somebody" + "@gmail.com",
    ],
)
def test_a_pointer_is_seen(line: str) -> None:
    assert found_in([Source("docs/x.md", line)], pointers)


@pytest.mark.parametrize(
    "line",
    [
        "mail: liming@example.com",
        "path('work/orders/')",
        'href="/work/12"',
        "@media print",
        "tests/home/x",
        "a@b",
    ],
)
def test_an_honest_line_is_left_alone(line: str) -> None:
    assert found_in([Source("docs/x.md", line)], pointers) == []


def test_the_licence_is_the_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text and "END OF TERMS AND CONDITIONS" in text and len(text.splitlines()) > 200


LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")


def dead_links(source: Source) -> Iterator[Finding]:
    """Links of a page to files that are not there."""
    for number, line in enumerate(source.lines, start=1):
        for target in LINK.findall(line):
            if not (ROOT / source.path).parent.joinpath(target).exists():
                yield Finding(
                    source.path, number, f"{target} is not there", "mend the link or bring the file"
                )


def test_every_link_between_our_pages_leads_somewhere() -> None:
    refuse(found_in([source for source in _papers() if source.path.endswith(".md")], dead_links))


def test_a_dead_link_is_seen() -> None:
    assert found_in([Source("docs/x.md", "see [this](nowhere.md)")], dead_links)
    assert (
        found_in([Source("docs/x.md", "see [words](words.md) and [web](https://example.com)")], dead_links)
        == []
    )
