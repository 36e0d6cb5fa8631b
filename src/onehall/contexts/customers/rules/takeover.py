"""What a register says of a person."""

from dataclasses import dataclass

from onehall.foundation.values.ids import HallId


@dataclass(frozen=True, slots=True)
class CustomerTakenOver:
    """A person by resident ID in its normal form; `hall_id` is the hall that serves the compound."""

    name: str
    document: str
    mobiles: tuple[str, ...]
    hall_id: HallId
