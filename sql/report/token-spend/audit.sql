-- Control totals of the workbook, recomputed from the tables, independently of the sheets' own queries.
with stored as (
  select j.job_id, j.state, j.job_type, j.usage_status, j.total_tokens, j.prompt_tokens, j.completion_tokens, j.create_time,
    p.currency, p.price_per_1000_tokens
  from audit.v_item i
  join audit.audit_run r on r.run_id = i.run_id
  cross join lateral (
    select * from audit.smart_job where job_id = i.job_id and account = r.account offset 0) as j
  left join audit.price p on p.account = j.account and p.job_type = j.job_type
    and tstzrange(p.starts_at, p.ends_at) @> coalesce(j.create_time, j.first_seen_at)
  where i.run_id = :run_id and i.outcome = any (array['FETCHED', 'UNCHANGED', 'EXPIRED'])
  union all
  select j.job_id, j.state, j.job_type, j.usage_status, j.total_tokens, j.prompt_tokens, j.completion_tokens, j.create_time,
    p.currency, p.price_per_1000_tokens
  from audit.smart_job j
  left join audit.price p on p.account = j.account and p.job_type = j.job_type
    and tstzrange(p.starts_at, p.ends_at) @> coalesce(j.create_time, j.first_seen_at)
  where cast(:run_id as bigint) is null and j.account = :account
  and (j.create_time >= :from and j.create_time < :to or j.create_time is null and j.first_seen_at >= :from and j.first_seen_at < :to)
  and not exists (
    select from audit.closed_job c
    where c.job_id = j.job_id and exists (
      select from audit.month_close m
      where m.close_id = c.close_id and m.account = :account and m.reopened_at is null
      offset 0)
    offset 0)
  and not exists (
    select from audit.month_close m
    where m.account = :account and m.reopened_at is null
    and tstzrange(m.starts_at, m.ends_at) @> coalesce(j.create_time, j.first_seen_at))
  union all
  select c.job_id, c.state, c.job_type, c.usage_status, c.total_tokens, c.prompt_tokens, c.completion_tokens, c.create_time,
    c.currency, c.price_per_1000_tokens
  from audit.closed_job c
  join audit.month_close m on m.close_id = c.close_id
  where cast(:run_id as bigint) is null and m.account = :account and m.reopened_at is null
  and c.booked_at >= :from and c.booked_at < :to),
job as (
  select *, case when state is distinct from 'Failed' then 0.001 * price_per_1000_tokens * total_tokens end as spend,
    state is distinct from 'Failed' and total_tokens is not null and price_per_1000_tokens is null as unpriced
  from stored),
-- Jobs of closed months that changed later, and jobs stored only later, as their first answer was.
new_job as (
  -- A run corrects by jobs that it is the first to store, a period by those first seen in it.
  select j.account, j.job_id, j.first_run_id, j.total_tokens, j.job_type, j.state, j.first_seen_at,
    coalesce(j.create_time, j.first_seen_at) as day
  from audit.v_item i
  cross join lateral (
    select * from audit.smart_job where job_id = i.job_id and account = :account offset 0) as j
  where i.run_id = :run_id and i.outcome = 'FETCHED' and j.first_run_id = i.run_id
  union all
  select j.account, j.job_id, j.first_run_id, j.total_tokens, j.job_type, j.state, j.first_seen_at,
    coalesce(j.create_time, j.first_seen_at)
  from audit.smart_job j
  where cast(:run_id as bigint) is null and j.account = :account
  and j.first_seen_at >= cast(:from as timestamptz) - interval '1 day' and j.first_seen_at < cast(:to as timestamptz) + interval '1 day'
  union all
  select j.account, j.job_id, j.first_run_id, j.total_tokens, j.job_type, j.state, j.first_seen_at, j.create_time
  from audit.smart_job j
  where cast(:run_id as bigint) is null and j.account = :account and j.first_seen_at is null and j.first_run_id = any (array(
    select r.run_id
    from audit.audit_run r
    where r.account = :account and r.started_at < :to and coalesce(r.finished_at, 'infinity') >= :from))),
late as (
  select m.closed_at, j.account, j.job_id, j.first_run_id, j.day,
    coalesce(i.decided_at, j.first_seen_at, r.started_at) as seen_at,
    case when f.job_id is null then j.total_tokens else f.old_total_tokens end as tokens,
    case when f.job_id is null then j.job_type else f.old_job_type end as job_type,
    case when f.job_id is null then j.state else f.old_state end as state
  from new_job j
  join audit.month_close m on m.account = j.account and tstzrange(m.starts_at, m.ends_at) @> j.day
  join audit.audit_run r on r.run_id = j.first_run_id
  left join audit.audit_item_row i on i.run_id = j.first_run_id and i.job_id = j.job_id
  left join lateral (
    select *
    from audit.v_change c
    where c.account = j.account and c.job_id = j.job_id
    order by c.change_id
    limit 1) as f on true
  where m.reopened_at is null
  and not exists (select from audit.closed_job c where c.close_id = m.close_id and c.job_id = j.job_id offset 0)),
moved as (
  select j.job_id, l.sign * l.tokens as tokens, l.job_type, l.state, c.run_id, c.changed_at as seen_at,
    coalesce(j.create_time, j.first_seen_at) as day
  from audit.v_change c
  cross join lateral (
    select * from audit.smart_job where job_id = c.job_id and account = c.account offset 0) as j
  cross join lateral (
    select from audit.month_close m
    where m.account = j.account and m.closed_at < c.changed_at and m.reopened_at is null
    and tstzrange(m.starts_at, m.ends_at) @> coalesce(j.create_time, j.first_seen_at)
    offset 0) as m
  cross join (values (-1), (1)) as s (sign)
  cross join lateral (
    select s.sign, case when s.sign < 0 then c.old_total_tokens else c.new_total_tokens end as tokens,
      case when s.sign < 0 then c.old_job_type else c.new_job_type end as job_type,
      case when s.sign < 0 then c.old_state else c.new_state end as state) as l
  where c.account = :account
  and (c.run_id = :run_id or (cast(:run_id as bigint) is null and c.changed_at >= :from and c.changed_at < :to))
  union all
  select job_id, tokens, job_type, state, first_run_id, seen_at, day from late),
correction as (
  select v.job_id, v.tokens, v.state is not distinct from 'Failed' as is_free, p.currency,
    case when v.state is distinct from 'Failed' then 0.001 * p.price_per_1000_tokens * v.tokens else 0 * p.price_per_1000_tokens end as spend
  from moved v
  left join audit.price p on p.account = :account and p.job_type = v.job_type and tstzrange(p.starts_at, p.ends_at) @> v.day
  where v.run_id = :run_id or (cast(:run_id as bigint) is null and v.seen_at >= :from and v.seen_at < :to)),
corrected as (
  select sum(tokens) as tokens,
    sum(tokens) filter (where is_free and cast(:run_id as bigint) is null) as free,
    sum(tokens) filter (where currency is null and not is_free and cast(:run_id as bigint) is null) as unpriced
  from correction),
-- Unpriced when it was booked, or by what was corrected since.
unpriced_job as (
  select job_id
  from (
    select job_id, total_tokens as tokens, true as booked from job where unpriced
    union all
    select job_id, tokens, false from correction where currency is null and not is_free and cast(:run_id as bigint) is null) as part
  group by job_id
  having bool_or(booked) or sum(tokens) > 0),
money as (
  select currency, sum(spend) as spend, sum(correction) as correction, coalesce(sum(spend), 0) + coalesce(sum(correction), 0) as booked
  from (
    select currency, spend, null as correction from job where spend is not null
    union all
    select currency, null, spend from correction where cast(:run_id as bigint) is null and currency is not null and tokens is not null) as part
  group by currency),
sum as (
  select count(*) as jobs, sum(total_tokens) as total, sum(prompt_tokens) as prompt, sum(completion_tokens) as completion,
    sum(total_tokens) filter (where state = 'Failed') as free, sum(total_tokens) filter (where unpriced) as unpriced,
    (select count(*) from unpriced_job) as unpriced_jobs,
    count(*) filter (where total_tokens is not null) as reporting,
    count(*) filter (where usage_status = 'ABSENT') as silent,
    count(*) filter (where usage_status = 'UNREADABLE') as unreadable,
    count(*) filter (where create_time is null) as timeless
  from job),
figure (block, line_no, sheet, figure, basis, recomputed) as (
  select 1, f.line_no, 'Summary', f.figure, f.basis, f.recomputed
  from sum
  cross join corrected
  cross join lateral (values
    ( 1, '${figure.total-tokens}',          '${basis.booked-jobs}',     total),
    ( 2, '${figure.corrections-tokens}',    '${basis.changes}',         corrected.tokens),
    ( 3, '${figure.prompt-tokens}',         '${basis.booked-jobs}',     prompt),
    ( 4, '${figure.completion-tokens}',     '${basis.booked-jobs}',     completion),
    ( 5, '${figure.free-tokens}',           '${basis.failed-jobs}',     coalesce(sum.free, 0) + coalesce(corrected.free, 0)),
    ( 6, '${figure.unpriced-tokens}',       '${basis.unpriced-jobs}',   coalesce(sum.unpriced, 0) + coalesce(corrected.unpriced, 0)),
    ( 7, '${figure.unpriced-jobs}',         '${basis.unpriced-jobs}',   unpriced_jobs),
    ( 8, '${figure.jobs}',                  '${basis.booked-jobs}',     jobs),
    ( 9, '${figure.reporting-jobs}',        '${basis.reporting-jobs}',  reporting),
    (10, '${figure.silent-jobs}',           '${basis.booked-jobs}',     silent),
    (11, '${figure.unreadable-jobs}',       '${basis.booked-jobs}',     unreadable)
  ) as f (line_no, figure, basis, recomputed)
  union all
  select 1, 12, 'Summary', '${figure.timeless-jobs}', '${basis.jobs}', timeless from sum
  where cast(:run_id as bigint) is not null or timeless > 0
  union all
  select 1, 13, 'Summary', '${figure.distinct-ids}', '${basis.ids}', (select count(*) from audit.v_item i where i.run_id = :run_id)
  where cast(:run_id as bigint) is not null
  union all
  select 2, f.line_no, 'Summary', f.figure || m.currency || '}', f.basis, f.recomputed
  from money m
  cross join lateral (values
    (1, '${figure.spend-in|',       '${basis.prices}',  m.spend,      true),
    (2, '${figure.corrections-in|', '${basis.changes}', m.correction, cast(:run_id as bigint) is null),
    (3, '${figure.booked-in|',      '${basis.changes}', m.booked,     cast(:run_id as bigint) is null)
  ) as f (line_no, figure, basis, recomputed, shown)
  where f.shown
  union all
  select 3, 10 * s.line_no + f.line_no, s.sheet, f.figure, '${basis.booked-jobs}', f.recomputed
  from (values (1, 'By day and type'), (2, 'By day'), (3, 'By job type'), (4, 'By month'), (5, 'By user'), (6, 'By cost centre'))
    as s (line_no, sheet)
  cross join sum
  cross join lateral (values (1, 'Jobs', jobs), (2, 'Total tokens', total), (3, 'Unreadable', unreadable))
    as f (line_no, figure, recomputed)
  union all
  select 4, 10 * s.line_no + f.line_no, s.sheet, f.figure || m.currency, f.basis, f.recomputed
  from (values
    (1, 'By day and type', true,  true),
    (2, 'By month',        true,  true),
    (3, 'By user',         true,  true),
    (4, 'By cost centre',  true,  true),
    (5, 'Prices',          true,  true),
    (6, 'Token jobs',      true,  false),
    (7, 'Unit costs',      true,  false),
    (8, 'Booking',         false, true))
    as s (line_no, sheet, of_run, has_corrections)
  cross join money m
  cross join lateral (values
    (1, 'Spend ',       '${basis.prices}',  m.spend,      m.spend is not null),
    (2, 'Corrections ', '${basis.changes}', m.correction, s.has_corrections and cast(:run_id as bigint) is null),
    (3, 'Booked ',      '${basis.changes}', m.booked,     s.has_corrections and cast(:run_id as bigint) is null)
  ) as f (line_no, figure, basis, recomputed, shown)
  where f.shown and (s.of_run or cast(:run_id as bigint) is null)
  union all
  select 4, 91, 'Spend data', 'Spend ' || currency, '${basis.changes}', booked from money
  union all
  select 4, f.line_no, f.sheet, f.figure || ' ' || m.currency, f.basis, f.recomputed
  from money m
  cross join lateral (values
    (92, 'Month over month', 'This period', '${basis.prices}',  m.spend),
    (93, 'Corrections',      'Spend',       '${basis.changes}', m.correction)
  ) as f (line_no, sheet, figure, basis, recomputed)
  where cast(:run_id as bigint) is null and f.recomputed is not null
  union all
  select 4, 70 + s.line_no, s.sheet, f.figure, '${basis.changes}', f.recomputed
  from (values (1, 'By day'), (2, 'By job type')) as s (line_no, sheet)
  cross join sum
  cross join corrected
  cross join lateral (values
    ('Corrections', corrected.tokens),
    ('Booked', coalesce(sum.total, 0) + coalesce(corrected.tokens, 0))
  ) as f (figure, recomputed)
  where cast(:run_id as bigint) is null
  union all
  select 5, f.line_no, f.sheet, f.figure, f.basis, f.recomputed
  from sum
  cross join corrected
  cross join lateral (values
    (1, 'Top 50 jobs',  'Total tokens',      '${basis.booked-jobs}',
        (select sum(total_tokens) from (select total_tokens from job order by total_tokens desc nulls last limit 50) as top)),
    (2, 'Not reported', 'Rows',              '${basis.booked-jobs}', silent + unreadable),
    (3, 'Token jobs',   'Rows',              '${basis.booked-jobs}', reporting + unreadable),
    (4, 'Token jobs',   'Total tokens',      '${basis.booked-jobs}', total),
    (5, 'Token jobs',   'Prompt tokens',     '${basis.booked-jobs}', prompt),
    (6, 'Token jobs',   'Completion tokens', '${basis.booked-jobs}', completion),
    (7, 'Corrections',  'Tokens',            '${basis.changes}',      corrected.tokens),
    (8, 'Prices',       'Tokens',            '${basis.booked-jobs}', coalesce(total, 0) - coalesce(sum.free, 0)),
    (9, 'Spend data',   'Tokens',            '${basis.changes}',
        coalesce(total, 0) + case when cast(:run_id as bigint) is null then coalesce(corrected.tokens, 0) else 0 end)
  ) as f (line_no, sheet, figure, basis, recomputed))
select sheet, figure, basis, recomputed
from figure
order by block, line_no, figure collate "C"
