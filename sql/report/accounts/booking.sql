-- What the accounts book: one row per account, cost centre and currency, and what the rounded amounts of an account lack.
with line as (
  select a.account, l.name as cost_centre, l.currency, l.spend, l.correction, l.booked,
    coalesce(cast(cast(:digits as jsonb) ->> l.currency as int), 2) as digits
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
  cross join lateral audit.spend_line(:run_id, a.account, :from, :to, :zone, :group_by) as l
  where l.by = 'COST_CENTRE' and l.booked is not null),
amount (account, cost_centre, currency, is_rounding, spend, correction, booked) as (
  select account, coalesce(cost_centre, '(none)'), currency, false, round(spend, digits), round(correction, digits), round(booked, digits)
  from line
  union all
  select account, 'Rounding', currency, true, round(sum(spend), digits) - sum(round(spend, digits)),
    round(sum(correction), digits) - sum(round(correction, digits)), round(sum(booked), digits) - sum(round(booked, digits))
  from line
  group by account, currency, digits)
select
  account                                                    as "Account",
  cost_centre                                                as "Cost centre",
  currency                                                   as "Currency",
  spend                                                      as "Spend",
  correction                                                 as "Corrections",
  cast(0 as numeric)                                         as "Rounding",
  booked                                                     as "Booked"
from amount
where not is_rounding or spend <> 0 or correction <> 0 or booked <> 0
order by currency collate "C", account collate "C", is_rounding, cost_centre collate "C"
