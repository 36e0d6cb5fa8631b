"""What reading and judging hand on: places that addresses name, and the verdict on a row."""

from dataclasses import dataclass

from onehall.contexts.registers.contracts import Caution, Fault, Repair


@dataclass(frozen=True, slots=True)
class Place:
    """A dwelling as a register names it; `coded` is the register's own way of writing it."""

    compound: str
    building: str
    unit: str
    room: str
    coded: str

    @property
    def numbers(self) -> tuple[str, str, str]:
        """Building, unit and room."""
        return self.building, self.unit, self.room


@dataclass(frozen=True, slots=True)
class Judged:
    """The verdict on one row; `fault` is None where it is accepted."""

    row: int
    repairs: tuple[Repair, ...] = ()
    cautions: tuple[Caution, ...] = ()
    fault: Fault | None = None
