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
