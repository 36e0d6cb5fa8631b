"""Why an invoice is not made, and what to do instead, by code."""

from onehall.foundation.values.text import Text

_TITLE = Text(
    "抬头应为 2 到 100 个字，不写电话和证件号",
    "The title needs 2 to 100 characters, without telephone or ID numbers",
)
BUYER = {
    "title": (_TITLE, Text("个人写姓名，单位写营业执照上的全称。", "A person's name, or the full name on the business licence.")),
    "tax_no": (
        Text("税号应为 18 位统一社会信用代码，位数或校验位不符", "The tax number is an 18-place unified social credit code; its length or check character does not fit"),
        Text("照营业执照或开票资料重新核对；个人不用填。", "Compare it with the business licence; a person leaves it empty."),
    ),
    "mail": (
        Text("邮箱地址不完整", "The mail address is not complete"),
        Text("例如 name@example.com；不需要发邮件就留空。", "For example name@example.com; leave it empty where nothing is to be sent."),
    ),
}  # fmt: skip
WHY = {
    "late": (
        Text("收款已过 {months} 个月，不再受理开票（收款日 {day}）", "An invoice is asked for within {months} months of the payment of {day}"),
        Text("逾期作废是规章定的；单位有特殊情况的请示经理。", "The request lapsed by rule; take a special case up with the manager."),
    ),
    "undone": (
        Text("这笔收款已经作废或冲销，没有可以开票的业务", "This payment was undone: there is nothing to invoice"),
        Text("发票内容只出自已付款的业务，不能空开。", "An invoice shows paid services only and is never made out empty."),
    ),
    "empty": (
        Text("没有选要开票的业务", "No service was chosen for the invoice"),
        Text("至少填一行金额；空白发票不开。", "Fill in at least one line: no invoice is made out empty."),
    ),
    "too_much": (
        Text("“{name}”最多还能开 {left} 元，填了 {wanted} 元", "At most {left} yuan are left of “{name_en}”, not {wanted}"),
        Text("合计不能超过这笔收款；已开的先红冲才能再开。", "All invoices together never exceed the payment; reverse an earlier one first."),
    ),
    "stranger": (
        Text("有一行不是这笔收款的业务", "A line is no service of this payment"),
        Text("请刷新页面，只在列出的业务里填金额。", "Reload the page and fill in the services it lists."),
    ),
    "agency": (
        Text("“{name}”是替别人代收的款，由委托单位开票", "“{name_en}” was collected for somebody else, who invoices it"),
        Text("请客户向委托单位要发票；其余业务照常可开。", "Ask whom it was collected for; the other services can be invoiced."),
    ),
    "later": (
        Text("“{name}”是预存的钱，用它付款办业务时再开票", "“{name_en}” was paid in beforehand and is invoiced with what it buys"),
        Text("请客户用余额付款时要发票；其余业务照常可开。", "Ask for the invoice when the balance pays; the other services can be invoiced."),
    ),
    "uncategorised": (
        Text("科目 {account} 没有定开票类目", "No invoice category is set for account {account}"),
        Text("请管理员在政策 invoicing.categories 里补上。", "Have it added to the policy invoicing.categories."),
    ),
    "not_open": (
        Text("这种发票目前不受理", "This kind of invoice is not open"),
        Text("请选页面上列出的种类。", "Choose one of the kinds on the page."),
    ),
    "decided": (
        Text("这张发票已有结果，没有重复办理", "This invoice was decided already; nothing was done twice"),
        Text("请刷新页面查看结果。", "Reload the page to see what stands."),
    ),
    "not_ready": (
        Text("发票还没有开好，最迟 {day} 可取", "The invoice is not made yet; it is ready by {day}"),
        Text("请客户届时凭收据来取。", "Ask the customer to come back with the receipt."),
    ),
    "lapsed": (
        Text("领取期限 {day} 已过，发票申请已作废", "The invoice was to be collected by {day} and has lapsed"),
        Text("未取的发票由票据管理员红冲后存档。", "The keeper of invoices reverses it and files it."),
    ),
    "other_receipt": (
        Text("收据号不符，发票凭原收据领取", "The receipt is another one; an invoice is collected against its own"),
        Text("请看客户手里的收据右上角的号码。", "Read the number at the top of the customer's receipt."),
    ),
    "not_issued": (
        Text("这张发票没有开出，不能红冲", "This invoice was not issued and cannot be reversed"),
        Text("没开出的请撤回申请。", "Withdraw the request instead."),
    ),
    "reason": (
        Text("请写明原因（120 个字以内），不写电话和证件号", "A reason is needed, 120 characters at most, without telephone or ID numbers"),
        Text("例如：抬头写错、业务作废。", "For example: wrong title, sale taken back."),
    ),
    "sent": (
        Text("已经送往税务端，不能撤回", "It was sent to the tax side and cannot be withdrawn"),
        Text("等它有了结果：开出的可以红冲，退回的自动作废。", "Wait for its answer: what is issued can be reversed."),
    ),
    "unsigned": (
        Text("手写发票要负责人和营业厅主任两人先签字（已签 {signed} 人）", "A handwritten invoice needs the leader's and the hall director's signature first ({signed} so far)"),
        Text("请两位在看板“发票”页签字后再开。", "Have both sign on the board's page of invoices, then write it."),
    ),
    "same_person": (
        Text("两处签字要两个人，申请人自己也不能签", "Two people sign, neither of them whoever asked"),
        Text("请另一位负责人签字。", "Ask somebody else to sign."),
    ),
    "no_counter": (
        Text("纸质发票从本台席的票据本取号，您没有登录台席", "A paper invoice takes its number from the counter's book; you are at no counter"),
        Text("请登录领有发票本的台席再开。", "Sign in at the counter that holds a book of invoices."),
    ),
    "electronic": (
        Text("数电票由税务端赋号，不能从票据本开", "An electronic invoice gets its number from the tax side, not from a book"),
        Text("等税务端回复；不用另开纸质的。", "Wait for the tax side; no paper invoice beside it."),
    ),
    "invoiced": (
        Text("这笔收款还有 {left} 元的发票没有红冲（或正在开）", "{left} yuan of this payment are invoiced, or about to be"),
        Text("请先在“发票”页红冲或撤回，再办理作废、冲销。", "Reverse or withdraw the invoice on its page first, then take the sale back."),
    ),
}  # fmt: skip
