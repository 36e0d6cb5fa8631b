"""Policy keys of workforce."""

from onehall.foundation.policy import declare

ENQUIRY_HOURS = declare(
    "workforce.enquiry_hours", kind="int", unit="hours", minimum=1, maximum=240, rule="ORD-04",
    zh="客户的咨询多久内要有答复", en="Within how long an enquiry is to be answered",
)  # fmt: skip
