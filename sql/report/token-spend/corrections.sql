-- Corrections of closed months, found by the run or booked in the period: what a change takes back, and what it books instead.
with leg as (
  select *, audit.group_of(coalesce(group_by, :group_by), user_id, user_data, labels) as cost_centre
  from audit.report_correction(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is not null or seen_at >= :from and seen_at < :to)
select
  to_char(month, 'YYYY-MM')                     as "Closed month",
  job_id                                        as "Job id",
  reason                                        as "Reason",
  job_type                                      as "Job type",
  old_state                                     as "Old state",
  new_state                                     as "New state",
  cast(sum(tokens) as numeric)                  as "Tokens",
  currency                                      as "Currency",
  price_per_1000_tokens                         as "Price of 1,000 tokens",
  sum(spend)                                    as "Spend",
  create_time                                   as "Created",
  seen_at                                       as "Seen",
  cast(run_id as text)                          as "Run",
  cost_centre                                   as "Cost centre",
  user_id                                       as "User id",
  nullif(sum(unpriced_tokens), 0)               as "Unpriced tokens"
from leg
group by month, job_id, change_id, reason, job_type, old_state, new_state, currency, price_per_1000_tokens, create_time, seen_at,
  run_id, cost_centre, user_id
having sum(tokens) <> 0 or sum(free_tokens) <> 0
order by seen_at, month, job_id collate "C", change_id, job_type collate "C", currency collate "C", price_per_1000_tokens, sum(tokens),
  cost_centre collate "C", user_id collate "C"
