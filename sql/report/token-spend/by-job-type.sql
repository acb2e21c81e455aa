-- One row per job type of the run, the most tokens first. Tokens stay empty where no job reports any: unknown is not zero.
with type as (
  select coalesce(job_type, '(no type)')                   as job_type,
    count(*)                                               as jobs,
    count(*) filter (where usage_status = 'REPORTED')      as reporting,
    count(*) filter (where usage_status = 'ABSENT')        as silent,
    count(*) filter (where usage_status = 'UNREADABLE')    as unreadable,
    sum(total_tokens)                                      as total,
    sum(prompt_tokens)                                     as prompt,
    sum(completion_tokens)                                 as completion,
    avg(total_tokens)                                      as average
  from audit.v_run_job
  where run_id = :run_id
  group by 1)
select
  job_type                                                 as "Job type",
  jobs                                                     as "Jobs",
  reporting                                                as "Reporting",
  silent                                                   as "Not reporting",
  unreadable                                               as "Unreadable",
  cast(reporting as numeric) / jobs                        as "Coverage %",
  cast(total as numeric(38, 0))                            as "Total tokens",
  total / nullif(sum(total) over (), 0)                    as "Share of tokens %",
  cast(prompt as numeric(38, 0))                           as "Prompt tokens",
  cast(completion as numeric(38, 0))                       as "Completion tokens",
  cast(average as numeric(38, 2))                          as "Tokens per reporting job"
from type
order by total desc nulls last, jobs desc, job_type collate "C"
