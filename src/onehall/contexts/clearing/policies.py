"""What clearing reads from the policy book: when files are ready, what providers keep, and the accounts."""

from onehall.foundation.policy import declare

BILL_HOUR = declare(
    "clearing.bill_hour", kind="int", unit="hour", rule="PAY-03", minimum=0, maximum=23,
    zh="支付平台次日几点起有对账单", en="Hour of the next day from which a provider's file is ready",
)  # fmt: skip
BILL_DAYS = declare(
    "clearing.bill_days", kind="int", unit="days", rule="PAY-03", minimum=1, maximum=60,
    zh="对账单往前补下载几天", en="Days back for which a missing file is asked for",
)  # fmt: skip
FEES = {
    means: declare(
        f"clearing.fee_{means}", kind="int", unit="basis points", rule="PAY-03", minimum=0, maximum=500,
        zh=f"{name}的手续费率（万分之）", en=f"Fee of {name_en} in ten-thousandths",
    )
    for means, name, name_en in (("wechat", "微信支付", "WeChat Pay"), ("alipay", "支付宝", "Alipay"), ("card", "银行卡", "bank cards"))
}  # fmt: skip
FEE_ACCOUNT = declare(
    "clearing.fee_account", kind="str", unit="text", rule="LED-02", zh="支付手续费科目", en="Account of providers' fees"
)  # fmt: skip
BANK_ACCOUNT = declare(
    "clearing.bank_account", kind="str", unit="text", rule="LED-02",
    zh="支付平台结算到账的银行科目", en="Account of the bank that providers pay into",
)  # fmt: skip
DIFFERENCE_ACCOUNT = declare(
    "clearing.difference_account", kind="str", unit="text", rule="LED-02",
    zh="与支付平台差额的科目", en="Account of differences with providers",
)  # fmt: skip
SETTLING_HALL = declare(
    "clearing.settling_hall", kind="str", unit="text", rule="PAY-03",
    zh="账单里不认识的款归哪个营业厅（代码）", en="Hall (code) to which money that no hall knows belongs",
)  # fmt: skip
