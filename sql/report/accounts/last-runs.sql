-- How the last run of each account ended, or why its last night has none for it.
select
  a.account                                                  as "Account",
  l.run_id                                                   as "Run",
  l.started_at                                               as "Started",
  case when l.exit_code <= 3 then 'complete' when l.exit_code is not null then 'not complete' else 'in progress' end as "Result",
  cast(l.exit_code as text)                                  as "Exit code",
  l.reason                                                   as "Reason"
from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
left join lateral (
  select run_id, started_at, exit_code, reason
    from (
      (select r.run_id, r.started_at, r.exit_code, coalesce(r.stopping_reason, (
          select n.reason from audit.audit_night_account n where n.run_id = r.run_id order by n.night_id desc limit 1)) as reason
        from audit.audit_run r
        where r.account = a.account
        order by r.run_id desc
        limit 1)
      union all
      (select null, n.ended_at, n.exit_code, n.reason
        from audit.audit_night_account n
        where n.account = a.account and n.run_id is null and n.exit_code is not null
        order by n.night_id desc
        limit 1)) as last
    order by started_at desc
    limit 1) as l on true
order by l.exit_code <= 3 nulls first, a.account collate "C"
