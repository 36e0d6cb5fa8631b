"""What the list of work orders was asked for, and the address that asks for it again."""

from dataclasses import asdict, dataclass

from onehall.contexts.fieldwork.api import State
from onehall.entrances.board.pages import address
from onehall.foundation.web.requests import Request

_LONGEST = 64


@dataclass(frozen=True, slots=True)
class Asked:
    """Unknown states and overlong texts are left out, as if nobody had asked for them."""

    state: State | None
    compound: str
    find: str
    closed: bool
    late: bool
    after: str

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """As the address says."""
        state = request.GET.get("state", "")
        return cls(
            state=State(state) if state in set(State) else None,
            compound=request.GET.get("compound", "")[:_LONGEST],
            find=request.GET.get("find", "").strip()[:_LONGEST],
            closed=request.GET.get("closed") == "1",
            late=request.GET.get("late") == "1",
            after=request.GET.get("after", ""),
        )

    def address(self, **other: str | None) -> str:
        """The same question with some parts changed."""
        asked = {
            **asdict(self),
            "state": self.state.value if self.state else "",
            "closed": "1" if self.closed else "",
            "late": "1" if self.late else "",
        }
        return address("/board/work/", **{**asked, **other})

    def elsewhere(self, **other: str) -> str:
        """Another part of the list from its beginning, looking for the same."""
        return self.address(**{"state": "", "closed": "", "late": "", "after": "", **other})
