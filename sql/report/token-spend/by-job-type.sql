-- One row per job type, most tokens first. Tokens stay empty when no job reports them: unknown is not zero.
with type as (
  select coalesce(job_type, '(no type)')                   as job_type,
    count(usage_status)                                    as jobs,
    count(*) filter (where usage_status = 'REPORTED')      as reporting,
    count(*) filter (where usage_status = 'ABSENT')        as silent,
    count(*) filter (where usage_status = 'UNREADABLE')    as unreadable,
    sum(total_tokens)                                      as total,
    sum(prompt_tokens)                                     as prompt,
    sum(completion_tokens)                                 as completion,
    avg(total_tokens)                                      as average,
    sum(correction_tokens)                                 as corrections,
    sum(coalesce(total_tokens, correction_tokens))         as booked
  from audit.report_booking(:run_id, :account, :from, :to)
  group by 1)
select
  job_type                                                 as "Job type",
  jobs                                                     as "Jobs",
  reporting                                                as "Reporting",
  silent                                                   as "Not reporting",
  unreadable                                               as "Unreadable",
  cast(reporting as numeric) / nullif(jobs, 0)             as "Coverage %",
  cast(total as numeric)                                   as "Total tokens",
  total / nullif(sum(total) over (), 0)                    as "Share of tokens %",
  cast(prompt as numeric)                                  as "Prompt tokens",
  cast(completion as numeric)                              as "Completion tokens",
  cast(average as numeric(38, 2))                          as "Tokens per reporting job",
  corrections                                              as "Corrections",
  cast(booked as numeric)                                  as "Booked"
from type
order by total desc nulls last, jobs desc, job_type collate "C"
