"""What identity returns, and its refusals."""

from dataclasses import dataclass
from datetime import datetime

from onehall.foundation.refusals import Refusal
from onehall.foundation.values.ids import CounterId, HallId, SessionId, UserId


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


@dataclass(frozen=True, slots=True)
class TokenWanted:
    """A token as it is asked for: whose, where, for what, and for how many days."""

    name: str
    staff_no: str
    hall_id: HallId
    counter_id: CounterId | None
    scopes: tuple[str, ...]
    days: int


@dataclass(frozen=True, slots=True)
class TokenIssued:
    """`token` is shown this once and stored nowhere; "" where the same intent was answered before."""

    id: int
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token as lists show it."""

    id: int
    name: str
    user_name: str
    staff_no: str
    hall_id: HallId
    counter_id: CounterId | None
    scopes: tuple[str, ...]
    issued_by: str
    issued_at: datetime
    expires_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None

    def alive(self, at: datetime) -> bool:
        """Whether it still opens anything."""
        return self.revoked_at is None and at < self.expires_at


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


class WrongAccount(Refusal):
    """The same answer for an account that nobody has and a wrong password, so that accounts cannot be tried out."""

    code = "identity.wrong_account"
    rule = "SEC-08"
    status = 401
    zh = "账号或密码不对。"
    en = "The account or the password is wrong."
    alternative_zh = "密码是宽带上网的密码；忘了请带证件到营业厅重置。"
    alternative_en = "It is the password of your broadband; the hall resets it when you bring your document."


class CustomerLocked(Refusal):
    """Too many failures of an account or from one place."""

    code = "identity.customer_locked"
    rule = "SEC-08"
    status = 423
    zh = "输错太多次，暂时不能登录，请在 {until} 以后再试。"
    en = "Too many failed attempts: please try again after {until}."
    alternative_zh = "急用请打客服电话，或带证件到营业厅。"
    alternative_en = "If it is urgent, call us or come to the hall with your document."


class ProofFailed(Refusal):
    """The figures of the document do not fit: whoever sits there may not be the customer."""

    code = "identity.proof_failed"
    rule = "SEC-02"
    status = 403
    zh = "证件号码后四位对不上，密码没有改。"
    en = "The last four figures of the document do not fit; the password was not changed."
    alternative_zh = "请填办理业务时登记的证件；仍不行，请带证件到营业厅。"
    alternative_en = "Use the document that was registered; if that fails, come to the hall with it."


class SecondStepNeeded(Refusal):
    """The password was right; `token` goes into the browser's cookie for the second step."""

    code = "identity.second_step"
    rule = "SEC-08"
    status = 401
    zh = "还要第二步验证。"
    en = "A second proof is needed."
    alternative_zh = "请打开验证器输入 6 位数字，或用通行密钥、恢复码。"
    alternative_en = "Type the six figures of your app, or use a passkey or a recovery code."

    def __init__(self, *, token: str) -> None:
        super().__init__()
        self.token = token


class SecondStepGone(Refusal):
    """Too late, or it was used."""

    code = "identity.second_step_gone"
    rule = "SEC-08"
    status = 401
    zh = "第二步验证已过时。"
    en = "The second step has run out."
    alternative_zh = "请重新输入工号和密码。"
    alternative_en = "Type staff number and password again."


class WrongProof(Refusal):
    """A code or passkey that proves nothing, or a code that was used already."""

    code = "identity.wrong_proof"
    rule = "SEC-08"
    status = 401
    zh = "验证码不对，或者已经用过。"
    en = "The code is wrong or was used already."
    alternative_zh = "请等下一组数字；手机时间要准。设备丢了，用一个恢复码。"
    alternative_en = (
        "Wait for the next code and check the phone's clock; if the device is lost, use a recovery code."
    )


class LessonOwed(Refusal):
    """New staff get in only after the confidentiality lesson."""

    code = "identity.lesson_owed"
    rule = "SEC-06"
    status = 403
    zh = "保密课还没有登记通过，不能登录。"
    en = "The confidentiality lesson is not recorded as passed; you cannot sign in yet."
    alternative_zh = "请营业部经理上课、考核后，在看板“人员”页登记。"
    alternative_en = "The hall manager records it on the board's page of staff once you have passed."


class GrantRefused(Refusal):
    """A role cannot be given or taken like this."""

    code = "identity.grant_refused"
    rule = "ORG-06"
    zh = "岗位没有变动：{why}。"
    en = "No role was changed: {why_en}."
    alternative_zh = "请检查后再试，或请上级办理。"
    alternative_en = "Check it and try again, or ask your superior."


class ResetRefused(Refusal):
    """A login is not reset or unlocked like this."""

    code = "identity.reset_refused"
    rule = "SEC-08"
    zh = "登录没有变动：{why}。"
    en = "The login was not changed: {why_en}."
    alternative_zh = "请检查后再试，或请权限够的上级办理；都进不去了，由管理员在机器上执行 onehall regain。"
    alternative_en = "Check it, or ask a superior who may; if nobody gets in, the administrator runs `onehall regain` on the machine."


class ResetAwaited(Refusal):
    """Whoever decides for others would be at one colleague's mercy: a second person approves the reset first."""

    code = "identity.reset_awaited"
    rule = "SEC-08"
    zh = "这位员工是经理以上或者有审批权，重置要另一人批准；已经替您提交申请（第 {number} 号），现在什么都没有改动。"
    en = "This person manages or decides for others: the reset needs another person's approval, which was asked for (no. {number}); nothing is changed yet."
    alternative_zh = "批准后在看板“审批”页打开这一项，点“照批准重置”。"
    alternative_en = "Once approved, open it on the board's page of approvals and reset from there."


class LastFactor(Refusal):
    """Whoever must have a second factor keeps one."""

    code = "identity.last_factor"
    rule = "SEC-08"
    zh = "您的岗位必须有第二步验证，最后一个设备不能删。"
    en = "Your role needs a second factor; the last device stays."
    alternative_zh = "请先登记新设备，再删旧的。"
    alternative_en = "Add the new device first."


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


class TokenNotIssued(Refusal):
    """A token that would reach further than its person, longer than allowed, or belong to nobody."""

    code = "identity.token_not_issued"
    rule = "SEC-08"
    status = 400
    zh = "不能发令牌：{why}。"
    en = "No token was issued: {why_en}."
    alternative_zh = "请检查工号、权限和天数后再发。"
    alternative_en = "Check the staff number, the permissions and the number of days."


class TokenRejected(Refusal):
    """No token, or one that is unknown, expired or revoked: the answer does not say which."""

    code = "identity.token_rejected"
    rule = "SEC-08"
    status = 401
    zh = "没有有效的访问令牌。"
    en = "There is no valid access token."
    alternative_zh = (
        "请在请求头 Authorization 里写 Bearer 和令牌；令牌过期或被撤销的，请营业部经理重新发一个。"
    )
    alternative_en = (
        "Send “Authorization: Bearer …”; for an expired or revoked token ask the hall manager for a new one."
    )
