"""What invoicing reads from the policy book: windows, kinds, categories, waits."""

from onehall.contexts.invoicing.contracts import InvoiceKind
from onehall.foundation.policy import declare

REQUEST_MONTHS = declare(
    "invoicing.request_months", kind="int", unit="months", minimum=1, maximum=24, rule="RCP-04",
    zh="收款后几个月内可以申请开票", en="Months after the payment in which an invoice may be asked for",
)  # fmt: skip
READY_DAYS = declare(
    "invoicing.ready_days", kind="int", unit="days", minimum=0, maximum=60, rule="RCP-04",
    zh="申请后最迟几天可以领取", en="Days after the request by which the invoice is ready",
)  # fmt: skip
COLLECT_DAYS = declare(
    "invoicing.collect_days", kind="int", unit="days", minimum=1, maximum=365, rule="RCP-04",
    zh="可以领取后几天内不取就作废", en="Days after that in which it is collected, or it lapses",
)  # fmt: skip
STUB_YEARS = declare(
    "invoicing.stub_years", kind="int", unit="years", minimum=5, maximum=30, rule="LAW-31",
    zh="发票存根保存几年", en="Years for which invoice stubs are kept",
)  # fmt: skip
OPEN_KINDS = declare(
    "invoicing.kinds", kind="list", unit="kinds", rule="RCP-05", choices=tuple(InvoiceKind),
    zh="受理哪几种发票", en="Kinds of invoices that are open",
)  # fmt: skip
CATEGORIES = declare(
    "invoicing.categories", kind="list", unit="account=category/percent", rule="LAW-31",
    zh="科目的开票类目和税率（- 为不征税；agency 为代收、later 为预存，不开票）",
    en="Invoice category and rate by account (- untaxed; agency: collected for others, later: paid in beforehand; neither is invoiced)",
)  # fmt: skip
ASK_SECONDS = declare(
    "invoicing.ask_seconds", kind="int", unit="seconds", minimum=1, maximum=600, rule="RCP-05",
    zh="税务端没有回复时第一次再问前等多久（以后每次加倍）", en="Wait before the tax side is asked again; doubled each time after",
)  # fmt: skip
