"""Reading the house: source files with their syntax trees, and findings that say what, where and how to mend."""

import ast
import subprocess
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "src/onehall"


@dataclass(frozen=True)
class Source:
    """A text file of the repository; `path` is relative to its root, with forward slashes."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]

    @cached_property
    def parts(self) -> tuple[str, ...]:
        """The path inside the package: ("contexts", "ledger", "services.py"); () outside it."""
        inside = self.path.removeprefix(PACKAGE + "/")
        return tuple(inside.split("/")) if inside != self.path else ()

    @property
    def storey(self) -> str:
        return self.parts[0] if self.parts else ""

    @property
    def room(self) -> str:
        return self.parts[1] if self.storey == "contexts" and len(self.parts) > 2 else ""

    @property
    def shelf(self) -> str:
        """The shelf of a room that the file belongs to: `rules` for rules.py and for rules/fees.py."""
        return self.parts[2].removesuffix(".py") if self.room else ""


@dataclass(frozen=True, order=True)
class Finding:
    """One violation of the house."""

    path: str
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}. Mend: {self.mend}"


Checker = Callable[[Source], Iterable[Finding]]


def _skipped(path: Path) -> bool:
    return "__pycache__" in path.parts or any(part.endswith(".egg-info") for part in path.parts)


def _read(path: Path) -> Source:
    return Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


@cache
def files(under: str = PACKAGE, *suffixes: str) -> tuple[Source, ...]:
    """Every file below a folder of the repository, Python unless other suffixes are named."""
    wanted = suffixes or (".py",)
    found = sorted(
        p for p in (ROOT / under).rglob("*") if p.suffix in wanted and p.is_file() and not _skipped(p)
    )
    return tuple(_read(path) for path in found)


def in_package(*parts: str) -> list[Source]:
    """The package's Python files below the given folders, e.g. `in_package("contexts", "ledger")`."""
    return [source for source in files() if source.parts[: len(parts)] == parts]


@cache
def tracked() -> tuple[str, ...]:
    """Paths that belong to the repository; in an unpacked archive, everything that is not a build folder."""
    try:
        answer = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True
        )
    except (OSError, subprocess.CalledProcessError):
        hidden = {".venv", ".onehall", "build", "dist"}
        paths = (p.relative_to(ROOT) for p in ROOT.rglob("*") if p.is_file() and not _skipped(p))
        return tuple(
            p.as_posix() for p in paths if not hidden.intersection(p.parts) and ".git" not in p.parts
        )
    return tuple(path for path in answer.stdout.split("\0") if path and (ROOT / path).is_file())


def found_in(sources: Iterable[Source], *checkers: Checker) -> list[Finding]:
    """What the checkers find in the sources, in order."""
    return sorted(finding for source in sources for checker in checkers for finding in checker(source))


def refuse(findings: Iterable[Finding]) -> None:
    """Fails with one sentence per finding."""
    listed = list(findings)
    assert not listed, f"{len(listed)} violation(s) of the house:\n" + "\n".join(
        f"  {item}" for item in listed
    )


@cache
def walk(tree: ast.AST) -> tuple[ast.AST, ...]:
    """As `ast.walk`, gone once: two dozen checkers ask for the same trees. Nobody changes a tree."""
    return tuple(ast.walk(tree))


@cache
def calls(tree: ast.AST) -> tuple[ast.Call, ...]:
    """Every call in the tree."""
    return tuple(node for node in walk(tree) if isinstance(node, ast.Call))


def called(node: ast.Call) -> str:
    """The dotted name that a call names, as far as it is made of names: `Basket.objects.create`, `timezone.now`."""
    return dotted(node.func)


def dotted(node: ast.AST) -> str:
    """`a.b.c` of a chain of attributes; calls inside the chain read as `()`."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Name):
        return node.id
    return "()" if isinstance(node, ast.Call) else "?"


def words(node: ast.AST) -> str:
    """The text of a string constant, else nothing."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


@cache
def functions(tree: ast.AST) -> tuple[ast.FunctionDef | ast.AsyncFunctionDef, ...]:
    """Every function and method in the tree."""
    return tuple(node for node in walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def public_functions(tree: ast.Module) -> list[ast.FunctionDef]:
    """The module's own functions whose names do not begin with an underscore."""
    return [node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")]


@cache
def docstring_lines(node: ast.AST) -> frozenset[int]:
    """The lines that docstrings of this node and everything in it occupy."""
    lines: set[int] = set()
    for inner in walk(node):
        if (
            isinstance(inner, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
            and inner.body
        ):
            first = inner.body[0]
            if (
                isinstance(first, ast.Expr)
                and isinstance(first.value, ast.Constant)
                and isinstance(first.value.value, str)
            ):
                lines.update(range(first.lineno, (first.end_lineno or first.lineno) + 1))
    return frozenset(lines)
