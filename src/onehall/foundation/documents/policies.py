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
