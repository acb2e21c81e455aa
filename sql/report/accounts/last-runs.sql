-- How the last run of each account ended, or why its last night has none for it.
select
  a.account                                                  as "Account",
  l.run_id                                                   as "Run",
  l.started_at                                               as "Started",
  case when l.exit_code <= 3 then 'complete' when l.exit_code is not null then 'not complete' else 'in progress' end as "Result",
  cast(l.exit_code as text)                                  as "Exit code",
  l.reason                                                   as "Reason"
from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
left join lateral audit.last_run(a.account) as l on true
order by l.exit_code <= 3 nulls first, a.account collate "C"
