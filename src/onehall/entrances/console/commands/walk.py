"""`onehall walk JOURNEY`: the rooms a procedure visits, in the order in which its code visits them.

What a name in the procedure means is read from the import graph; the order from the source, into steps and the journey's
own helpers where they are used.
"""

import argparse
import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import grimp

import onehall
from onehall.entrances.console.words import complain

NAME = "onehall"
PACKAGE = Path(onehall.__file__).parent


@dataclass(frozen=True, slots=True)
class Visit:
    """A verb or read of a room (or of the foundation) that the procedure uses."""

    place: str
    verb: str


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Registers the subcommand."""
    parser = subparsers.add_parser(
        "walk", help="一项业务依次走过哪些房间 · the rooms a procedure visits, in order"
    )
    parser.add_argument(
        "journey",
        nargs="?",
        help="journeys/ 下的文件名，不写则列出全部 · a file in journeys/; without it they are listed",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Prints the walk; 2 and the list of procedures for an unknown name."""
    known = journeys()
    if arguments.journey is None:
        print("\n".join(known))
        return 0
    name = arguments.journey.removesuffix(".py")
    if name not in known:
        complain(
            f"没有业务过程 {name}；现有：{'、'.join(known)}",
            f"no journey {name}; there are: {', '.join(known)}",
        )
        return 2
    print("\n".join(lines(name, imports())))
    return 0


def journeys() -> list[str]:
    """Names of all procedures."""
    return sorted(path.stem for path in (PACKAGE / "journeys").glob("*.py") if path.stem != "__init__")


def imports() -> grimp.ImportGraph:
    """Who imports whom, as the code stands now."""
    return grimp.build_graph(NAME, cache_dir=None)


def lines(journey: str, graph: grimp.ImportGraph) -> list[str]:
    """The walk as text: the story, the rooms numbered by first appearance, what the foundation gives."""
    module = f"{NAME}.journeys.{journey}"
    visits = list(dict.fromkeys(walk(module, graph)))
    rooms = _by_place(visits, f"{NAME}.contexts")
    below = _by_place(visits, f"{NAME}.foundation")
    width = max((len(place) for place in [*rooms, *below]), default=0)
    told = (ast.get_docstring(_tree(module)) or "").splitlines()
    out = [f"{journey}: {told[0]}" if told else journey, ""]
    out += [
        f"{n:>3} {place:<{width}}  {', '.join(verbs)}" for n, (place, verbs) in enumerate(rooms.items(), 1)
    ]
    out += ["", "from the foundation:"] if below else []
    return out + [f"    {place:<{width}}  {', '.join(verbs)}" for place, verbs in below.items()]


def _by_place(visits: list[Visit], storey: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for visit in visits:
        if visit.place.startswith(storey + "."):
            place = visit.place.removeprefix(storey + ".").split(".")[0]
            if visit.verb not in found.setdefault(place, []):
                found[place].append(visit.verb)
    return found


def walk(module: str, graph: grimp.ImportGraph) -> Iterator[Visit]:
    """Everything the procedure of `module` uses of rooms and foundation, in the order of its code."""
    yield from _Walker(graph).function(module, module.rsplit(".", 1)[-1])


class _Walker:
    """Follows names from function to function; a function is entered once."""

    def __init__(self, graph: grimp.ImportGraph) -> None:
        self._graph = graph
        self._entered: set[tuple[str, str]] = set()

    def function(self, module: str, name: str) -> Iterator[Visit]:
        if (module, name) in self._entered:
            return
        self._entered.add((module, name))
        tree = _tree(module)
        body = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name), None)
        if body is None:
            return
        known = self._names(module, tree)
        own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        for node in _in_order(body):
            yield from self._use(node, module, known, own)

    def _use(self, node: ast.expr, module: str, known: dict[str, Visit], own: set[str]) -> Iterator[Visit]:
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            meant = known[node.value.id]
            target = Visit(f"{meant.place}.{meant.verb}" if meant.verb else meant.place, node.attr)
        elif isinstance(node, ast.Name) and node.id in known:
            target = known[node.id]
        elif isinstance(node, ast.Name) and node.id in own:
            target = Visit(module, node.id)
        else:
            return
        if target.place == module or target.place.startswith(f"{NAME}.steps"):
            yield from self.function(target.place, target.verb)
        elif _is_a_verb(target):
            yield target

    def _names(self, module: str, tree: ast.Module) -> dict[str, Visit]:
        """Local name → what it stands for, for everything imported from our own package."""
        imported = self._graph.find_modules_directly_imported_by(module)
        names: dict[str, Visit] = {}
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    whole = f"{node.module}.{alias.name}"
                    if whole in imported:
                        names[alias.asname or alias.name] = Visit(whole, "")
                    elif node.module in imported:
                        names[alias.asname or alias.name] = Visit(node.module, alias.name)
        return names


def _is_a_verb(visit: Visit) -> bool:
    """Functions of a module; classes and what hangs on them are values that pass through."""
    return visit.verb[:1].islower() and visit.place.rsplit(".", 1)[-1].islower()


def _in_order(function: ast.FunctionDef) -> Iterator[ast.expr]:
    """Attributes and names of a function's body as written; annotations and defaults are not visited."""
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    uses = [node for node in nodes if isinstance(node, ast.Attribute | ast.Name)]
    inner = {id(node.value) for node in uses if isinstance(node, ast.Attribute)}
    outer = [node for node in uses if isinstance(node, ast.Attribute) or id(node) not in inner]
    yield from sorted(outer, key=lambda node: (node.lineno, node.col_offset))


def _tree(module: str) -> ast.Module:
    path = PACKAGE.joinpath(*module.split(".")[1:])
    file = path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
    return _parsed(file.read_text(encoding="utf-8"))


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
