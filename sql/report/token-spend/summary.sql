-- What was spent, how much of it we can see, and whether it adds up. Money is added up exactly, and rounded where it is shown.
with job as (
  select state, job_type, usage_status, spend_status, total_tokens, prompt_tokens, completion_tokens, create_time, currency, spend
  from audit.report_job(:run_id, :account, :from, :to)),
correction as (
  select currency, tokens, spend
  from audit.v_correction
  where run_id = :run_id
  or (cast(:run_id as bigint) is null and account = :account and seen_at >= :from and seen_at < :to)),
total as (
  select
    cast(:run_id as bigint) is not null                    as of_run,
    count(*)                                               as jobs,
    count(*) filter (where usage_status = 'REPORTED')      as reporting,
    count(*) filter (where usage_status = 'ABSENT')        as silent,
    count(*) filter (where usage_status = 'UNREADABLE')    as unreadable,
    count(*) filter (where create_time is null)            as timeless,
    count(*) filter (where spend_status = 'UNPRICED')      as unpriced_jobs,
    sum(total_tokens)                                      as total,
    sum(prompt_tokens)                                     as prompt,
    sum(completion_tokens)                                 as completion,
    sum(total_tokens) filter (where spend_status = 'PRICED')   as priced,
    sum(total_tokens) filter (where spend_status = 'UNPRICED') as unpriced,
    sum(total_tokens) filter (where spend_status = 'FREE')     as free,
    cast(avg(total_tokens) as numeric(38, 2))              as average,
    (select coalesce(sum(tokens), 0) from correction)      as corrected,
    (select coalesce(sum(tokens), 0) from (select sum(total_tokens) as tokens from job group by job_type) as type) as by_type
  from job),
money as (
  select currency, sum(spend) as spend, coalesce(sum(corrected), 0) as corrected
  from (
    select currency, sum(spend) as spend, null as corrected
    from job where spend_status = 'PRICED' group by currency
    union all
    select currency, null, sum(spend) from correction where spend is not null group by currency) as part
  group by currency),
figure (block, currency, line_no, section, label, amount, total, note, is_check, format, link) as (
  select f.block, null, f.line_no, f.section, f.label, f.amount, f.total, f.note, f.is_check, f.format, f.link
  from total
  cross join lateral (values
    (1, 1, true, 'Tokens',   'Total tokens',                 total,      null,  'of the jobs that report a usage', false, null, null),
    (1, 2, not of_run, 'Tokens', 'Corrections of closed months', corrected, null, 'learnt in this period, booked in it', false, null,
        'Corrections'),
    (1, 3, not of_run, 'Tokens', 'Tokens booked',
        case when total is not null or corrected <> 0 then coalesce(total, 0) + corrected end, null, 'the two together', false, null, null),
    (1, 4, of_run, 'Tokens', 'Corrections of closed months', corrected,  null,  'learnt by this run; in the total', false, null,
        'Corrections'),
    (1, 5, true, 'Tokens',   'Prompt tokens',                prompt,     total, 'where the API tells them apart', false, null, null),
    (1, 6, true, 'Tokens',   'Completion tokens',            completion, total, 'where the API tells them apart', false, null, null),
    (1, 7, true, 'Tokens',   'Tokens per reporting job',     average,    null,  'on average', false, 'decimal', null),
    (2, 1, not exists (select from money), 'Spend', 'Spend', null, null, 'no tokens with a price: unknown, not zero', false,
        'money', 'Prices'),
    (3, 1, true, 'Spend',    'Priced tokens',                priced,     total, 'what is spent on them stands above', false, null, 'Prices'),
    (3, 2, true, 'Spend',    'Unpriced tokens',              unpriced,   total, 'no price of the job type and day: unknown, not zero', false,
        null, 'Prices'),
    (3, 3, true, 'Spend',    'Tokens of failed jobs',        free,       total, 'failed jobs are free', false, null, null),
    (3, 4, true, 'Spend',    'Unpriced jobs',                unpriced_jobs, reporting, 'of the jobs reporting tokens', false, null, 'Prices'),
    (3, 5, true, 'Spend',    'Check',                        coalesce(priced, 0) + coalesce(unpriced, 0) + coalesce(free, 0)
        - coalesce(total, 0), null, 'priced + unpriced + free - total tokens, must be 0', true, null, null),
    (3, 6, true, 'Spend',    'Check',                        by_type - coalesce(total, 0), null,
        'tokens of all job types - total tokens, must be 0', true, null, null),
    (4, 1, true, 'Coverage', 'Jobs reporting tokens',        reporting,  jobs,  'usage in the answer', false, null, 'Token jobs'),
    (4, 2, true, 'Coverage', 'Jobs not reporting',           silent,     jobs,  'no usage in the answer: unknown, not zero', false, null,
        'Not reported'),
    (4, 3, true, 'Coverage', 'Jobs with unreadable usage',   unreadable, jobs,  'usage that cannot be read: unknown, not zero', false, null,
        'Not reported'),
    (4, 4, true, 'Coverage', 'Jobs',                         jobs,       null,
        case when of_run then 'with a known state: fetched, unchanged or expired' else 'created in the period' end, false, null, null),
    (4, 5, of_run, 'Coverage', 'Jobs without time of creation', timeless, jobs, 'they belong to no day and no month', false, null, null),
    (4, 6, true, 'Coverage', 'Check',                        jobs - reporting - silent - unreadable, null,
        'jobs - reporting - not reporting - unreadable, must be 0', true, null, null)
  ) as f (block, line_no, shown, section, label, amount, total, note, is_check, format, link)
  where f.shown
  union all
  select 2, currency, f.line_no, 'Spend', f.label || ' in ' || currency, f.amount, null, f.note, false, 'money', f.link
  from money
  cross join total
  cross join lateral (values
    (1, true,       'Spend',       spend, 'rounded once, half up, from the exact sum', 'By day and type'),
    (2, not of_run, 'Corrections', money.corrected, 'of closed months, learnt in this period', 'Corrections'),
    (3, not of_run, 'Booked',      coalesce(spend, 0) + money.corrected, 'the two together, rounded once', null)
  ) as f (line_no, shown, label, amount, note, link)
  where f.shown
  union all
  select 5, null, line_no, 'Closing statement', label, amount, null, note, is_check, null, null
  from audit.v_run_statement
  where run_id = :run_id)
select section, label, amount, amount / nullif(total, 0) as share, note, is_check, format, currency, link
from figure
order by block, currency collate "C" nulls first, line_no
