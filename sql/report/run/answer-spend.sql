-- What the jobs of the run cost by currency, and those of the run of the same list before.
select currency, n.spend, b.spend as spend_before
from (
  select currency, sum(spend) as spend
  from audit.report_job(:run_id, :account, :from, :to)
  where spend is not null
  group by currency) as n
full join (
  select s.key as currency, cast(s.value as numeric) as spend
  from audit.earlier_run(:run_id) e
  join audit.audit_run r on r.run_id = e.run_id
  cross join lateral jsonb_each_text(r.summary -> 'spend') as s
  where e.nth = 1) as b using (currency)
order by currency collate "C"
