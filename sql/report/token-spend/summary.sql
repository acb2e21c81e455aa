-- What was spent, how much of the usage is known, and whether it adds up. Money is summed exactly, and rounded when it is shown.
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
statement (line_no, label, note) as (
  values
    ( 1, '${figure.lines-read}',      '${note.statement-lines-read}'),
    ( 2, '${figure.distinct-ids}',    '${note.statement-distinct-ids}'),
    ( 3, '${figure.duplicate-lines}', '${note.statement-duplicate-lines}'),
    ( 4, '${figure.malformed-lines}', '${note.statement-malformed-lines}'),
    ( 5, '${figure.check}',           '${note.statement-check-lines}'),
    ( 6, '${figure.fetched-ids}',     '${note.statement-fetched}'),
    ( 7, '${figure.unchanged-ids}',   '${note.statement-unchanged}'),
    ( 8, '${figure.unknown-ids}',     '${note.statement-unknown}'),
    ( 9, '${figure.expired-ids}',     '${note.statement-expired}'),
    (10, '${figure.refused-ids}',     '${note.statement-refused}'),
    (11, '${figure.unreadable-ids}',  '${note.statement-unreadable}'),
    (12, '${figure.pending-ids}',     '${note.statement-pending}'),
    (13, '${figure.check}',           '${note.statement-check-ids}')),
figure (block, currency, line_no, section, label, amount, total, note, is_check, format, link) as (
  select f.block, null, f.line_no, f.section, f.label, f.amount, f.total, f.note, f.is_check, f.format, f.link
  from total
  cross join lateral (values
    (1, 1, true, '${section.tokens}', '${figure.total-tokens}', total, null, '${note.total-tokens}', false, null, null),
    (1, 2, not of_run, '${section.tokens}', '${figure.corrections-tokens}', corrected, null, '${note.corrections-of-period}', false,
        null, 'Corrections'),
    (1, 3, not of_run, '${section.tokens}', '${figure.booked-tokens}',
        case when total is not null or corrected <> 0 then coalesce(total, 0) + corrected end, null, '${note.booked-tokens}', false,
        null, null),
    (1, 4, of_run, '${section.tokens}', '${figure.corrections-tokens}', corrected, null, '${note.corrections-of-run}', false, null,
        'Corrections'),
    (1, 5, true, '${section.tokens}', '${figure.prompt-tokens}', prompt, total, '${note.token-kinds}', false, null, null),
    (1, 6, true, '${section.tokens}', '${figure.completion-tokens}', completion, total, '${note.token-kinds}', false, null, null),
    (1, 7, true, '${section.tokens}', '${figure.tokens-per-job}', average, null, '${note.tokens-per-job}', false, 'decimal', null),
    (2, 1, not exists (select from money), '${section.spend}', '${figure.spend}', null, null, '${note.no-spend}', false, 'money',
        'Prices'),
    (3, 1, true, '${section.spend}', '${figure.priced-tokens}', priced, total, '${note.priced-tokens}', false, null, 'Prices'),
    (3, 2, true, '${section.spend}', '${figure.unpriced-tokens}', unpriced, total, '${note.unpriced-tokens}', false, null, 'Prices'),
    (3, 3, true, '${section.spend}', '${figure.free-tokens}', free, total, '${note.free-tokens}', false, null, null),
    (3, 4, true, '${section.spend}', '${figure.unpriced-jobs}', unpriced_jobs, reporting, '${note.of-reporting-jobs}', false, null,
        'Prices'),
    (3, 5, true, '${section.spend}', '${figure.check}',
        coalesce(priced, 0) + coalesce(unpriced, 0) + coalesce(free, 0) - coalesce(total, 0), null, '${note.check-prices}', true,
        null, null),
    (3, 6, true, '${section.spend}', '${figure.check}', by_type - coalesce(total, 0), null, '${note.check-job-types}', true, null,
        null),
    (4, 1, true, '${section.coverage}', '${figure.reporting-jobs}', reporting, jobs, '${note.reporting-jobs}', false, null,
        'Token jobs'),
    (4, 2, true, '${section.coverage}', '${figure.silent-jobs}', silent, jobs, '${note.silent-jobs}', false, null, 'Not reported'),
    (4, 3, true, '${section.coverage}', '${figure.unreadable-jobs}', unreadable, jobs, '${note.unreadable-jobs}', false, null,
        'Not reported'),
    (4, 4, true, '${section.coverage}', '${figure.jobs}', jobs, null,
        case when of_run then '${note.jobs-of-run}' else '${note.jobs-of-period}' end, false, null, null),
    (4, 5, of_run, '${section.coverage}', '${figure.timeless-jobs}', timeless, jobs, '${note.timeless-jobs}', false, null, null),
    (4, 6, true, '${section.coverage}', '${figure.check}', jobs - reporting - silent - unreadable, null, '${note.check-coverage}',
        true, null, null)
  ) as f (block, line_no, shown, section, label, amount, total, note, is_check, format, link)
  where f.shown
  union all
  select 2, currency, f.line_no, '${section.spend}', f.label || currency || '}', f.amount, null, f.note, false, 'money', f.link
  from money
  cross join total
  cross join lateral (values
    (1, true,       '${figure.spend-in|',       spend,                                 '${note.spend-in}',       'By day and type'),
    (2, not of_run, '${figure.corrections-in|', money.corrected,                       '${note.corrections-in}', 'Corrections'),
    (3, not of_run, '${figure.booked-in|',      coalesce(spend, 0) + money.corrected,  '${note.booked-in}',      null)
  ) as f (line_no, shown, label, amount, note, link)
  where f.shown
  union all
  select 5, null, s.line_no, '${section.statement}', t.label, s.amount, null, t.note, s.is_check, null, null
  from audit.v_run_statement s
  join statement t on t.line_no = s.line_no
  where s.run_id = :run_id)
select section, label, amount, amount / nullif(total, 0) as share, note, is_check, format, currency, link
from figure
order by block, currency collate "C" nulls first, line_no
