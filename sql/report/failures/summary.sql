-- How many jobs failed and why, what is new, what recovered, what is unusual, what needs attention soon, and whether the run adds up.
-- Failed jobs of a period are those created in it; new and recovered ones those seen in it, whenever they were created.
with job as (
  select coalesce(job_type, '(no type)') as job_type, state, coalesce(error_code, '(no code)') as error_code, create_time, total_tokens
  from audit.report_job(:run_id, :account, :from, :to)),
total as (
  select
    count(*)                                                                as jobs,
    count(*) filter (where state = 'Failed')                                as failed,
    count(*) filter (where state = 'Finished')                              as finished,
    count(*) filter (where (state in ('Finished', 'Failed')) is not true)   as other,
    count(distinct error_code) filter (where state = 'Failed')              as codes,
    count(*) filter (where (state in ('Finished', 'Failed')) is not true
      and create_time < cast(:as_of as timestamptz) - :stuck_after * interval '1 second') as stuck
  from job),
type as (
  select row_number() over (order by cast(failed as numeric) / jobs desc, failed desc, job_type collate "C") as line_no, job_type, jobs,
    failed
  from (
    select job_type, count(*) as jobs, count(*) filter (where state = 'Failed') as failed
    from job
    group by job_type) as by_type
  where failed > 0),
kind as (
  select *
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from)),
code_kind as (
  select error_code, sum(jobs) as jobs, sum(before) as before
  from kind
  group by error_code),
code as (
  select row_number() over most as line_no, c.error_code, c.jobs, sum(c.jobs) over most / sum(c.jobs) over () as cumulative,
    case
      when k.jobs > 0 and k.before > 0 then '${note.error-code-repeated|'
      when k.jobs > 0 then '${note.error-code-new|'
      when k.before > 0 then '${note.error-code-quiet|'
      else '${note.error-code|' end as note
  from (
    select error_code, count(*) as jobs
    from job
    where state = 'Failed'
    group by error_code) as c
  left join code_kind k on k.error_code = c.error_code
  window most as (order by c.jobs desc, c.error_code collate "C")),
since as (
  select case
    when cast(:run_id as bigint) is null then '${section.since-period}'
    when cast(:previous_run_id as bigint) is null then '${section.since-beginning}'
    else '${section.since-run|' || cast(:previous_run_id as bigint) || '}' end as section,
    case when cast(:run_id as bigint) is null then 'New in the period' else 'New since last run' end as new_sheet),
by_status as (
  select s.line_no, s.label, s.link, s.meaning, count(k.status) as kinds, coalesce(sum(k.jobs), 0) as jobs, sum(k.still_failing) as still_failing,
    to_char(min(k.first_seen) at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI') as first_seen,
    to_char(max(k.last_seen) at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI') as last_seen
  from (values
    (1, 'NEW',       '${figure.new-kinds}',       null,            '${note.new-kinds}'),
    (2, 'REPEATED',  '${figure.repeated-kinds}',  null,            '${note.repeated-kinds}'),
    (3, 'QUIET',     '${figure.quiet-kinds}',     'Still failing', '${note.quiet-kinds}'),
    (4, 'RECOVERED', '${figure.recovered-kinds}', 'Recovered',     '${note.recovered-kinds}')
  ) as s (line_no, status, label, link, meaning)
  left join kind k on k.status = s.status
  group by 1, 2, 3, 4),
compared as (
  select row_number() over (order by job_type collate "C", figure) as line_no, c.*
  from audit.compared_figure(:run_id, (
    select jsonb_agg(to_jsonb(t))
    from (
      select job_type as type, count(*) as jobs, count(*) filter (where state = 'Failed') as failed, sum(total_tokens) as tokens
      from job
      group by job_type) as t)) as c
  where :run_id is not null),
recovered as (
  select count(*) as jobs
  from audit.v_recovery r
  where r.account = :account
  and (r.run_id = :run_id or :run_id is null and r.seen_at >= :from and r.seen_at < :to)),
expiring as (
  select count(*) as jobs
  from audit.expiring_job(:run_id, :account, :from, :to, :as_of)),
unreadable as (
  select count(*) as ids
  from audit.unreadable_item(:run_id, :account, :from, :to)),
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
    ('${note.check-listed}', '${figure.listed} - ${figure.listed-and-named} - ${figure.listed-never-audited}'
      || ' - ${figure.listed-audited-before} - ${figure.listed-created-since}'),
    ('${note.check-named}', '${figure.distinct-ids} - ${figure.listed-and-named} - ${figure.named-not-listed} - ${figure.named-unknown}'),
    ('${note.statement-check-lines}', '${figure.lines-read} - ${figure.distinct-ids} - ${figure.duplicate-lines} - ${figure.malformed-lines}'),
    ('${note.statement-check-ids}', '${figure.distinct-ids} - ${figure.fetched-ids} - ${figure.unchanged-ids} - ${figure.unknown-ids}'
      || ' - ${figure.expired-ids} - ${figure.refused-ids} - ${figure.unreadable-ids} - ${figure.pending-ids}')),
figure (block, line_no, section, label, amount, total, note, is_check, format, link) as (
  select 1, f.line_no, case when :run_id is null then '${section.failures-of-period}' else '${section.failures}' end, f.label, f.amount,
    f.total, f.note, false, f.format, f.link
  from total
  cross join lateral (values
    (1, '${figure.failed-jobs}',     failed,   jobs, '${note.of-known-jobs}',   'count',   'Failed jobs'),
    (2, '${figure.failure-rate}',    cast(failed as numeric) / nullif(jobs, 0), null, '${note.of-known-jobs}', 'percent', 'Trend'),
    (3, '${figure.finished-jobs}',   finished, jobs, '${note.of-known-jobs}',   'count',   null),
    (4, '${figure.unfinished-jobs}', other,    jobs, '${note.unfinished-jobs}', 'count',   null),
    (5, '${figure.known-jobs}',      jobs,     jobs,
      case when :run_id is null then '${note.known-jobs-of-period}' else '${note.known-jobs-of-run}' end, 'count', 'By job type'),
    (6, '${figure.error-codes}',     codes,    null, null,                      'count',   'By error code')
  ) as f (line_no, label, amount, total, note, format, link)
  union all
  select 2, line_no, '${section.by-job-type}', line_no || '. ' || left(job_type, 80), cast(failed as numeric) / jobs, null,
    '${note.job-type|' || to_char(failed, 'FM999,999,999,990') || '|' || to_char(jobs, 'FM999,999,999,990') || '}', false, 'percent',
    'By job type'
  from type
  where line_no <= 5
  union all
  select 3, line_no, '${section.by-error-code}', line_no || '. ' || left(error_code, 80), code.jobs, total.failed,
    note || to_char(cumulative * 100, 'FM990.0') || '}', false, 'count', 'By error code'
  from code
  cross join total
  where line_no <= 5
  union all
  select 4, line_no, section, label, kinds, null,
    case when kinds = 0 then meaning when line_no = 3 then '${note.still-failing|' || to_char(still_failing, 'FM999,999,999,990') || '}'
      else '${note.kinds-seen|' || first_seen || '|' || last_seen || '}' end, false, 'count', coalesce(link, new_sheet)
  from by_status
  cross join since
  union all
  select 4, 5, section, '${figure.newly-failed-jobs}', sum(jobs), null, '${note.newly-failed-jobs}', false, 'count', new_sheet
  from by_status
  cross join since
  group by section, new_sheet
  union all
  select 4, 6, section, '${figure.recovered-jobs}', jobs, null, '${note.recovered-jobs}', false, 'count', 'Recovered'
  from recovered
  cross join since
  union all
  select 4, 7, section, '${figure.still-failing-jobs}', coalesce(sum(k.still_failing), 0), null, '${note.still-failing-jobs}', false, 'count',
    'Still failing'
  from since
  left join kind k on k.still_failing > 0
  group by section
  union all
  select 5, 0, '${section.unusual}', '${figure.unusual-figures}', count(*) filter (where verdict = 'UNUSUAL'), null, '${note.unusual-rule}',
    false, 'count', 'Trend'
  from compared
  having :run_id is not null
  union all
  select 5, line_no, '${section.unusual}',
    case figure when 'TOKENS' then '${figure.unusual-tokens|' else '${figure.unusual-rate|' end || left(replace(job_type, '|', '/'), 60) || '}',
    amount, null,
    case figure
      when 'TOKENS' then '${note.unusual-tokens|' || to_char(median, 'FM999,999,999,999,999,990') || '|'
        || to_char(low, 'FM999,999,999,999,999,990') || '|' || to_char(high, 'FM999,999,999,999,999,990') || '|'
      else '${note.unusual-rate|' || to_char(median * 100, 'FM990.0') || '|' || to_char(low * 100, 'FM990.0') || '|'
        || to_char(high * 100, 'FM990.0') || '|' end || runs || '}',
    false, case figure when 'TOKENS' then 'tokens' else 'percent' end, 'By job type'
  from (select * from compared where verdict = 'UNUSUAL' order by line_no limit 10) as c
  union all
  select 5, 9999, '${section.unusual}', '${figure.not-compared}', count(distinct job_type) filter (where verdict = 'TOO_FEW_RUNS'), null,
    '${note.not-compared}', false, 'count', null
  from compared
  having :run_id is not null
  union all
  select 6, 1, '${section.unfinished}', '${figure.stuck-jobs}', stuck, other, '${note.stuck-jobs|' || :stuck_after / 3600 || '}',
    false, 'count', 'Stuck'
  from total
  union all
  select 6, 2, '${section.unfinished}', '${figure.expiring-jobs}', jobs, null, '${note.expiring-jobs}', false, 'count', 'Expiring'
  from expiring
  union all
  select 7, 1, '${section.unanswered}', '${figure.unreadable-ids}', ids,
    (select items from audit.v_run_count where run_id = :run_id), '${note.unreadable-ids}', false, 'count', 'Unreadable ids'
  from unreadable
  union all
  select 7, f.line_no, '${section.unanswered}', f.label, f.amount, c.items, f.note, false, 'count', null
  from audit.v_run_count c
  cross join lateral (values
    (2, '${figure.refused-ids}', c.refused,   '${note.statement-refused}'),
    (3, '${figure.unknown-ids}', c.not_found, '${note.statement-unknown}'),
    (4, '${figure.expired-ids}', c.expired,   '${note.expired-ids}')
  ) as f (line_no, label, amount, note)
  where c.run_id = :run_id
  union all
  select 8, f.line_no, '${section.completeness}', f.label, f.amount, f.total, f.note, f.is_check, 'count', f.link
  from audit.v_completeness c
  cross join lateral (values
    (1, '${figure.listed}', c.listed, null,
      '${note.listed|' || to_char(c.listed_at at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI') || '}', false, null),
    (2, '${figure.listed-and-named}',      c.in_both,        c.listed, '${note.listed-and-named}',      false, null),
    (3, '${figure.listed-never-audited}',  c.never_audited,  c.listed, '${note.listed-never-audited}',  false, 'Completeness'),
    (4, '${figure.listed-audited-before}', c.audited_before, c.listed, '${note.listed-audited-before}', false, null),
    (5, '${figure.listed-created-since}',  c.created_since,  c.listed, '${note.listed-created-since}',  false, 'Completeness'),
    (6, '${figure.check}', c.listed - c.in_both - c.listed_not_named, null, '${note.check-listed}',     true,  null),
    (7, '${figure.named-not-listed}',      c.not_listed,     c.named,  '${note.named-not-listed}',      false, 'Completeness'),
    (8, '${figure.named-unknown}',         c.unknown_to_api, c.named,  '${note.named-unknown}',         false, null),
    (9, '${figure.check}', c.named - c.in_both - c.not_listed - c.unknown_to_api, null, '${note.check-named}', true, null)
  ) as f (line_no, label, amount, total, note, is_check, link)
  where c.run_id = :run_id
  union all
  select 9, s.line_no, '${section.statement}', t.label, s.amount, null, t.note, s.is_check, 'count', null
  from audit.v_run_statement s
  join statement t on t.line_no = s.line_no
  where s.run_id = :run_id)
select section, label, amount, amount / nullif(cast(total as numeric), 0) as share, note, is_check, format, link, formula
from figure
left join formula using (note)
order by block, line_no
