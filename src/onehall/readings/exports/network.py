"""The network: sessions that ended, for whoever must account for them. Neither secrets nor the customers' devices are among them."""

from onehall.contexts.provisioning import api as provisioning
from onehall.foundation.documents.columns import Column, moment, text, worded
from onehall.foundation.values.text import Text
from onehall.readings.exports.lists import Listed

_SESSIONS = """
    select s.account, coalesce(h.label, '') as address, s.started_at, s.ended_at, s.seconds / 60 as minutes,
           round(s.down_octets / 1e6, 1)::float as down, round(s.up_octets / 1e6, 1)::float as up, s.cause,
           coalesce(n.name, host(s.nas)) as device, host(s.framed_ip) as ip
    from pub_provisioning_session_ended s
    left join pub_provisioning_nas n on n.address = s.nas
    left join pub_subscriptions_line l on l.account_name = s.account and l.ended_at is null
    left join pub_customers_premises h on h.id = l.dwelling_id
    where (%(start)s::timestamptz is null or s.ended_at >= %(start)s) and (%(end)s::timestamptz is null or s.ended_at < %(end)s)
      and (%(compounds)s::text[] is null or split_part(h.path, '/', 1) = any(%(compounds)s))
    order by s.ended_at, s.unique_id
"""
_COLUMNS: tuple[Column, ...] = (
    text("用户账号", "Account", "account"),
    text("地址", "Address", "address", 26),
    moment("上线时间", "From", "started_at"),
    moment("结束时间", "To", "ended_at"),
    text("时长（分钟）", "Minutes", "minutes", 12),
    text("下行（MB）", "Down (MB)", "down", 12),
    text("上行（MB）", "Up (MB)", "up", 12),
    worded("结束原因", "Ended by", "cause", provisioning.CAUSES),
    text("接入设备", "Access device", "device", 16),
    text("网络地址", "IP address", "ip", 16),
)

LISTS = (
    Listed(
        "sessions",
        Text("上网记录", "Network sessions"),
        "network.view",
        _COLUMNS,
        _SESSIONS,
        Text("结束日期", "day it ended"),
    ),
)
