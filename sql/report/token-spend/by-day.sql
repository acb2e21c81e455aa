-- One row per day in the report's zone: of creation or, without a time of creation, of first sight; corrections are on the day on
-- which they were found. Tokens stay empty when no job reports them: unknown is not zero.
select
  cast(booked_at at time zone cast(:zone as text) as date)    as "Day",
  count(usage_status)                                         as "Jobs",
  count(*) filter (where usage_status = 'REPORTED')           as "Reporting",
  count(*) filter (where usage_status = 'ABSENT')             as "Not reporting",
  count(*) filter (where usage_status = 'UNREADABLE')         as "Unreadable",
  cast(sum(total_tokens) as numeric)                          as "Total tokens",
  cast(sum(prompt_tokens) as numeric)                         as "Prompt tokens",
  cast(sum(completion_tokens) as numeric)                     as "Completion tokens",
  sum(correction_tokens)                                      as "Corrections",
  cast(sum(coalesce(total_tokens, correction_tokens)) as numeric) as "Booked"
from audit.report_booking(:run_id, :account, :from, :to)
group by 1
order by 1 nulls last
