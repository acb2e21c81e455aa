-- Budgets of the month in which the run ended that are used to 80 % or more.
select to_char(month, 'YYYY-MM') as month, cost_centre, currency, budget, booked, booked_before
from audit.budget_use(:account, :run_id, :from, :to, :as_of, :zone, :group_by, cast(:budgets as jsonb))
where booked >= budget * 0.8
order by cost_centre <> '*', cost_centre collate "C", currency collate "C"
