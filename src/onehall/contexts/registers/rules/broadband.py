"""宽带用户登记: the broadband register. Each accepted row becomes a customer's service."""

from onehall.contexts.registers.rules import cells, checks, hints, number_checks, person_checks
from onehall.contexts.registers.rules.formats import Check, Column, Format, Hint, often
from onehall.foundation.values.text import Text

SERIAL, ACCOUNT, SECRET, PROJECT, NAME = "流水号", "用户账号", "用户密码", "所属项目", "真实姓名"
DOCUMENT, PHONE, ADDRESS, INSTALLER = "证件号码", "手机号码", "联系地址", "装机人员"
PRODUCT, AMOUNT, START, EXPIRY, REMARK = "选择产品", "预存金额", "开始时间", "到期时间", "备注"

BROADBAND = Format(
    code="broadband",
    name=Text("宽带用户登记", "broadband register"),
    columns=(
        Column(SERIAL, cells.text),
        Column(ACCOUNT, cells.text),
        Column(SECRET, cells.text, needed=False, secret=True),
        Column(PROJECT, often(cells.text)),
        Column(NAME, cells.text),
        Column(DOCUMENT, cells.text, upper_end=True),
        Column(PHONE, cells.text),
        Column(ADDRESS, cells.text, place=PROJECT),
        Column(INSTALLER, cells.text, needed=False),
        Column(PRODUCT, often(cells.text)),
        Column(AMOUNT, often(cells.amount)),
        Column(START, often(cells.day)),
        Column(EXPIRY, often(cells.day)),
        Column(REMARK, cells.text, needed=False),
    ),
    checks=(
        Check(PROJECT, "import.unknown_compound", "ADR-01", person_checks.known_compound(PROJECT)),
        Check(NAME, "import.name_missing", "CUS-02", checks.filled(NAME)),
        Check(DOCUMENT, "import.bad_document", "CUS-02", person_checks.identity(DOCUMENT)),
        Check(PHONE, "import.bad_phone", "CUS-02", person_checks.mobile(PHONE)),
        Check(PRODUCT, "import.unknown_product", "CAT-01", person_checks.known_product(PRODUCT)),
        Check(AMOUNT, "import.bad_amount", "CAT-02", checks.not_negative(AMOUNT)),
        Check(EXPIRY, "import.bad_term", "CAT-02", checks.later_than(EXPIRY, START)),
        Check(ACCOUNT, "import.bad_account", "ADR-02", number_checks.account_form(ACCOUNT)),
        Check(ACCOUNT, "import.account_elsewhere", "ADR-02", number_checks.fits_address(ACCOUNT, ADDRESS)),
        Check(ACCOUNT, "import.account_taken", "ADR-07", number_checks.unclaimed(ACCOUNT, "account")),
        Check(SERIAL, "import.bad_serial", "ORD-07", number_checks.serial_form(SERIAL, capitals=True)),
        Check(SERIAL, "import.serial_taken", "ORD-07", number_checks.unclaimed(SERIAL, "serial")),
    ),
    hints=(
        Hint(AMOUNT, hints.list_price(AMOUNT, PRODUCT, START)),
        Hint(EXPIRY, hints.due_expiry(EXPIRY, START, PRODUCT)),
        Hint(NAME, hints.one_spelling(NAME, DOCUMENT)),
        Hint(ADDRESS, hints.enough_points(ADDRESS)),
        Hint(SECRET, hints.usable_secret(SECRET)),
    ),
    claims=(("account", ACCOUNT), ("serial", SERIAL)),
    key=ACCOUNT,
    day=START,
    person=(DOCUMENT, NAME),
    address=ADDRESS,
    phone=PHONE,
)
