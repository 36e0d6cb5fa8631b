"""Books that are kept as history: 固话用户登记, 障碍记录, 叫号记录. Read and judged like the broadband register."""

from onehall.contexts.registers.rules import cells, checks, hints, number_checks, person_checks
from onehall.contexts.registers.rules.broadband import BROADBAND
from onehall.contexts.registers.rules.formats import Check, Column, Format, Hint
from onehall.foundation.values.text import Text

_TICK = ("", "√")

FIXED_LINE = Format(
    code="fixed-line",
    name=Text("固话用户登记", "fixed-line register"),
    columns=(
        Column("流水号", cells.text),
        Column("用户号码", cells.text),
        Column("用户名称", cells.text),
        Column("身份证号码", cells.text, upper_end=True),
        Column("联系人", cells.text, needed=False),
        Column("联系电话", cells.text),
        Column("地址", cells.text, place=""),
        Column("邮编", cells.text, needed=False),
        Column("呼叫转移", cells.text),
        Column("来电显示", cells.text),
        Column("预付金额", cells.amount),
        Column("告警阀值", cells.amount, needed=False),
        Column("停机时长", cells.amount, needed=False),
        Column("资费计划", cells.text),
    ),
    checks=(
        Check("用户名称", "import.name_missing", "CUS-02", checks.filled("用户名称")),
        Check("身份证号码", "import.bad_document", "CUS-02", person_checks.identity("身份证号码")),
        Check("联系电话", "import.bad_phone", "CUS-02", person_checks.mobile("联系电话")),
        Check("地址", "import.bad_address", "ADR-01", number_checks.located("地址")),
        Check("呼叫转移", "import.bad_mark", "CAT-05", checks.one_of("呼叫转移", *_TICK)),
        Check("来电显示", "import.bad_mark", "CAT-05", checks.one_of("来电显示", *_TICK)),
        Check("预付金额", "import.bad_amount", "CAT-05", checks.not_negative("预付金额")),
        Check("告警阀值", "import.bad_amount", "CAT-05", number_checks.warns("告警阀值")),
        Check("停机时长", "import.bad_amount", "CAT-05", checks.readable("停机时长", empty=True)),
        Check("资费计划", "import.unknown_product", "CAT-05", person_checks.known_plan("资费计划")),
        Check("用户号码", "import.bad_line", "ADR-03", number_checks.known_line("用户号码")),
        Check("用户号码", "import.line_taken", "ADR-07", number_checks.unclaimed("用户号码", "telephone")),
        Check("流水号", "import.bad_serial", "ORD-07", number_checks.serial_form("流水号", capitals=False)),
        Check("流水号", "import.serial_taken", "ORD-07", number_checks.unclaimed("流水号", "serial")),
    ),
    hints=(
        Hint("用户名称", hints.one_spelling("用户名称", "身份证号码")),
        Hint("地址", hints.enough_points("地址")),
    ),
    claims=(("telephone", "用户号码"), ("serial", "流水号")),
    key="用户号码",
    person=("身份证号码", "用户名称"),
    address="地址",
    lines="telephone",
    phone="联系电话",
)

FAULTS = Format(
    code="faults",
    name=Text("障碍记录", "fault book"),
    columns=(
        Column("受理时间", cells.moment),
        Column("区域", cells.text),
        Column("来源", cells.text),
        Column("地址", cells.text, place=""),
        Column("号码或账号", cells.text),
        Column("联系电话", cells.text, needed=False),
        Column("现象", cells.text),
        Column("受理人", cells.text),
        Column("修复时间", cells.moment),
        Column("标记", cells.text),
        Column("回访时间", cells.moment, needed=False),
        Column("满意度", cells.text, needed=False),
    ),
    checks=(
        Check("受理时间", "import.bad_time", "FLT-01", checks.readable("受理时间")),
        Check("区域", "import.bad_mark", "FLT-01", checks.one_of("区域", "X", "Q", "R", "D180", "DC")),
        Check("号码或账号", "import.name_missing", "FLT-01", checks.filled("号码或账号")),
        Check("现象", "import.name_missing", "FLT-01", checks.filled("现象")),
        Check("受理人", "import.name_missing", "FLT-01", checks.filled("受理人")),
        Check("修复时间", "import.bad_time", "FLT-03", checks.readable("修复时间", empty=True)),
        Check("标记", "import.bad_mark", "FLT-03", checks.one_of("标记", "", "√", "☆", "×")),
        Check("回访时间", "import.bad_time", "FLT-03", checks.readable("回访时间", empty=True)),
    ),
    hints=(
        Hint("地址", number_checks.located("地址")),
        Hint("修复时间", checks.not_before("修复时间", "受理时间")),
        Hint("回访时间", checks.not_before("回访时间", "修复时间")),
    ),
    key="号码或账号",
    day="受理时间",
)

LEFT = "离开"
"""In 办结: the customer left without being served."""

TICKETS = Format(
    code="tickets",
    name=Text("叫号记录", "ticket log"),
    columns=(
        Column("日期", cells.day),
        Column("取号", cells.clock),
        Column("业务", cells.text),
        Column("优先", cells.text, needed=False),
        Column("叫号", cells.clock),
        Column("办结", cells.clock),
        Column("台席", cells.text),
        Column("评价", cells.text, needed=False),
    ),
    checks=(
        Check("日期", "import.bad_time", "QUE-01", checks.readable("日期")),
        Check("取号", "import.bad_time", "QUE-01", checks.readable("取号")),
        Check("业务", "import.name_missing", "QUE-01", checks.filled("业务")),
        Check("叫号", "import.bad_time", "QUE-01", checks.readable("叫号", empty=True)),
        Check("办结", "import.bad_time", "QUE-01", checks.readable_or("办结", LEFT)),
    ),
    hints=(
        Hint("叫号", checks.not_before("叫号", "取号")),
        Hint("办结", checks.not_before("办结", "叫号")),
    ),
    key="台席",
    day="日期",
)

FORMATS = {form.code: form for form in (BROADBAND, FIXED_LINE, FAULTS, TICKETS)}
"""Code → format. A further book is a declaration here."""
