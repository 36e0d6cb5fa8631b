"""Policy keys of workforce."""

from onehall.foundation.policy import declare

ENQUIRY_HOURS = declare(
    "workforce.enquiry_hours", kind="int", unit="hours", minimum=1, maximum=240, rule="ORD-04",
    zh="客户的咨询多久内要有答复", en="Within how long an enquiry is to be answered",
)  # fmt: skip
SHORTAGE_HOURS = declare(
    "workforce.shortage_hours", kind="int", unit="hours", minimum=1, maximum=240, rule="LAW-04",
    zh="短款提议多久内由本人确认或异议", en="Within how long the clerk acknowledges or objects to a shortage",
)  # fmt: skip
