-- How many jobs failed and why, what is new, what has recovered, what needs somebody soon, and whether the run adds up.
with job as (
  select coalesce(job_type, '(no type)') as job_type, state, coalesce(error_code, '(no code)') as error_code, create_time
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
  select row_number() over (order by failed desc, jobs desc, job_type collate "C") as line_no, job_type, jobs, failed
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
    case when k.before > 0 then ', repeated' when k.jobs > 0 then ', new' else '' end as since
  from (
    select error_code, count(*) as jobs
    from job
    where state = 'Failed'
    group by error_code) as c
  left join code_kind k on k.error_code = c.error_code
  window most as (order by c.jobs desc, c.error_code collate "C")),
since as (
  select case
    when cast(:run_id as bigint) is null then 'Since the period before'
    when cast(:previous_run_id as bigint) is null then 'Since the beginning, with no complete run before'
    else 'Since run ' || cast(:previous_run_id as bigint) end as section),
by_status as (
  select s.line_no, s.label, s.link, s.meaning, count(k.status) as kinds, coalesce(sum(k.jobs), 0) as jobs,
    to_char(min(k.first_seen) at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI') as first_seen,
    to_char(max(k.last_seen) at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI') as last_seen
  from (values
    (1, 'NEW',       'New kinds of failure',       'New since last run', 'job type and error code never seen before'),
    (2, 'REPEATED',  'Repeated kinds of failure',  'New since last run', 'job type and error code seen again'),
    (3, 'RECOVERED', 'Recovered kinds of failure', 'Recovered',          'seen the time before and no more')
  ) as s (line_no, status, label, link, meaning)
  left join kind k on k.status = s.status
  group by 1, 2, 3, 4),
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
figure (block, line_no, section, label, amount, total, note, is_check, format, link) as (
  select 1, f.line_no, 'Failures', f.label, f.amount, f.total, f.note, false, f.format, f.link
  from total
  cross join lateral (values
    (1, 'Failed jobs',             failed,                                    jobs, 'of the jobs with a known state', 'count',   'Failed jobs'),
    (2, 'Failure rate',            cast(failed as numeric) / nullif(jobs, 0), null, 'of the jobs with a known state', 'percent', 'Trend'),
    (3, 'Finished jobs',           finished,                                  jobs, 'of the jobs with a known state', 'count',   null),
    (4, 'Jobs in another state',   other,                                     jobs, 'not final when we asked',        'count',   null),
    (5, 'Jobs with a known state', jobs,                                      jobs, case when :run_id is null then 'created in the period, as booked'
                                                                                    else 'fetched, unchanged or expired' end,
                                                                                                                      'count',   'By job type'),
    (6, 'Different error codes',   codes,                                     null, null,                             'count',   'By error code')
  ) as f (line_no, label, amount, total, note, format, link)
  union all
  select 2, line_no, 'Failure rate by job type', line_no || '. ' || left(job_type, 80), failed, jobs,
    'failed, of ' || to_char(jobs, 'FM999,999,999,990') || ' jobs of the type', false, 'count', 'By job type'
  from type
  where line_no <= 5
  union all
  select 3, line_no, 'Top error codes', line_no || '. ' || left(error_code, 80), code.jobs, total.failed,
    'cumulative ' || to_char(cumulative * 100, 'FM990.0') || '%' || since, false, 'count', 'By error code'
  from code
  cross join total
  where line_no <= 5
  union all
  select 4, line_no, section, label, kinds, null,
    case when kinds = 0 then meaning else 'first seen ' || first_seen || ', last ' || last_seen end, false, 'count', link
  from by_status
  cross join since
  union all
  select 4, 4, section, 'Newly failed jobs', sum(jobs), null, 'first seen failed, of new and repeated kinds', false, 'count',
    'New since last run'
  from by_status
  cross join since
  group by section
  union all
  select 4, 5, section, 'Recovered jobs', jobs, null, 'stored as failed, now seen in another state', false, 'count', 'Recovered'
  from recovered
  cross join since
  union all
  select 5, 1, 'Not final', 'Stuck jobs', stuck, other, 'of the jobs in another state: older than ' || :stuck_after / 3600 || ' h', false,
    'count', 'Stuck'
  from total
  union all
  select 5, 2, 'Not final', 'Expiring jobs', jobs, null, 'forgotten by the API within 30 days, or already', false, 'count', 'Expiring'
  from expiring
  union all
  select 6, 1, 'Ids without an answer', 'Unreadable', ids, (select items from audit.v_run_count where run_id = :run_id),
    'no failed jobs: nothing is known; listed, to be asked again', false, 'count', 'Unreadable ids'
  from unreadable
  union all
  select 6, f.line_no, 'Ids without an answer', f.label, f.amount, c.items, f.note, false, 'count', null
  from audit.v_run_count c
  cross join lateral (values
    (2, 'Refused',    c.refused,    'the API refuses to answer for the id'),
    (3, 'Not found',  c.not_found,  'the API does not know the id'),
    (4, 'Expired',    c.expired,    'forgotten by the API; as stored earlier, a known job')
  ) as f (line_no, label, amount, note)
  where c.run_id = :run_id
  union all
  select 7, f.line_no, 'Completeness', f.label, f.amount, f.total, f.note, f.is_check, 'count', f.link
  from audit.v_completeness c
  cross join lateral (values
    (1, 'Jobs the API lists',           c.listed,          null,     'all of the account, at ' ||
       to_char(c.listed_at at time zone cast(:zone as text), 'YYYY-MM-DD HH24:MI'),                                false, null),
    (2, 'Listed and named',             c.in_both,         c.listed, 'the input has them too',                     false, null),
    (3, 'Listed, never audited',        c.never_audited,   c.listed, 'no run has stored them',                     false, 'Completeness'),
    (4, 'Listed, audited before',       c.audited_before,  c.listed, 'stored by an earlier run, not in this input', false, null),
    (5, 'Listed, created since',        c.created_since,   c.listed, 'created since the run began',                false, 'Completeness'),
    (6, 'Check',                        c.listed - c.in_both - c.listed_not_named, null,
       'listed - named - the three others, must be 0',                                                             true,  null),
    (7, 'Named, not listed',            c.not_listed,      c.named,  'of the distinct ids; the API ought to list them', false, 'Completeness'),
    (8, 'Named, unknown to the API',    c.unknown_to_api,  c.named,  'of the distinct ids: not found or forgotten', false, null),
    (9, 'Check',                        c.named - c.in_both - c.not_listed - c.unknown_to_api, null,
       'distinct ids - listed and named - the two others, must be 0',                                              true,  null)
  ) as f (line_no, label, amount, total, note, is_check, link)
  where c.run_id = :run_id
  union all
  select 8, line_no, 'Closing statement', label, amount, null, note, is_check, 'count', null
  from audit.v_run_statement
  where run_id = :run_id)
select section, label, amount, amount / nullif(cast(total as numeric), 0) as share, note, is_check, format, link
from figure
order by block, line_no
