-- One row per currency and month in the report's zone: of creation or, without a time of creation, of first sight. Corrections are
-- in the month in which they were found.
select
  name                                                       as "Month",
  currency                                                   as "Currency",
  jobs                                                       as "Jobs",
  reporting                                                  as "Reporting",
  silent                                                     as "Not reporting",
  unreadable                                                 as "Unreadable",
  tokens                                                     as "Total tokens",
  tokens / nullif(sum(tokens) over (), 0)                     as "Share of tokens %",
  free                                                       as "Free tokens",
  unpriced                                                   as "Unpriced tokens",
  spend                                                      as "Spend",
  correction                                                 as "Corrections",
  booked                                                     as "Booked"
from audit.spend_line(:run_id, :account, :from, :to, :zone, :group_by)
where by = 'MONTH'
order by currency = '(no price)' nulls last, currency collate "C", name collate "C" nulls last
