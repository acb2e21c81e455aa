-- What is to be booked: one row per currency, month and cost centre. Tokens without a price are not in it: see the sheet Prices.
with booking as (
  select to_char(booked_at at time zone cast(:zone as text), 'YYYY-MM') as month,
    audit.group_of(coalesce(group_by, :group_by), user_id, user_data, labels) as cost_centre, currency, spend, correction
  from audit.report_booking(:run_id, :account, :from, :to)
  where coalesce(spend, correction) is not null)
select
  month                                                      as "Month",
  coalesce(cost_centre, '(none)')                            as "Cost centre",
  currency                                                   as "Currency",
  sum(spend)                                                 as "Spend",
  sum(correction)                                            as "Corrections",
  -- What the rounded amounts of the row lack; of the exact ones, nothing.
  cast(0 as numeric)                                         as "Rounding",
  sum(coalesce(spend, correction))                           as "Booked"
from booking
group by month, cost_centre, currency
order by currency collate "C", month collate "C", cost_centre collate "C" nulls last
