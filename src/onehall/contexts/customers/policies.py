"""What the profile decides about customers' data."""

from onehall.foundation.policy import declare

PURPOSE_VALIDITY = declare(
    "customers.purpose_validity", kind="int", unit="minutes", minimum=1, maximum=480, rule="SEC-01",
    zh="查看客户资料的事由在多长时间内有效", en="How long a stated purpose opens a customer's record",
)  # fmt: skip
GUARDIAN_AGE = declare(
    "customers.guardian_age", kind="int", unit="years", minimum=0, maximum=18, rule="LAW-30",
    zh="未满多少周岁须由监护人同意并到场", en="Below which age a guardian must consent and come along",
)  # fmt: skip
ACCURACY = declare(
    "customers.accuracy", kind="int", unit="percent", minimum=0, maximum=100, rule="CUS-03",
    zh="营业员登记的客户资料至少多少正确", en="How much of what a clerk enters of customers must be right at least",
)  # fmt: skip
FAULT_ACCURACY = declare(
    "customers.fault_accuracy", kind="int", unit="percent", minimum=0, maximum=100, rule="CUS-03",
    zh="营业员登记的故障资料至少多少正确", en="How much of what a clerk enters of faults must be right at least",
)  # fmt: skip
MOBILES_PER_DOCUMENT = declare(
    "customers.mobiles_per_document", kind="int", unit="numbers", minimum=1, maximum=50, rule="CUS-05",
    zh="一个证件最多办几个手机号码", en="How many mobile numbers may stand under one identity document",
)  # fmt: skip
SCAN_DAYS = declare(
    "customers.scan_days", kind="int", unit="days", minimum=1, maximum=3650, rule="LAW-06",
    zh="证件扫描件保存多少天，到期删除", en="How many days scans of papers are kept before they are deleted",
)  # fmt: skip
SCAN_SIZE = declare(
    "customers.scan_megabytes", kind="int", unit="megabytes", minimum=1, maximum=50, rule="LAW-06",
    zh="扫描件文件最大多少兆", en="The largest file that is taken as a scan",
)  # fmt: skip
SCAN_POINTS = declare(
    "customers.scan_megapoints", kind="int", unit="megapoints", minimum=1, maximum=200, rule="LAW-06",
    zh="扫描件图片最多多少百万点", en="How many million points a scan may have",
)  # fmt: skip
SCANS_HELD = declare(
    "customers.scans_held", kind="bool", unit="", rule="REC-02",
    zh="司法保全期间暂停删除扫描件", en="A legal hold: no scan is deleted meanwhile",
)  # fmt: skip
VIP_MONTHS = declare(
    "customers.vip_months", kind="int", unit="months", minimum=1, maximum=60, rule="CUS-07",
    zh="客户级别多久以后要重新评定", en="After how many months a VIP level is looked at again",
)  # fmt: skip
KEEP_MONTHS = declare(
    "customers.keep_months", kind="int", unit="months", minimum=0, maximum=600, rule="REC-02",
    zh="最后一笔业务后客户资料保存多久", en="How long particulars are kept after the last business",
)  # fmt: skip
ERASE_BY_ITSELF = declare(
    "customers.erase_by_itself", kind="bool", unit="", rule="REC-02",
    zh="保存期满的客户资料由系统每天自动删除", en="Particulars whose time is over are deleted every day by themselves, with a certificate",
)  # fmt: skip
