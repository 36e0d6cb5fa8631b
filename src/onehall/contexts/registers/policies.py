"""Policy keys that the registers room reads."""

from onehall.foundation.policy import declare

MOST_ROWS = declare(
    "registers.most_rows",
    kind="int",
    unit="count",
    minimum=1,
    maximum=1_000_000,
    rule="API-03",
    zh="一次导入最多多少行",
    en="Rows that one import may have",
)
MOST_MEGABYTES = declare(
    "registers.most_megabytes",
    kind="int",
    unit="megabytes",
    minimum=1,
    maximum=1000,
    rule="API-03",
    zh="导入文件最大多少兆字节",
    en="Megabytes that a file to import may have",
)
MOST_UNPACKED = declare(
    "registers.most_unpacked_megabytes",
    kind="int",
    unit="megabytes",
    minimum=1,
    maximum=8000,
    rule="API-03",
    zh="导入文件解压后最大多少兆字节",
    en="Megabytes that a file to import may have when unpacked",
)
UPLOAD_DAYS = declare(
    "registers.upload_days",
    kind="int",
    unit="days",
    minimum=1,
    maximum=90,
    rule="SEC-07",
    zh="试导入的文件最多保留几天",
    en="Days that a file brought for a trial is kept",
)
MOST_RATIO = declare(
    "registers.most_ratio",
    kind="int",
    unit="count",
    minimum=2,
    maximum=1000,
    rule="API-03",
    zh="导入文件最大压缩倍数",
    en="How many times its size a file to import may unpack to",
)
