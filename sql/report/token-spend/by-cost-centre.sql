-- One row per currency and cost centre, which audit.report.group-by names, the most expensive first. A closed month keeps its own.
select
  name                                                       as "Cost centre",
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
where by = 'COST_CENTRE'
order by currency = '(no price)' nulls last, currency collate "C", booked desc nulls last, tokens desc nulls last, jobs desc,
  name collate "C" nulls last
