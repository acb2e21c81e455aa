-- One row per cost centre, currency and month. What is booked is the account's, not only the run's. The projection extends the month
-- as it was until now: booked / time that has passed * time of the month.
with projected as (
  select u.*, case when u.passed >= 86400 then trim_scale(round(u.booked * u.whole / u.passed, 12)) end as projection
  from audit.budget_use(:account, :run_id, :from, :to, :as_of, :zone, :group_by, cast(:budgets as jsonb)) u)
select
  to_char(month, 'YYYY-MM')                      as "Month",
  cost_centre                                    as "Cost centre",
  currency                                       as "Currency",
  case when budget is null then 'No budget' when booked >= budget then 'Over' when booked >= budget * 0.8 then 'Above 80 %'
    when projection > budget then 'Projected over' else 'Within' end as "Status",
  budget                                         as "Budget",
  booked                                         as "Booked",
  booked / budget                                as "Used %",
  budget - booked                                as "Left",
  projection                                     as "Projection",
  projection / budget                            as "Projection %"
from projected
order by month, cost_centre <> '*', booked / budget desc nulls last, cost_centre collate "C", currency collate "C"
