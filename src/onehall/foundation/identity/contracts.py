"""What identity returns, and its refusals."""

from dataclasses import dataclass

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import HallId, SessionId, UserId


@dataclass(frozen=True, slots=True)
class SignedIn:
    """`token` goes into the browser's cookie and is stored nowhere else."""

    user_id: UserId
    session_id: SessionId
    hall_id: HallId
    token: str
    must_change: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A sign-in that did not succeed; the count is kept although nothing else happened."""

    refusal: Refusal


class WrongCredentials(Refusal):
    """The same answer for an unknown number and a wrong password, so that numbers cannot be tried out."""

    code = "identity.wrong_credentials"
    rule = "SEC-08"
    status = 401
    zh = "工号或密码不对。"
    en = "The staff number or the password is wrong."
    alternative_zh = "请检查大小写和输入法；忘记密码请找营业部经理重置。"
    alternative_en = "Check capitals and the input method; the hall manager can reset a forgotten password."


class AccountLocked(Refusal):
    """Too many failures in a row."""

    code = "identity.locked"
    rule = "SEC-08"
    status = 423
    zh = "密码连续输错，账号已锁定到 {until}。"
    en = "Too many failed attempts: the account is locked until {until}."
    alternative_zh = "请稍后再试，或请营业部经理解锁。"
    alternative_en = "Try again later, or ask the hall manager to unlock it."


class NoGrantHere(Refusal):
    """The person has no role in that hall."""

    code = "identity.no_grant"
    rule = "ORG-06"
    status = 403
    zh = "您在这个厅没有岗位，不能在这里登录。"
    en = "You hold no role in this hall and cannot sign in here."
    alternative_zh = "请选择您所在的营业厅。"
    alternative_en = "Choose your own hall."


class BadPassword(Refusal):
    """A new password that may not be used."""

    code = "identity.bad_password"
    rule = "SEC-08"
    status = 400
    zh = "新密码不能用：{why}。"
    en = "This password cannot be used: {why_en}."
    alternative_zh = "请换一个更长、别人猜不到的密码。"
    alternative_en = "Choose a longer one that nobody can guess."
