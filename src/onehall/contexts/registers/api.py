"""The door of the registers room."""

from onehall.contexts.registers.contracts import (  # noqa: I001 - packed: the door has a limit
    Caution, Fault, ImportMade, ImportState, Repair, Report, RowKept,
)  # fmt: skip
from onehall.contexts.registers.policies import (
    MOST_MEGABYTES,
    MOST_RATIO,
    MOST_ROWS,
    MOST_UNPACKED,
    UPLOAD_DAYS,
)
from onehall.contexts.registers.queries import (
    import_made, imports_made, keys_brought, parties_brought, rows_of_party, standing_import, subscriptions_brought,
    taken_serials, upload, upload_work, wait_for_turn,
)  # fmt: skip
from onehall.contexts.registers.rules import books, broadband
from onehall.contexts.registers.rules.books import FORMATS
from onehall.contexts.registers.rules.formats import Earlier, Format, Known, Product, World
from onehall.contexts.registers.rules.heading import Heading, below_heading, find_heading
from onehall.contexts.registers.rules.judging import Packed, Readings, judge, pack, read_row, unpack
from onehall.contexts.registers.rules.refusals import (
    AlreadyImported, AlreadyUndone, ChangedMeanwhile, ImportUnderWay, NoRows, NotStored, RowsRefused, StillReferred, UploadDone,
)  # fmt: skip
from onehall.contexts.registers.rules.verdicts import Judged, Place
from onehall.contexts.registers.rules.work import UploadKept, Work, WorkState
from onehall.contexts.registers.services import (
    begin_work, count_import, forget_uploads, keep_rows, keep_upload, note_work, record_import, rehash_rows, take_back_import,
)  # fmt: skip

__all__ = [
    "FORMATS", "MOST_MEGABYTES", "MOST_RATIO", "MOST_ROWS", "MOST_UNPACKED", "UPLOAD_DAYS", "AlreadyImported", "AlreadyUndone",
    "Caution", "ChangedMeanwhile", "Earlier", "Fault", "Format", "Heading", "ImportMade", "ImportState",
    "ImportUnderWay", "Judged", "Known", "NoRows", "NotStored", "Packed", "Place", "Product", "Readings",
    "Repair", "Report", "RowKept", "RowsRefused", "StillReferred", "UploadDone", "UploadKept", "Work", "WorkState", "World",
    "begin_work", "below_heading", "books", "broadband", "count_import", "find_heading", "forget_uploads", "import_made",
    "imports_made", "judge", "keep_rows", "keep_upload", "keys_brought", "note_work", "pack", "parties_brought",
    "read_row", "record_import", "rehash_rows", "rows_of_party", "standing_import", "subscriptions_brought",
    "take_back_import", "taken_serials", "unpack", "upload", "upload_work", "wait_for_turn",
]  # fmt: skip
