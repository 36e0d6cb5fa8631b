"""The two virtual servers of the configuration: what comes from access devices, and what comes inside an EAP tunnel."""

SITES = """
server default {
  listen {
    type = auth
    ipaddr = @address
    port = @port
  }
  listen {
    type = acct
    ipaddr = @address
    port = @accounting_port
  }
  authorize {
    update request {
      &Tmp-String-7 := "%{%{Packet-Src-IP-Address}:-%{Packet-Src-IPv6-Address}}"
    }
    if (&EAP-Message) {
      eap
    }
    else {
      account
    }
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type CHAP {
      chap
    }
    Auth-Type MS-CHAP {
      mschap
    }
    eap
  }
  preacct {
  }
  accounting {
    update request {
      &Tmp-String-7 := "%{%{Packet-Src-IP-Address}:-%{Packet-Src-IPv6-Address}}"
    }
    if (&User-Name =~ @name) {
      update request {
        &Stripped-User-Name := "%{1}"
      }
    }
    if (&Stripped-User-Name || &Acct-Status-Type == Accounting-On || &Acct-Status-Type == Accounting-Off) {
      sql
    }
    else {
      ok
    }
  }
  post-auth {
    if (&session-state:Tmp-String-3) {
      update control {
        &Session-Timeout := &session-state:Session-Timeout
        &Tmp-Integer-0 := &session-state:Tmp-Integer-0
        &Tmp-Integer-1 := &session-state:Tmp-Integer-1
        &Tmp-Integer-2 := &session-state:Tmp-Integer-2
        &Tmp-Integer-3 := &session-state:Tmp-Integer-3
        &Tmp-String-2 := &session-state:Tmp-String-2
        &Tmp-String-3 := &session-state:Tmp-String-3
      }
      update reply {
        &User-Name := &session-state:User-Name
      }
    }
    elsif (&control:Tmp-String-0) {
      refuse
    }
    grant
    update control {
      &Tmp-Integer-9 := 1
    }
    sql
    Post-Auth-Type REJECT {
      access_reject
      if (&session-state:Tmp-String-9) {
        update control {
          &Tmp-String-9 := &session-state:Tmp-String-9
        }
      }
      if (!&control:Tmp-String-9) {
        update control {
          &Tmp-String-9 := "%{%{control:Tmp-String-0}:-wrong_password}"
        }
        if (&control:Tmp-String-9 != "unknown") {
          update control {
            &Tmp-String-9 := "wrong_password"
          }
        }
      }
      if (!&EAP-Message) {
        switch &control:Tmp-String-9 {
          case "unknown" { update reply { &Reply-Message := "@wrong" } }
          case "wrong_password" { update reply { &Reply-Message := "@wrong" } }
          case "method" { update reply { &Reply-Message := "@method" } }
          case {
            update reply {
              &Reply-Message := "%{control:Tmp-String-1}"
            }
          }
        }
      }
      update control {
        &Tmp-Integer-9 := 0
      }
      sql
    }
  }
}
server inner {
  authorize {
    update request {
      &Tmp-String-7 := "%{outer.request:Tmp-String-7}"
    }
    if (&EAP-Message) {
      inner_eap {
        ok = return
      }
    }
    account
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
    Auth-Type CHAP {
      chap
    }
    Auth-Type MS-CHAP {
      mschap
    }
    inner_eap
  }
  post-auth {
    update outer.session-state {
      &User-Name := &request:Stripped-User-Name
    }
    if (&control:Tmp-String-0) {
      refuse
    }
    update outer.session-state {
      &Session-Timeout := &control:Session-Timeout
      &Tmp-Integer-0 := &control:Tmp-Integer-0
      &Tmp-Integer-1 := &control:Tmp-Integer-1
      &Tmp-Integer-2 := &control:Tmp-Integer-2
      &Tmp-Integer-3 := &control:Tmp-Integer-3
      &Tmp-String-2 := &control:Tmp-String-2
      &Tmp-String-3 := &control:Tmp-String-3
    }
    Post-Auth-Type REJECT {
      update outer.session-state {
        &User-Name := &request:Stripped-User-Name
        &Tmp-String-9 := "%{%{control:Tmp-String-9}:-%{%{control:Tmp-String-0}:-wrong_password}}"
      }
      if (!&control:Tmp-String-9 && &outer.session-state:Tmp-String-9 != "unknown") {
        update outer.session-state {
          &Tmp-String-9 := "wrong_password"
        }
      }
    }
  }
}
"""
