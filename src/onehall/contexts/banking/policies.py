"""What banking reads from the policy book: when cash must have left, and how the bank's file is read."""

from onehall.foundation.policy import declare

DEPOSIT_HOUR = declare(
    "banking.deposit_hour", kind="int", unit="hour", rule="CSH-02", minimum=0, maximum=23,
    zh="当天营业款最迟几点清点封包", en="Hour of the day by which takings are counted and bagged",
)  # fmt: skip
BANK_DAYS = declare(
    "banking.bank_days", kind="int", unit="days", rule="CSH-04", minimum=0, maximum=30,
    zh="送存后银行最迟几天入账", en="Days after a bag left by which the bank books it",
)  # fmt: skip
COLUMN_DATE = declare(
    "banking.column_date", kind="str", unit="text", rule="CSH-04",
    zh="银行对账单列名：入账日期", en="Column of the bank's file: day of booking",
)  # fmt: skip
COLUMN_AMOUNT = declare(
    "banking.column_amount", kind="str", unit="text", rule="CSH-04",
    zh="银行对账单列名：金额", en="Column of the bank's file: amount",
)  # fmt: skip
COLUMN_LABEL = declare(
    "banking.column_label", kind="str", unit="text", rule="CSH-04",
    zh="银行对账单列名：封包号", en="Column of the bank's file: the bag's label",
)  # fmt: skip
COLUMN_PAYER = declare(
    "banking.column_payer", kind="str", unit="text", rule="PAY-03",
    zh="银行对账单列名：付款人（没有这一列就不能认领转账）", en="Column of the bank's file: the payer; without it no transfer can be claimed",
)  # fmt: skip
COLUMN_REFERENCE = declare(
    "banking.column_reference", kind="str", unit="text", rule="CSH-04",
    zh="银行对账单列名：银行流水号", en="Column of the bank's file: the bank's reference",
)  # fmt: skip
