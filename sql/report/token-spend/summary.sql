-- What was spent, how much of it we can see, and whether the run adds up.
with job as (
  select
    count(*)                                               as jobs,
    count(*) filter (where usage_status = 'REPORTED')      as reporting,
    count(*) filter (where usage_status = 'ABSENT')        as silent,
    count(*) filter (where usage_status = 'UNREADABLE')    as unreadable,
    sum(total_tokens)                                      as total,
    sum(prompt_tokens)                                     as prompt,
    sum(completion_tokens)                                 as completion,
    sum(total_tokens) filter (where state = 'Failed')      as failed,
    cast(avg(total_tokens) as numeric(38, 2))              as average
  from audit.v_run_job
  where run_id = :run_id),
figure (block, line_no, section, label, amount, total, note, is_check) as (
  select f.block, f.line_no, f.section, f.label, f.amount, f.total, f.note, f.is_check
  from job
  cross join lateral (values
    (1, 1, 'Tokens',   'Total tokens',               total,      null,  'of the jobs that report a usage', false),
    (1, 2, 'Tokens',   'Prompt tokens',              prompt,     total, 'where the API tells them apart', false),
    (1, 3, 'Tokens',   'Completion tokens',          completion, total, 'where the API tells them apart', false),
    (1, 4, 'Tokens',   'Tokens of failed jobs',      failed,     total, 'in the total; failed jobs are free of charge', false),
    (1, 5, 'Tokens',   'Tokens per reporting job',   average,    null,  'on average', false),
    (2, 1, 'Coverage', 'Jobs reporting tokens',      reporting,  jobs,  'usage in the answer', false),
    (2, 2, 'Coverage', 'Jobs not reporting',         silent,     jobs,  'no usage in the answer: unknown, not zero', false),
    (2, 3, 'Coverage', 'Jobs with unreadable usage', unreadable, jobs,  'usage that cannot be read: unknown, not zero', false),
    (2, 4, 'Coverage', 'Jobs with a known state',    jobs,       jobs,  'fetched, unchanged or expired', false),
    (2, 5, 'Coverage', 'Check',                      jobs - reporting - silent - unreadable, null,
        'jobs - reporting - not reporting - unreadable, must be 0', true)
  ) as f (block, line_no, section, label, amount, total, note, is_check)
  union all
  select 3, line_no, 'Closing statement', label, amount, null, note, is_check
  from audit.v_run_statement
  where run_id = :run_id)
select section, label, amount, amount / nullif(total, 0) as share, note, is_check
from figure
order by block, line_no
