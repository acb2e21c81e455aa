-- What was spent, how much of the usage is known, and whether it adds up. Money is summed exactly, and rounded when it is shown.
with booking as (
  select *
  from audit.report_booking(:run_id, :account, :from, :to)),
-- What later months have booked of the period.
later as (
  select currency, sum(tokens) as tokens, sum(spend) as spend,
    string_agg(distinct to_char(seen_at at time zone cast(:zone as text), 'YYYY-MM'), ', ') as months
  from audit.report_correction(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is null and booked_at >= :from and booked_at < :to and seen_at >= :to
  group by currency),
total as (
  select
    cast(:run_id as bigint) is not null                    as of_run,
    count(usage_status)                                    as jobs,
    count(*) filter (where usage_status = 'REPORTED')      as reporting,
    count(*) filter (where usage_status = 'ABSENT')        as silent,
    count(*) filter (where usage_status = 'UNREADABLE')    as unreadable,
    count(usage_status) filter (where create_time is null) as timeless,
    (select count(*)
     from (select from booking group by job_id having sum(unpriced_tokens) > 0 or bool_or(usage_status is not null
       and unpriced_tokens is not null)) as job)           as unpriced_jobs,
    sum(total_tokens)                                      as total,
    sum(prompt_tokens)                                     as prompt,
    sum(completion_tokens)                                 as completion,
    sum(coalesce(total_tokens, correction_tokens))         as booked,
    sum(coalesce(total_tokens, correction_tokens - coalesce(free_tokens, 0)))
      filter (where coalesce(spend, correction) is not null) as priced,
    sum(unpriced_tokens)                                   as unpriced,
    sum(free_tokens)                                       as free,
    cast(avg(total_tokens) as numeric(38, 2))              as average,
    case when cast(:run_id as bigint) is null then coalesce(sum(correction_tokens), 0)
      else (select coalesce(sum(tokens), 0) from audit.report_correction(:run_id, :account, :from, :to)) end as corrected,
    (select coalesce(sum(tokens), 0) from (select sum(total_tokens) as tokens from booking group by job_type) as type) as by_type
  from booking),
money as (
  select currency, sum(spend) as spend, coalesce(sum(correction), 0) as corrected
  from booking
  where coalesce(spend, correction) is not null
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
        booked, null, '${note.booked-tokens}', false, null, null),
    (1, 4, of_run, '${section.tokens}', '${figure.corrections-tokens}', corrected, null, '${note.corrections-of-run}', false, null,
        'Corrections'),
    (1, 5, true, '${section.tokens}', '${figure.prompt-tokens}', prompt, total, '${note.token-kinds}', false, null, null),
    (1, 6, true, '${section.tokens}', '${figure.completion-tokens}', completion, total, '${note.token-kinds}', false, null, null),
    (1, 7, true, '${section.tokens}', '${figure.tokens-per-job}', average, null, '${note.tokens-per-job}', false, 'decimal', null),
    (2, 1, not exists (select from money), '${section.spend}', '${figure.spend}', null, null, '${note.no-spend}', false, 'money',
        'Prices'),
    (3, 1, true, '${section.spend}', '${figure.priced-tokens}', priced, booked, '${note.priced-tokens}', false, null, 'Prices'),
    (3, 2, true, '${section.spend}', '${figure.unpriced-tokens}', unpriced, booked, '${note.unpriced-tokens}', false, null, 'Prices'),
    (3, 3, true, '${section.spend}', '${figure.free-tokens}', free, booked, '${note.free-tokens}', false, null, null),
    (3, 4, true, '${section.spend}', '${figure.unpriced-jobs}', unpriced_jobs, reporting, '${note.of-reporting-jobs}', false, null,
        'Prices'),
    (3, 5, true, '${section.spend}', '${figure.check}',
        coalesce(priced, 0) + coalesce(unpriced, 0) + coalesce(free, 0) - coalesce(booked, 0), null,
        case when of_run then '${note.check-prices}' else '${note.check-prices-of-period}' end, true, null, null),
    (3, 6, true, '${section.spend}', '${figure.check}', by_type - coalesce(total, 0), null, '${note.check-job-types}', true, null,
        null),
    (4, 1, true, '${section.coverage}', '${figure.reporting-jobs}', reporting, jobs, '${note.reporting-jobs}', false, null,
        'Token jobs'),
    (4, 2, true, '${section.coverage}', '${figure.silent-jobs}', silent, jobs, '${note.silent-jobs}', false, null, 'Not reported'),
    (4, 3, true, '${section.coverage}', '${figure.unreadable-jobs}', unreadable, jobs, '${note.unreadable-jobs}', false, null,
        'Not reported'),
    (4, 4, true, '${section.coverage}', '${figure.jobs}', jobs, null,
        case when of_run then '${note.jobs-of-run}' else '${note.jobs-of-period}' end, false, null, null),
    (4, 5, of_run or timeless > 0, '${section.coverage}', '${figure.timeless-jobs}', timeless, jobs, '${note.timeless-jobs}', false, null, null),
    (4, 6, true, '${section.coverage}', '${figure.check}', jobs - reporting - silent - unreadable, null, '${note.check-coverage}',
        true, null, null)
  ) as f (block, line_no, shown, section, label, amount, total, note, is_check, format, link)
  where f.shown
  union all
  select 1, null, 4, '${section.tokens}', '${figure.corrected-later-tokens}', sum(tokens), null,
    '${note.corrected-later|' || string_agg(distinct months, ', ') || '}', false, null, null
  from later
  having count(*) > 0
  union all
  select 2, currency, 4, '${section.spend}', '${figure.corrected-later-in|' || currency || '}', spend, null,
    '${note.corrected-later|' || months || '}', false, 'money', null
  from later
  where currency is not null
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
