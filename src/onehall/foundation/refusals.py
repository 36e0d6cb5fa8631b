"""Anticipated failures: a class each, with a closed code, the rule that says no, and what can be done instead (ORD-05)."""

from functools import partial
from typing import Any, ClassVar


class Refusal(Exception):
    """A clear no. `zh` and `en` are format strings over the facts given; `field` names the input at fault."""

    code: ClassVar[str] = "refused"
    rule: ClassVar[str] = ""
    status: ClassVar[int] = 409
    zh: ClassVar[str] = "不能办理。"
    en: ClassVar[str] = "This cannot be done."
    alternative_zh: ClassVar[str] = ""
    alternative_en: ClassVar[str] = ""
    href: str = ""
    """Where what the alternative speaks of is found; the entrance that knows its addresses sets it."""

    def __init__(self, *, field: str | None = None, **facts: Any) -> None:
        self.field = field
        self.facts = facts
        super().__init__(self.sentence("zh"))

    def __reduce__(self) -> tuple[Any, ...]:
        """The same refusal in another process."""
        told = self.facts if self.field is None else {"field": self.field, **self.facts}
        return partial(type(self), **told), ()

    def sentence(self, lang: str) -> str:
        """What is refused and why, in `lang`."""
        return (self.en if lang == "en" else self.zh).format(**self.facts)

    def alternative(self, lang: str) -> str:
        """What the person can do instead, in `lang`; empty where there is nothing."""
        return (self.alternative_en if lang == "en" else self.alternative_zh).format(**self.facts)


class NotFound(Refusal):
    """It does not exist for whoever asks; another hall's record answers the same (SEC-10)."""

    code = "not_found"
    rule = "SEC-10"
    status = 404
    zh = "没有找到{what}。"
    en = "{what_en} was not found."

    def __init__(
        self, *, what: str = "这条记录", what_en: str = "This record", field: str | None = None
    ) -> None:
        super().__init__(field=field, what=what, what_en=what_en)


class NotPermitted(Refusal):
    """The person's roles do not hold the permission (ORG-06, deny by default)."""

    code = "not_permitted"
    rule = "ORG-06"
    status = 403
    zh = "您的岗位没有这项权限（{permission}）。"
    en = "Your role does not hold this permission ({permission})."
    alternative_zh = "请联系营业部经理。"
    alternative_en = "Please ask the hall manager."

    def __init__(self, *, permission: str) -> None:
        super().__init__(permission=permission)


class PeriodClosed(Refusal):
    """A closed month takes no posting; and a month is closed whole, once, after its end (CSH-05)."""

    code = "period_closed"
    rule = "CSH-05"
    zh = "{why}。"
    en = "{why_en}."
    alternative_zh = "{do}"
    alternative_en = "{do_en}"
