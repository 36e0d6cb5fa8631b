"""What is wrong with a profile, all of it at once, each with its file and place."""

from dataclasses import dataclass

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.text import Text


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake: the file, the key path or line in it, and what is wrong there."""

    file: str
    place: str
    what: Text

    def in_(self, lang: str) -> str:
        """`file · place: what` in `lang`."""
        spot = f"{self.file} · {self.place}" if self.place else self.file
        return f"{spot}: {self.what.in_(lang)}"


class ProfileInvalid(Refusal):
    """The profile cannot be used; `problems` names every mistake found, not just the first."""

    code = "profile.invalid"
    rule = "ORG-01"
    status = 422
    zh = "配置包“{profile}”有 {count} 处错误：\n{list_zh}"
    en = "Profile “{profile}” has {count} mistakes:\n{list_en}"
    alternative_zh = "请按文件和位置逐条改正后重新安装；未改动任何数据。"
    alternative_en = "Correct each at its file and place and install again; nothing was changed."

    def __init__(self, *, profile: str, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        super().__init__(
            profile=profile,
            count=len(problems),
            list_zh="\n".join(p.in_("zh") for p in problems),
            list_en="\n".join(p.in_("en") for p in problems),
        )


class Findings:
    """Collects problems while a profile is read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def add(self, file: str, place: str, zh: str, en: str) -> None:
        """Notes one problem and lets the reading go on."""
        self.problems.append(Problem(file, place, Text(zh, en)))

    def refuse_if_any(self, profile: str) -> None:
        """Raises `ProfileInvalid` with everything noted so far."""
        if self.problems:
            raise ProfileInvalid(profile=profile, problems=tuple(self.problems))
