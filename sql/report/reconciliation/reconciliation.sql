-- One row per job type and currency: what we know, what is billed, and what may explain the difference.
select
  job_type                as "Job type",
  currency                as "Currency",
  case when abs(unexplained) <= cast(:tolerance as numeric) then 'Explained' else 'UNEXPLAINED' end as "Result",
  booked                  as "Booked",
  corrected               as "Corrected later",
  ours                    as "Ours",
  theirs                  as "Theirs",
  difference              as "Difference",
  nullif(by_failed, 0)    as "Failed, but billed",
  nullif(by_unpriced, 0)  as "Unpriced",
  nullif(by_timeless, 0)  as "Without time",
  nullif(by_silent, 0)    as "Not reporting",
  nullif(by_rounding, 0)  as "Rounding",
  unexplained             as "Unexplained"
from audit.reconciliation(:account, :from, :to, cast(:bill as jsonb), :billing_currency)
order by abs(unexplained) > cast(:tolerance as numeric) desc, job_type collate "C", currency collate "C"
