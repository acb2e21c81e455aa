-- What the jobs of the period and of the period before cost by currency, without corrections.
select currency, n.spend, b.spend as spend_before
from (
  select currency, sum(spend) as spend
  from audit.report_job(:run_id, :account, :from, :to)
  where spend is not null
  group by currency) as n
full join (
  select currency, sum(spend) as spend
  from audit.v_booked_job
  where account = :account and booked_at >= :previous_from and booked_at < :from and spend is not null
  group by currency) as b using (currency)
order by currency collate "C"
