"""Why a customer cannot get on, in words, from what the network knows (NET-04). The first finding is the verdict."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from onehall.contexts.provisioning.contracts import Standing
from onehall.contexts.provisioning.rules.line import (
    Answered,
    Cause,
    DiagnosisLimits,
    Finding,
    LineFacts,
    OnLine,
)
from onehall.contexts.provisioning.rules.reasons import SECOND_DEVICE, WRONG_PASSWORD, reason_words
from onehall.foundation.values.period import local
from onehall.foundation.values.text import Text


def diagnose(facts: LineFacts, *, limits: DiagnosisLimits, at: datetime) -> tuple[Finding, ...]:
    """Everything that was found, the most decisive first; never empty. Times are told on the wall clock of the hall."""
    found = list(_forbidden(facts, at))
    if found:
        return (*found, *_survivors(facts))
    live = _alive(facts, limits, at)
    found += _on_line(facts, live, at) if live else _off_line(facts, limits, at)
    return (*found, *_testing(facts), *_waiting(facts, at))


def _forbidden(facts: LineFacts, at: datetime) -> Iterator[Finding]:
    """What stands against the line whatever the network does: no account, stopped, too early, too late."""
    if facts.standing is None or facts.period is None:
        yield _bad(
            Cause.UNKNOWN,
            Text("网络侧没有这个账号。", "The network does not know this account."),
            Text("核对账号；确实在用的，报网络维护恢复。", "Check the account; if it is in service, tell the network staff."),
        )  # fmt: skip
    elif facts.standing is Standing.WITHDRAWN:
        yield _bad(
            Cause.WITHDRAWN,
            Text("账号已停用（拆机或退订），网络不放行。", "The account is stopped; the network refuses it."),
            Text("客户还要用，请办理新装。", "To use it again, take out a new line."),
        )
    elif facts.standing is Standing.WAITING and not (facts.test_until and at < facts.test_until):
        yield _not_begun(facts.period.start)
    elif facts.standing is Standing.PAUSED and facts.paused_until:
        yield _paused(facts.paused_until)
    elif facts.standing is Standing.EXPIRED:
        yield _expired(facts.period.end, at)


def _not_begun(start: datetime) -> Finding:
    begins = _moment(start)
    return _bad(
        Cause.NOT_BEGUN,
        Text(f"还没有到开通时间：{begins} 起可用。", f"The paid term has not begun: it starts at {begins}."),
        Text("到时间自动开通，不用再办。", "It begins by itself; nothing need be done."),
        start,
    )


def _paused(until: datetime) -> Finding:
    back = f"{local(until):%Y-%m-%d}"
    return _bad(
        Cause.PAUSED,
        Text(f"停机保号中，{back} 自动复机。", f"The line is suspended; it resumes by itself on {back}."),
        Text(
            "停机期内不能提前复机，到期时间已顺延。",
            "It cannot resume early; what is paid ends later by that time.",
        ),
        until,
    )


def _expired(end: datetime, at: datetime) -> Finding:
    ended, ago = _moment(end), _span(at - end)
    return _bad(
        Cause.EXPIRED,
        Text(f"已于 {ended} 到期，{ago.zh}前停的。", f"The paid term ended at {ended}, {ago.en} ago."),
        Text(
            "续费后 5 秒内自动恢复，不用重启设备。",
            "After payment it works again within 5 seconds by itself.",
        ),
        end,
    )


def _survivors(facts: LineFacts) -> Iterator[Finding]:
    """Sessions that outlive what was paid: they are cut, and until then said."""
    for session in facts.sessions[:1]:
        since = _moment(session.started_at)
        yield Finding(
            Cause.OUTLIVES_TERM, "warn",
            Text(f"但 {since} 上的线还没有断，系统正在断开。", f"Yet the session since {since} still runs; it is being cut."),
            Text("几分钟后还在，请用“立即断开”。", "If it is still there in a few minutes, use “cut now”."),
            session.started_at,
        )  # fmt: skip


def _alive(facts: LineFacts, limits: DiagnosisLimits, at: datetime) -> OnLine | None:
    """The newest session of which accounting told lately."""
    heard = (one for one in facts.sessions if at - one.updated_at <= limits.session_silent)
    return next(heard, None)


def _on_line(facts: LineFacts, live: OnLine, at: datetime) -> Iterator[Finding]:
    since, lasts = _moment(live.started_at), _span(at - live.started_at)
    yield Finding(
        Cause.ON_LINE, "good",
        Text(f"在线，自 {since} 起（{lasts.zh}）。", f"On line since {since} ({lasts.en})."),
        Text("线路是通的。还上不去，查客户自己的路由器、网线和电脑。",
             "The line works. If something does not, look at the customer's own router, cable and computer."),
        live.started_at,
    )  # fmt: skip
    yield from _second(facts, live)
    yield from _speed(facts, live)


def _second(facts: LineFacts, live: OnLine) -> Iterator[Finding]:
    """Somebody tried the same account from elsewhere while it was on line."""
    second = _newest(facts, SECOND_DEVICE)
    if second and second.at >= live.started_at and second.caller != live.caller:
        when = _moment(second.at)
        yield Finding(
            Cause.SECOND_DEVICE, "warn",
            Text(f"{when} 另一台设备用同一账号拨号被拒（一个账号只能一处在线）。",
                 f"At {when} a second device tried the same account (one session each)."),
            Text("问客户是否换了设备；是的，先“立即断开”再拨。", "If the customer changed the device, cut the session, then dial again."),
            second.at,
        )  # fmt: skip


def _speed(facts: LineFacts, live: OnLine) -> Iterator[Finding]:
    """The session runs with what was sold before."""
    granted = (live.granted_down_kbps, live.granted_up_kbps)
    if None not in granted and granted != (facts.down_kbps, facts.up_kbps):
        has, due = mbit(granted[0]), mbit(facts.down_kbps)
        yield Finding(
            Cause.OTHER_SPEED, "info",
            Text(f"这次上线按 {has} Mbit/s 放行，应为 {due} Mbit/s。", f"This session runs at {has} Mbit/s; it should be {due} Mbit/s."),
            Text("系统会自动改速；等不及，请客户断开再拨。", "It is changed by itself; dialling again does it at once."),
            live.started_at,
        )  # fmt: skip


def _off_line(facts: LineFacts, limits: DiagnosisLimits, at: datetime) -> Iterator[Finding]:
    """Something bigger than the line first, then what hangs in the network, then what the last answer said."""
    yield from _outage(facts, limits)
    yield from _device(facts, limits, at)
    yield from _stale(facts, at)
    last = facts.answers[0] if facts.answers else None
    if last is None or at - last.at > limits.refusals:
        yield _silence(last)
    elif last.accepted:
        yield Finding(
            Cause.NO_SESSION, "warn",
            Text(f"{_moment(last.at)} 密码已通过，现在没有在线。", f"At {_moment(last.at)} the password was accepted; now it is off line."),
            Text("请客户重拨一次；还不行，查光猫和入户线。", "Dial again; if that fails, look at the modem and the cable."),
            last.at,
        )  # fmt: skip
    elif last.reason == WRONG_PASSWORD:
        yield _password(facts, limits, at)
    else:
        yield _refused(last)


def _outage(facts: LineFacts, limits: DiagnosisLimits) -> Iterator[Finding]:
    if facts.gone >= limits.outage_lines and facts.gone_at is not None:
        minutes = limits.outage // timedelta(minutes=1)
        yield _bad(
            Cause.OUTAGE,
            Text(f"同小区 {facts.gone} 条线路在 {minutes} 分钟内一起掉线（最近 {_moment(facts.gone_at)}），像是楼宇或小区故障。",
                 f"{facts.gone} lines of the compound went within {minutes} minutes (last at {_moment(facts.gone_at)}): probably an outage."),
            Text("不是客户的问题。报网络维护，告诉客户正在处理。", "Not the customer's fault. Tell the network staff, and the customer that it is being seen to."),
            facts.gone_at,
        )  # fmt: skip


def _device(facts: LineFacts, limits: DiagnosisLimits, at: datetime) -> Iterator[Finding]:
    """Nobody heard of the access device for long, and the customer was behind it."""
    device = facts.device
    if device is None or device.heard_at is None or at - device.heard_at <= limits.device_silent:
        return
    heard = _moment(device.heard_at)
    yield _bad(
        Cause.DEVICE_DOWN,
        Text(f"接入设备 {device.name} 自 {heard} 起没有消息。", f"Nothing was heard of access device {device.name} since {heard}."),
        Text("报网络维护检查设备和上联。", "Ask the network staff to look at the device and its uplink."),
        device.heard_at,
    )  # fmt: skip


def _stale(facts: LineFacts, at: datetime) -> Iterator[Finding]:
    for session in facts.sessions[:1]:
        told = _moment(session.updated_at)
        yield Finding(
            Cause.STALE_SESSION, "warn",
            Text(f"网络侧还挂着 {_moment(session.started_at)} 上的线，但 {told} 以后没有报告。",
                 f"A session since {_moment(session.started_at)} still hangs, silent since {told} ({_span(at - session.updated_at).en})."),
            Text("用“立即断开”清掉，再请客户重拨。", "Clear it with “cut now”, then let the customer dial again."),
            session.updated_at,
        )  # fmt: skip


def _password(facts: LineFacts, limits: DiagnosisLimits, at: datetime) -> Finding:
    times = 0
    for one in facts.answers:
        if one.accepted or at - one.at > limits.refusals:
            break
        times += one.reason == WRONG_PASSWORD
    last = _moment(facts.answers[0].at)
    return _bad(
        Cause.WRONG_PASSWORD,
        Text(f"密码不对：最近一次 {last}，连续 {times} 次。", f"Wrong password: last at {last}, {times} times in a row."),
        Text("请客户核对路由器里的密码；忘了就重置密码。", "Check the password in the router; if it is forgotten, reset it."),
        facts.answers[0].at,
    )  # fmt: skip


def _refused(last: Answered) -> Finding:
    why = reason_words(last.reason)
    return _bad(
        Cause.REFUSED,
        Text(f"{_moment(last.at)} 网络拒绝：{why.zh}。", f"Refused at {_moment(last.at)}: {why.en}."),
        Text(
            "请客户重拨一次；同样被拒，报网络维护。",
            "Dial once more; if it is refused again, tell the network staff.",
        ),
        last.at,
    )


def _silence(last: Answered | None) -> Finding:
    seen = Text(f"{_moment(last.at)} 以后", f"since {_moment(last.at)}") if last else Text("从来", "so far")
    return Finding(
        Cause.NOTHING_ASKED, "warn",
        Text(f"网络{seen.zh}没有收到这个账号的拨号。", f"The network received no request of this account {seen.en}."),
        Text("查光猫灯、网线、路由器是否开机，账号有没有填错。", "Look at the modem's lights, cable and router, and at the account typed there."),
        last.at if last else None,
    )  # fmt: skip


def _testing(facts: LineFacts) -> Iterator[Finding]:
    """The paid term has not begun: it works for the installer's test alone (ORD-09)."""
    if facts.standing is Standing.WAITING and facts.period and facts.test_until:
        until, begins = _moment(facts.test_until), _moment(facts.period.start)
        yield Finding(
            Cause.TESTING, "info",
            Text(f"装机测试中，可用到 {until}；付费期 {begins} 开始。", f"Open for the installer's test until {until}; the paid term begins at {begins}."),
            Text("测好、完工，测试就结束。", "It ends when the visit is finished."),
            facts.test_until,
        )  # fmt: skip


def _waiting(facts: LineFacts, at: datetime) -> Iterator[Finding]:
    """What was decided but not told to the network yet (NET-03)."""
    for command in facts.commands[:1]:
        age, tries = _span(at - command.created_at), command.attempts
        yield Finding(
            Cause.NOT_IN_EFFECT, "info",
            Text(f"有命令待生效，已等 {age.zh}，试过 {tries} 次。", f"A command waits to take effect: for {age.en}, tried {tries} times."),
            Text("系统会一直重试；很久不成，报网络维护。", "It is tried again by itself; if it takes long, tell the network staff."),
            command.created_at,
        )  # fmt: skip


def _bad(cause: Cause, words: Text, advice: Text, at: datetime | None = None) -> Finding:
    return Finding(cause, "bad", words, advice, at)


def _newest(facts: LineFacts, reason: str) -> Answered | None:
    return next((one for one in facts.answers if not one.accepted and one.reason == reason), None)


def _moment(at: datetime) -> str:
    return f"{local(at):%m-%d %H:%M}"


def mbit(kbps: int | None) -> str:
    """As it is sold: 20 for 20480 kbit/s, and for 20000."""
    size = 1000 if (kbps or 0) % 1024 else 1024  # structural: what a kilobit is to whoever set the speed
    return f"{(kbps or 0) / size:g}"


def _span(away: timedelta) -> Text:
    """How long in one unit, never less than a minute."""
    minutes = max(int(away.total_seconds() // 60), 1)  # structural: seconds of a minute
    hours, days = minutes // 60, minutes // 1440  # structural: minutes of an hour and a day
    if days:
        return Text(f"{days} 天", f"{days} d")
    return Text(f"{hours} 小时", f"{hours} h") if hours else Text(f"{minutes} 分钟", f"{minutes} min")
