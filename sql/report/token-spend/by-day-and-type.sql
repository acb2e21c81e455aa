-- One row per day in the report's zone, job type and currency: the day of creation or, without a time of creation, of first sight.
-- Corrections are on the day on which they were found. Tokens that no job reports and money without a price stay empty: unknown is
-- not zero.
select
  day                                                        as "Day",
  job_type                                                   as "Job type",
  currency                                                   as "Currency",
  jobs                                                       as "Jobs",
  reporting                                                  as "Reporting",
  silent                                                     as "Not reporting",
  unreadable                                                 as "Unreadable",
  tokens                                                     as "Total tokens",
  free                                                       as "Free tokens",
  unpriced                                                   as "Unpriced tokens",
  spend                                                      as "Spend",
  correction                                                 as "Corrections",
  booked                                                     as "Booked"
from audit.spend_line(:run_id, :account, :from, :to, :zone, :group_by)
where by = 'DAY'
order by day nulls last, job_type collate "C", currency collate "C" nulls last
