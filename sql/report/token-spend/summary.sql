-- What was spent, how much of the usage is known, and whether it adds up. Money is summed exactly, and rounded when it is shown.
with job as (
  select coalesce(job_type, '(no type)') as job_type, currency, price_per_1000_tokens, total_tokens, spend, state is not distinct from 'Finished' as is_finished,
    spend_status = 'FREE' as is_free, usage_status <> 'REPORTED' and state is distinct from 'Failed' as is_unknown
  from audit.report_job(:run_id, :account, :from, :to)),
average as (
  select job_type, avg(total_tokens) filter (where not is_free) as tokens
  from job
  group by job_type),
booking as (
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
    count(*) filter (where abs(coalesce(total_tokens, correction_tokens)) >= 1000000000000000) as long_numbers,
    case when cast(:run_id as bigint) is null then coalesce(sum(correction_tokens), 0)
      else (select coalesce(sum(tokens), 0) from audit.report_correction(:run_id, :account, :from, :to)) end as corrected,
    (select coalesce(sum(tokens), 0) from (select sum(total_tokens) as tokens from booking group by job_type) as type) as by_type
  from booking),
money as (
  select currency, sum(spend) as spend, coalesce(sum(correction), 0) as corrected
  from booking
  where coalesce(spend, correction) is not null
  group by currency),
unit as (
  select currency,
    round(sum(spend) filter (where is_finished) / nullif(count(*) filter (where is_finished and spend is not null), 0), 6) as per_job,
    round(1000 * sum(spend) / nullif(sum(total_tokens) filter (where spend is not null), 0), 6) as per_1000,
    sum(0.001 * total_tokens * price_per_1000_tokens) filter (where is_free) as failed,
    sum(0.001 * tokens * price_per_1000_tokens) filter (where is_unknown) as estimate,
    count(*) filter (where is_unknown and tokens * price_per_1000_tokens is not null) as estimated_jobs,
    count(*) filter (where is_unknown and tokens * price_per_1000_tokens is null) as other_jobs
  from job
  join average using (job_type)
  group by currency),
mover as (
  select *, row_number() over (partition by currency order by abs(difference) desc, job_type collate "C", cost_centre collate "C") as place
  from audit.spend_movement(:run_id, :account, :from, :to, :previous_from, :group_by)
  where difference <> 0),
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
-- How a reader checks again.
formula (note, formula) as (
  values
    ('${note.check-prices}', '${figure.priced-tokens} + ${figure.unpriced-tokens} + ${figure.free-tokens} - ${figure.total-tokens}'),
    ('${note.check-prices-of-period}', '${figure.priced-tokens} + ${figure.unpriced-tokens} + ${figure.free-tokens} - ${figure.booked-tokens}'),
    ('${note.check-job-types}', 'By job type!Total tokens - ${figure.total-tokens}'),
    ('${note.check-coverage}', '${figure.jobs} - ${figure.reporting-jobs} - ${figure.silent-jobs} - ${figure.unreadable-jobs}'),
    ('${note.statement-check-lines}', '${figure.lines-read} - ${figure.distinct-ids} - ${figure.duplicate-lines} - ${figure.malformed-lines}'),
    ('${note.statement-check-ids}', '${figure.distinct-ids} - ${figure.fetched-ids} - ${figure.unchanged-ids} - ${figure.unknown-ids}'
      || ' - ${figure.expired-ids} - ${figure.refused-ids} - ${figure.unreadable-ids} - ${figure.pending-ids}')),
figure (block, currency, line_no, section, label, amount, total, note, is_check, format, link) as (
  select f.block, null, f.line_no, f.section, f.label, f.amount, f.total, f.note, f.is_check, f.format, f.link
  from total
  cross join lateral (values
    (4, 1, true, '${section.tokens}', '${figure.total-tokens}', total, null, '${note.total-tokens}', false, null, null),
    (4, 2, not of_run, '${section.tokens}', '${figure.corrections-tokens}', corrected, null, '${note.corrections-of-period}', false,
        null, 'Corrections'),
    (4, 3, not of_run, '${section.tokens}', '${figure.booked-tokens}',
        booked, null, '${note.booked-tokens}', false, null, null),
    (4, 4, of_run, '${section.tokens}', '${figure.corrections-tokens}', corrected, null, '${note.corrections-of-run}', false, null,
        'Corrections'),
    (4, 5, true, '${section.tokens}', '${figure.prompt-tokens}', prompt, total, '${note.token-kinds}', false, null, null),
    (4, 6, true, '${section.tokens}', '${figure.completion-tokens}', completion, total, '${note.token-kinds}', false, null, null),
    (4, 7, true, '${section.tokens}', '${figure.tokens-per-job}', average, null, '${note.tokens-per-job}', false, 'decimal', null),
    (4, 8, long_numbers > 0, '${section.tokens}', '${figure.long-numbers}', long_numbers, null, '${note.long-numbers}', false, null,
        'Long numbers'),
    (1, 1, not exists (select from money), '${section.spend}', '${figure.spend}', case when jobs = 0 then 0 end, null,
        case when jobs = 0 then '${note.no-jobs}' else '${note.no-spend}' end, false, 'money', 'Prices'),
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
    (6, 1, true, '${section.coverage}', '${figure.reporting-jobs}', reporting, jobs, '${note.reporting-jobs}', false, null,
        'Token jobs'),
    (6, 2, true, '${section.coverage}', '${figure.silent-jobs}', silent, jobs, '${note.silent-jobs}', false, null, 'Not reported'),
    (6, 3, true, '${section.coverage}', '${figure.unreadable-jobs}', unreadable, jobs, '${note.unreadable-jobs}', false, null,
        'Not reported'),
    (6, 4, true, '${section.coverage}', '${figure.jobs}', jobs, null,
        case when of_run then '${note.jobs-of-run}' else '${note.jobs-of-period}' end, false, null, null),
    (6, 5, of_run or timeless > 0, '${section.coverage}', '${figure.timeless-jobs}', timeless, jobs, '${note.timeless-jobs}', false, null, null),
    (6, 6, true, '${section.coverage}', '${figure.check}', jobs - reporting - silent - unreadable, null, '${note.check-coverage}',
        true, null, null)
  ) as f (block, line_no, shown, section, label, amount, total, note, is_check, format, link)
  where f.shown
  union all
  select 4, null, 4, '${section.tokens}', '${figure.corrected-later-tokens}', sum(tokens), null,
    '${note.corrected-later|' || string_agg(distinct months, ', ') || '}', false, null, null
  from later
  having count(*) > 0
  union all
  select 2, currency, 4, '${section.spend}', '${figure.corrected-later-in|' || currency || '}', spend, null,
    '${note.corrected-later|' || months || '}', false, 'money', null
  from later
  where currency is not null
  union all
  select f.block, currency, f.line_no, '${section.spend}', f.label || currency || '}', f.amount, null, f.note, false, 'money', f.link
  from money
  cross join total
  cross join lateral (values
    (1, 1, of_run,     '${figure.spend-in|',       spend,                                '${note.spend-in}',       'By day and type'),
    (1, 1, not of_run, '${figure.booked-in|',      coalesce(spend, 0) + money.corrected, '${note.booked-in}',      'Booking'),
    (2, 1, not of_run, '${figure.spend-in|',       spend,                                '${note.spend-in}',       'By day and type'),
    (2, 2, not of_run, '${figure.corrections-in|', money.corrected,                      '${note.corrections-in}', 'Corrections')
  ) as f (block, line_no, shown, label, amount, note, link)
  where f.shown
  union all
  select f.block, currency, f.line_no, f.section, f.label || currency || '}', f.amount, null, f.note, false, f.format, 'Unit costs'
  from unit
  cross join lateral (values
    (2, 5, '${section.spend}',    '${figure.per-job-in|',  per_job,  '${note.per-job}',  'price'),
    (2, 6, '${section.spend}',    '${figure.per-1000-in|', per_1000, '${note.per-1000}', 'price'),
    (2, 7, '${section.spend}',    '${figure.failed-in|',   failed,   '${note.failed-in}', 'money'),
    (7, 1, '${section.coverage}', '${figure.estimate-in|', estimate, '${note.estimate|' || estimated_jobs || '}', 'money')
  ) as f (block, line_no, section, label, amount, note, format)
  where currency is not null and f.amount is not null
  union all
  select 7, null, 9, '${section.coverage}', '${figure.not-estimated-jobs}', sum(other_jobs), null, '${note.not-estimated-jobs}', false, null,
    'Unit costs'
  from unit
  having sum(other_jobs) > 0
  union all
  select 5, currency, cast(number as int), '${section.movers}', number || '. ' || job_type || ', ' || coalesce(cost_centre, '–') || ', ' || currency, difference,
    old_spend, '${note.mover|' || trim_scale(round(difference - of_volume, 2)) || '|' || trim_scale(round(of_volume, 2)) || '}', false,
    'money', 'Month over month'
  from (select *, row_number() over (order by place, currency collate "C") as number from mover) as top
  where number <= 10
  union all
  select 8, null, s.line_no, '${section.statement}', t.label, s.amount, null, t.note, s.is_check, null, null
  from audit.v_run_statement s
  join statement t on t.line_no = s.line_no
  where s.run_id = :run_id)
select section, label, amount, amount / nullif(total, 0) as share, note, is_check, format, currency, link, formula
from figure
left join formula using (note)
order by block, case when block <> 5 then currency end collate "C" nulls first, line_no
