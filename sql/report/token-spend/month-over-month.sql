-- What the jobs of the period cost against those of the period before, by job type and cost centre, without corrections: the
-- difference is a price effect (the same tokens at another price) and a volume effect (other tokens at the old price).
select
  job_type                                                   as "Job type",
  coalesce(cost_centre, '(none)')                            as "Cost centre",
  currency                                                   as "Currency",
  old_tokens                                                 as "Tokens before",
  tokens                                                     as "Tokens",
  old_spend                                                  as "Period before",
  spend                                                      as "This period",
  difference                                                 as "Difference",
  difference / nullif(old_spend, 0)                          as "Difference %",
  difference - of_volume                                     as "Price effect",
  of_volume                                                  as "Volume effect"
from audit.spend_movement(:run_id, :account, :from, :to, :previous_from, :group_by)
order by currency collate "C", abs(difference) desc, job_type collate "C", cost_centre collate "C" nulls last
