"""The peers' files: FreeRADIUS's own SQL schema as its distribution configures it, and its `files` module."""

QUERIES = "/etc/freeradius/3.0/mods-config/sql/main/postgresql/queries.conf"
_SITE = """
server default {
  listen {
    type = auth
    ipaddr = 127.0.0.1
    port = @port@
  }
  listen {
    type = acct
    ipaddr = 127.0.0.1
    port = @accounting@
  }
  authorize {
    %(authorize)s
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
  }
  accounting {
    ok
  }
  session {
    %(session)s
  }
  post-auth {
    %(session)s
  }
}
"""
STOCK = {
    "policy.conf": "",
    "sites.conf": _SITE % {"authorize": "sql", "session": "sql"},
    "modules.conf": """
always ok {
  rcode = ok
}
expr {
}
pap {
}
sql {
  dialect = "postgresql"
  driver = "rlm_sql_postgresql"
  radius_db = "@connection@"
  acct_table1 = "radacct"
  acct_table2 = "radacct"
  postauth_table = "radpostauth"
  authcheck_table = "radcheck"
  authreply_table = "radreply"
  groupcheck_table = "radgroupcheck"
  groupreply_table = "radgroupreply"
  usergroup_table = "radusergroup"
  client_table = "nas"
  group_attribute = "SQL-Group"
  read_groups = yes
  read_clients = no
  delete_stale_sessions = yes
  query_timeout = 5
  pool {
    start = 0
    min = 0
    max = @threads@
    spare = @threads@
    uses = 0
    lifetime = 0
    idle_timeout = 0
    retry_delay = 1
  }
  $INCLUDE """
    + QUERIES
    + "\n}\n",
}
FILES = {
    "policy.conf": "",
    "sites.conf": _SITE % {"authorize": "files", "session": ""},
    "modules.conf": """
always ok {
  rcode = ok
}
expr {
}
pap {
}
files {
  usersfile = ${confdir}/users
}
""",
}
