-- One row per account, job type and currency, and what the rounded amounts of an account lack.
with line as (
  select a.account, l.job_type, l.currency, coalesce(cast(cast(:digits as jsonb) ->> l.currency as int), 2) as digits,
    sum(l.jobs) as jobs, sum(l.tokens) as tokens, sum(l.unpriced) as unpriced, sum(l.spend) as spend, sum(l.correction) as correction,
    sum(l.booked) as booked
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
  cross join lateral audit.spend_line(:run_id, a.account, :from, :to, :zone, :group_by) as l
  where l.by = 'DAY'
  group by 1, 2, 3, 4),
amount (account, job_type, currency, is_rounding, jobs, tokens, unpriced, spend, correction, booked) as (
  select account, job_type, currency, false, jobs, tokens, unpriced, round(spend, digits), round(correction, digits), round(booked, digits)
  from line
  union all
  select account, 'Rounding', currency, true, null, null, null, round(sum(spend), digits) - sum(round(spend, digits)),
    round(sum(correction), digits) - sum(round(correction, digits)), round(sum(booked), digits) - sum(round(booked, digits))
  from line
  group by account, currency, digits)
select
  account                                                    as "Account",
  job_type                                                   as "Job type",
  currency                                                   as "Currency",
  jobs                                                       as "Jobs",
  tokens                                                     as "Total tokens",
  unpriced                                                   as "Unpriced tokens",
  spend                                                      as "Spend",
  correction                                                 as "Corrections",
  case when booked is not null then cast(0 as numeric) end   as "Rounding",
  booked                                                     as "Booked"
from amount
where not is_rounding or spend <> 0 or correction <> 0 or booked <> 0
order by currency = '(no price)' nulls last, currency collate "C", account collate "C", is_rounding, booked desc nulls last,
  job_type collate "C"
