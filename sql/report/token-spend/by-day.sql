-- One row per day in the report's zone, of a period also for days without jobs: the day of creation or, without a time of creation,
-- of first sight; corrections are on the day on which they were found. Tokens stay empty when no job reports them: unknown is not
-- zero.
with booking as (
  select
    cast(booked_at at time zone cast(:zone as text) as date)    as day,
    count(usage_status)                                         as jobs,
    count(*) filter (where usage_status = 'REPORTED')           as reporting,
    count(*) filter (where usage_status = 'ABSENT')             as silent,
    count(*) filter (where usage_status = 'UNREADABLE')         as unreadable,
    cast(sum(total_tokens) as numeric)                          as total,
    cast(sum(prompt_tokens) as numeric)                         as prompt,
    cast(sum(completion_tokens) as numeric)                     as completion,
    sum(correction_tokens)                                      as corrections,
    cast(sum(coalesce(total_tokens, correction_tokens)) as numeric) as booked
  from audit.report_booking(:run_id, :account, :from, :to)
  group by 1),
day as (
  select cast(cast(:from as timestamptz) at time zone cast(:zone as text) as date) + number as day
  from generate_series(0,
    cast(cast(:to as timestamptz) at time zone cast(:zone as text) as date)
      - cast(cast(:from as timestamptz) at time zone cast(:zone as text) as date) - 1) as number
  where cast(:run_id as bigint) is null)
select
  coalesce(d.day, b.day)                                        as "Day",
  coalesce(b.jobs, 0)                                           as "Jobs",
  coalesce(b.reporting, 0)                                      as "Reporting",
  coalesce(b.silent, 0)                                         as "Not reporting",
  coalesce(b.unreadable, 0)                                     as "Unreadable",
  b.total                                                       as "Total tokens",
  b.prompt                                                      as "Prompt tokens",
  b.completion                                                  as "Completion tokens",
  b.corrections                                                 as "Corrections",
  b.booked                                                      as "Booked"
from booking b
full join day d on d.day = b.day
order by 1 nulls last
