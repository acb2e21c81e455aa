-- Corrections of closed months, found by the run or booked in the period.
select
  to_char(month, 'YYYY-MM')                     as "Closed month",
  job_id                                        as "Job id",
  reason                                        as "Reason",
  job_type                                      as "Job type",
  old_state                                     as "Old state",
  new_state                                     as "New state",
  cast(tokens as numeric)                       as "Tokens",
  currency                                      as "Currency",
  price_per_1000_tokens                         as "Price of 1,000 tokens",
  spend                                         as "Spend",
  create_time                                   as "Created",
  seen_at                                       as "Seen",
  cast(run_id as text)                          as "Run"
from audit.v_correction
where run_id = :run_id
  or (cast(:run_id as bigint) is null and account = :account and seen_at >= :from and seen_at < :to)
order by seen_at, month, job_id collate "C", change_id, job_type collate "C", currency collate "C", price_per_1000_tokens
