"""Policy keys of papers and files."""

from onehall.foundation.policy import declare

EXPORT_ROWS = declare(
    "exports.rows_alone",
    kind="int",
    unit="rows",
    minimum=1,
    maximum=1_000_000,
    rule="SEC-04",
    zh="一次导出最多多少行不用另一人批准",
    en="Rows that one person may export without another's approval",
)
BOOK_ROWS = declare(
    "documents.book_rows", kind="int", unit="rows", minimum=20, maximum=5000, rule="REC-01",
    zh="登记簿一次最多打印多少条", en="How many entries of a register are printed at once",
)  # fmt: skip
EXPORT_GROWN = declare(
    "exports.grown_percent",
    kind="int",
    unit="percent",
    minimum=0,
    maximum=100,
    rule="SEC-04",
    zh="批准导出后，行数最多可以再增加百分之几",
    en="By how many per cent an approved export may have grown",
)
SIGNATURE_INK = declare(
    "documents.signature_ink", kind="int", unit="percent", minimum=1, maximum=1000, rule="LAW-32",
    zh="屏上签名的笔迹至少是签名框宽度的百分之多少", en="How long a signature on screen must be at least, of the width of its box",
)  # fmt: skip
