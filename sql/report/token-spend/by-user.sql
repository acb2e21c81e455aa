-- One row per user and currency, most tokens first.
select
  name                                                       as "User id",
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
where by = 'USER'
order by tokens desc nulls last, jobs desc, name collate "C" nulls last, currency collate "C" nulls last
