-- The last run of an account, or the last night that has none for it.
create function audit.last_run(of_account text) returns table (run_id bigint, started_at timestamptz, exit_code integer, reason text)
language sql stable as $$
  (select r.run_id, r.started_at, r.exit_code, coalesce(r.stopping_reason, (
      select n.reason from audit.audit_night_account n where n.run_id = r.run_id order by n.night_id desc limit 1))
    from audit.audit_run r
    where r.account = of_account
    order by r.run_id desc
    limit 1)
  union all
  (select null, n.ended_at, n.exit_code, n.reason
    from audit.audit_night_account n
    where n.account = of_account and n.run_id is null and n.exit_code is not null
    order by n.night_id desc
    limit 1)
  order by started_at desc
  limit 1
$$;
comment on function audit.last_run(text) is 'How the last run of an account ended, or why its last night has none for it.';
