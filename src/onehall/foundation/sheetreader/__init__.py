"""Reading sheets that people bring along: xlsx through calamine, csv in UTF-8 or GB18030. Values only: nothing is evaluated.

What a file may cost is checked before it is opened; whatever is wrong with it is refused with a sentence (API-03).
"""

from onehall.foundation.sheetreader.guards import Limits
from onehall.foundation.sheetreader.reading import Cell, Sheet, read_sheet
from onehall.foundation.sheetreader.refusals import (
    DamagedFile,
    EmptyFile,
    FileTooLarge,
    NotASheet,
    OldWorkbook,
    PackedTooTight,
    ProtectedWorkbook,
    TooManyCells,
    UnreadableText,
)

__all__ = ["Cell", "DamagedFile", "EmptyFile", "FileTooLarge", "Limits", "NotASheet", "OldWorkbook"]
__all__ += ["PackedTooTight", "ProtectedWorkbook", "Sheet", "TooManyCells", "UnreadableText", "read_sheet"]
