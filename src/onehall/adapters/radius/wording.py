"""The text of a whole private FreeRADIUS 3.2 configuration. `@name` is filled in by `configuration`; nothing is included from
the distribution's own folder but its modules and dictionaries.

The password is checked before anything is said: the database's verdict (`Tmp-String-0`) waits in the control list and is told
after authentication only, so that whoever does not know the password learns nothing of the account.
"""

MAIN = """
name = radiusd
confdir = @folder
raddbdir = @folder
logdir = @folder
run_dir = @folder
db_dir = @folder
libdir = @modules
pidfile = @folder/radiusd.pid
max_request_time = 10
cleanup_delay = 5
max_requests = 65536
hostname_lookups = no
log {
  destination = stdout
  auth = no
}
security {
  allow_core_dumps = no
  max_attributes = 200
  reject_delay = @reject_delay
  status_server = yes
}
thread pool {
  start_servers = @threads
  max_servers = @threads
  min_spare_servers = 1
  max_spare_servers = @threads
  max_requests_per_server = 0
}
proxy_requests = no
$INCLUDE clients.conf
modules {
  $INCLUDE modules.conf
}
policy {
  $INCLUDE policy.conf
}
$INCLUDE sites.conf
"""

MODULES = """
always ok {
  rcode = ok
}
always reject {
  rcode = reject
}
always handled {
  rcode = handled
}
expr {
}
pap {
}
chap {
}
mschap {
  use_mppe = yes
}
attr_filter access_reject {
  key = "%{User-Name}"
  filename = ${confdir}/reject
}
files clear {
  usersfile = ${confdir}/clear
  key = "%{tolower:%{Stripped-User-Name}}"
}
eap {
  default_eap_type = ttls
  timer_expire = 60
  max_sessions = 16384
  tls-config own {
    private_key_file = ${confdir}/certs/server.key
    certificate_file = ${confdir}/certs/server.pem
    ca_file = ${confdir}/certs/ca.pem
    tls_min_version = "1.2"
    tls_max_version = "1.2"
    cipher_list = "DEFAULT"
    ecdh_curve = "prime256v1"
    cache {
      enable = no
    }
  }
  ttls {
    tls = own
    default_eap_type = mschapv2
    copy_request_to_tunnel = yes
    use_tunneled_reply = no
    virtual_server = inner
  }
  peap {
    tls = own
    default_eap_type = mschapv2
    copy_request_to_tunnel = yes
    use_tunneled_reply = no
    virtual_server = inner
  }
}
eap inner_eap {
  default_eap_type = mschapv2
  timer_expire = 60
  max_sessions = 16384
  mschapv2 {
  }
}
sql {
  dialect = "postgresql"
  driver = "rlm_sql_postgresql"
  radius_db = "@connection"
  read_clients = no
  read_groups = no
  read_profiles = no
  auto_escape = no
  safe_characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_: /,+=;|[]()#*!~"
  sql_user_name = "%{Stripped-User-Name}"
  query_timeout = 5
  pool {
    start = 0
    min = 0
    max = @threads
    spare = @threads
    uses = 0
    lifetime = 0
    idle_timeout = 0
    retry_delay = 1
  }
  authorize_check_query = "@authorise"
  accounting {
    reference = "%{tolower:type.%{Acct-Status-Type}.query}"
    type {
      accounting-on {
        query = "@rebooted"
      }
      accounting-off {
        query = "@rebooted"
      }
      start {
        query = "@start"
      }
      interim-update {
        query = "@interim"
      }
      stop {
        query = "@stop"
      }
    }
  }
  post-auth {
    query = "@answered"
  }
}
"""

# A name that cannot be an account never reaches a query; a realm that a device adds to it is taken off. Where the database does not answer, neither do we: the access device
# asks again, or asks another server, and nobody is told that his password is wrong.
POLICY = """
account {
  if (&User-Name =~ @name) {
    update request {
      &Stripped-User-Name := "%{1}"
    }
  }
  else {
    update control {
      &Tmp-String-9 := "unknown"
    }
    reject
  }
  if (&CHAP-Password) {
    chap
    clear
    if (!&control:Cleartext-Password) {
      update control {
        &Tmp-String-9 := "method"
      }
      reject
    }
  }
  mschap
  @slow_pap
  sql {
    fail = 1
  }
  if (fail) {
    update control {
      &Response-Packet-Type := Do-Not-Respond
    }
    handled
  }
  pap
}
refuse {
  update control {
    &Tmp-String-9 := "%{control:Tmp-String-0}"
  }
  reject
}
grant {
  if (&request:Stripped-User-Name && "%{request:Stripped-User-Name}" != "%{request:User-Name}") {
    update reply {
      &User-Name := &request:Stripped-User-Name
    }
  }
  update reply {
    &Session-Timeout := &control:Session-Timeout
    &Class := "%{control:Tmp-String-3}"
    &Acct-Interim-Interval := @interim_seconds
  }
@speeds
}
"""

REJECT = """DEFAULT
\tEAP-Message =* ANY,
\tState =* ANY,
\tMessage-Authenticator =* ANY,
\tMS-CHAP-Error =* ANY,
\tProxy-State =* ANY
"""

WRONG = "账号或密码不正确"
METHOD = "这种认证方式不能使用，请联系客服"
NAME = "/^([A-Za-z0-9]{1,64})(@[A-Za-z0-9.-]{1,64})?$/"
"""An account, with or without a realm."""
