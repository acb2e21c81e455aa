-- One row per account and currency.
with line as (
  select a.account, l.currency, l.jobs, l.reporting, l.silent, l.unreadable, l.tokens, l.free, l.unpriced, l.spend,
    l.correction, l.booked, coalesce(cast(cast(:digits as jsonb) ->> l.currency as int), 2) as digits
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)
  cross join lateral audit.spend_line(:run_id, a.account, :from, :to, :zone, :group_by) as l
  where l.by = 'MONTH')
select
  account                                                    as "Account",
  currency                                                   as "Currency",
  (select string_agg(to_char(m.month, 'YYYY-MM'), ', ' order by m.month)
   from audit.month_close m
   where m.account = line.account and m.reopened_at is null and m.starts_at < :to and m.ends_at > :from) as "Closed months",
  sum(jobs)                                                  as "Jobs",
  sum(reporting)                                             as "Reporting",
  sum(silent)                                                as "Not reporting",
  sum(unreadable)                                            as "Unreadable",
  sum(tokens)                                                as "Total tokens",
  sum(free)                                                  as "Free tokens",
  sum(unpriced)                                              as "Unpriced tokens",
  round(sum(spend), digits)                                  as "Spend",
  round(sum(correction), digits)                             as "Corrections",
  case when sum(booked) is not null then cast(0 as numeric) end as "Rounding",
  round(sum(booked), digits)                                 as "Booked"
from line
group by account, currency, digits
order by currency = '(no price)' nulls last, currency collate "C", round(sum(booked), digits) desc nulls last, account collate "C"
