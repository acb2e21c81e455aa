-- One row per currency and month in the report's zone: of creation or, without a time of creation, of first sight. Corrections are
-- in the month in which they were found.
with part as (
  select
    to_char(booked_at at time zone cast(:zone as text), 'YYYY-MM') as month,
    case when coalesce(spend, correction) is not null then currency when unpriced_tokens is not null then '(no price)' end as currency,
    count(usage_status)                                      as jobs,
    count(*) filter (where usage_status = 'REPORTED')        as reporting,
    count(*) filter (where usage_status = 'ABSENT')          as silent,
    count(*) filter (where usage_status = 'UNREADABLE')      as unreadable,
    sum(total_tokens)                                        as tokens,
    sum(free_tokens)                                         as free,
    sum(unpriced_tokens)                                     as unpriced,
    sum(spend)                                               as spend,
    sum(correction)                                          as correction,
    sum(coalesce(spend, correction))                         as booked
  from audit.report_booking(:run_id, :account, :from, :to)
  group by 1, 2),
-- Jobs without money, which are free or of unknown tokens, have no row of their own beside those with money.
line as (
  select *, coalesce(currency, min(nullif(currency, '(no price)')) over same, min(currency) over same) as paid_in
  from part
  window same as (partition by month))
select
  month                                                      as "Month",
  paid_in                                                    as "Currency",
  sum(jobs)                                                  as "Jobs",
  sum(reporting)                                             as "Reporting",
  sum(silent)                                                as "Not reporting",
  sum(unreadable)                                            as "Unreadable",
  sum(tokens)                                                as "Total tokens",
  sum(tokens) / nullif(sum(sum(tokens)) over (), 0)          as "Share of tokens %",
  cast(sum(free) as numeric)                                 as "Free tokens",
  cast(sum(unpriced) as numeric)                             as "Unpriced tokens",
  sum(spend)                                                 as "Spend",
  sum(correction)                                            as "Corrections",
  sum(booked)                                                as "Booked"
from line
group by month, paid_in
order by paid_in = '(no price)' nulls last, paid_in collate "C", month collate "C" nulls last
