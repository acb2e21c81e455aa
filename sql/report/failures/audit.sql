-- Control totals of the workbook, recomputed from the tables, independently of the sheets' own queries.
with booked as (
  -- Jobs of closed months as they were booked, jobs of open months as they are stored.
  select j.job_id, case when c.job_id is null then j.state else c.state end as state,
    case when c.job_id is null then j.create_time else c.create_time end as create_time,
    case when c.job_id is null then coalesce(j.create_time, j.first_seen_at) else c.booked_at end as booked_at
  from audit.smart_job j
  left join (
    audit.closed_job c
    join audit.month_close o on o.close_id = c.close_id and o.reopened_at is null) on o.account = j.account and c.job_id = j.job_id
  where j.account = :account
  and (c.job_id is not null or not exists (
    select
    from audit.month_close m
    where m.account = j.account and m.reopened_at is null and m.starts_at <= coalesce(j.create_time, j.first_seen_at)
    and m.ends_at > coalesce(j.create_time, j.first_seen_at)))),
job as (
  select j.job_id, j.state, j.create_time
  from audit.audit_item i
  join audit.audit_run r on r.run_id = i.run_id
  join audit.smart_job j on j.job_id = i.job_id and j.account = r.account
  where i.run_id = :run_id and i.outcome = any (array['FETCHED', 'UNCHANGED', 'EXPIRED'])
  union all
  select job_id, state, create_time
  from booked
  where :run_id is null and booked_at >= :from and booked_at < :to),
day as (
  select cast(create_time at time zone cast(:zone as text) as date), count(*) as jobs, count(*) filter (where state = 'Failed') as failed
  from booked
  where create_time < coalesce(cast(:to as timestamptz), :as_of)
  group by 1
  order by 1 desc
  limit 30),
stuck as (
  select count(*) as jobs
  from job
  where coalesce(state, '') not in ('Finished', 'Failed')
  and extract(epoch from cast(:as_of as timestamptz) - create_time) > :stuck_after),
expiring as (
  select count(*) as jobs
  from audit.smart_job j
  cross join lateral (select (j.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' as ends_at) as year
  where j.account = :account and coalesce(j.state, '') not in ('Finished', 'Failed')
  and extract(epoch from ends_at - cast(:as_of as timestamptz)) <= 30 * 86400
  and case when :run_id is null then ends_at >= :from else j.job_id in (select job_id from job) end),
failure as (
  select job_type, error_code, failed_run_id as run_id, seen_at
  from audit.v_failure
  where account = :account
  union all
  select job_type, error_code, failed_run_id, failed_at
  from audit.v_recovery
  where account = :account),
now_seen as (
  select job_type, error_code
  from failure
  where run_id = :run_id or :run_id is null and seen_at >= :from and seen_at < :to),
seen_before as (
  select job_type, error_code
  from failure
  where run_id < :run_id or :run_id is null and seen_at < :from),
seen_previously as (
  select job_type, error_code
  from failure
  where run_id = :previous_run_id or :run_id is null and seen_at >= :previous_from and seen_at < :from),
new_kind as (
  select * from now_seen except select * from seen_before),
repeated_kind as (
  select * from now_seen intersect select * from seen_before),
failing_kind as (
  select coalesce(job_type, '(no type)') as job_type, coalesce(error_code, '(no code)') as error_code
  from audit.smart_job
  where account = :account and state = 'Failed' and case when :run_id is null then failed_at < :to else failed_run_id <= :run_id end
  group by 1, 2),
quiet_kind as (
  select * from failing_kind except select * from now_seen),
recovered_kind as (
  select * from seen_previously except select * from now_seen except select * from failing_kind),
recovered_job as (
  select job_id
  from audit.v_recovery
  where account = :account and (run_id = :run_id or :run_id is null and seen_at >= :from and seen_at < :to)),
item as (
  select outcome from audit.audit_item where run_id = :run_id),
unreadable as (
  select i.job_id, max(i.decided_at) as decided_at
  from audit.audit_item i
  join audit.audit_run r on r.run_id = i.run_id
  where i.outcome = 'UNREADABLE'
  and (i.run_id = :run_id or :run_id is null and r.account = :account and i.decided_at >= :from and i.decided_at < :to)
  group by i.job_id),
unread as (
  select count(*) as ids
  from unreadable u
  where :run_id is not null or u.decided_at >= all (
    select i.decided_at
    from audit.audit_item i
    join audit.audit_run r on r.run_id = i.run_id
    where r.account = :account and i.job_id = u.job_id and i.outcome <> 'UNREADABLE')),
listed as (
  select job_id, create_time from audit.audit_listed_job where run_id = :run_id),
named as (
  select i.job_id, i.outcome, j.create_time
  from audit.audit_item i
  left join audit.smart_job j on j.account = :account and j.job_id = i.job_id
  where i.run_id = :run_id and exists (select from audit.audit_listing where run_id = :run_id)),
since as (
  select l.job_id
  from listed l
  join audit.audit_run r on r.run_id = :run_id and l.create_time >= r.started_at
  except select job_id from named),
lost as (
  select job_id from listed except select job_id from named except select job_id from since
  except select job_id from audit.smart_job where account = :account and first_run_id < :run_id),
surplus as (
  select n.job_id
  from named n
  join audit.audit_listing c on c.run_id = :run_id
  where n.outcome not in ('NOT_FOUND', 'EXPIRED')
  and coalesce((n.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' > c.listed_at, true)
  except select job_id from listed),
rejected as (
  select reason from audit.audit_rejected_line where run_id = :run_id),
run as (
  select count(*) as runs, sum(api_calls) as calls, sum(api_throttled) as throttled, sum(api_retries) as retries
  from audit.audit_run
  where run_id = :run_id or :run_id is null and account = :account and finished_at >= :from and finished_at < :to)
select t.sheet, t.figure, t.basis, t.recomputed
from (values
  ('Summary',            '${figure.known-jobs}',           '${basis.jobs}',            (select count(*) from job)),
  ('Summary',            '${figure.failed-jobs}',          '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
  ('Summary',            '${figure.new-kinds}',            '${basis.failures}',        (select count(*) from new_kind)),
  ('Summary',            '${figure.repeated-kinds}',       '${basis.failures}',        (select count(*) from repeated_kind)),
  ('Summary',            '${figure.quiet-kinds}',          '${basis.failures}',        (select count(*) from quiet_kind)),
  ('Summary',            '${figure.recovered-kinds}',      '${basis.failures}',        (select count(*) from recovered_kind)),
  ('Summary',            '${figure.newly-failed-jobs}',    '${basis.failures}',        (select count(*) from now_seen)),
  ('Summary',            '${figure.recovered-jobs}',       '${basis.failures}',        (select count(*) from recovered_job)),
  ('Summary',            '${figure.stuck-jobs}',           '${basis.jobs}',            (select jobs from stuck)),
  ('Summary',            '${figure.expiring-jobs}',        '${basis.jobs}',            (select jobs from expiring)),
  ('Summary',            '${figure.unreadable-ids}',       '${basis.outcomes}',        (select ids from unread)),
  ('By error code',      'Failed jobs',                    '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
  ('By job type',        'Jobs',                           '${basis.jobs}',            (select count(*) from job)),
  ('By job type',        'Failed',                         '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
  ('Trend',              'Rows',                           '${basis.jobs}',            (select count(*) from day)),
  ('Trend',              'Jobs',                           '${basis.jobs}',            (select sum(jobs) from day)),
  ('Trend',              'Failed',                         '${basis.jobs}',            (select sum(failed) from day)),
  ('New since last run', 'Rows',                           '${basis.failures}',
   (select count(*) from (select distinct * from now_seen) as kind)),
  ('New since last run', 'New jobs',                       '${basis.failures}',        (select count(*) from now_seen)),
  ('Recovered',          'Rows',                           '${basis.failures}',
   (select count(*) from recovered_kind) + (select count(*) from quiet_kind) + (select count(*) from recovered_job)),
  ('Stuck',              'Rows',                           '${basis.jobs}',            (select jobs from stuck)),
  ('Expiring',           'Rows',                           '${basis.jobs}',            (select jobs from expiring)),
  ('Failed jobs',        'Rows',                           '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
  ('Unreadable ids',     'Rows',                           '${basis.outcomes}',        (select ids from unread)),
  ('Run',                'Rows',                           '${basis.runs}',            (select runs from run)),
  ('Run',                'Calls',                          '${basis.runs}',            (select calls from run)),
  ('Run',                'Throttled',                      '${basis.runs}',            (select throttled from run)),
  ('Run',                'Retries',                        '${basis.runs}',            (select retries from run))
) as t (sheet, figure, basis, recomputed)
union all
select t.sheet, t.figure, t.basis, t.recomputed
from (values
  ('Summary',            '${figure.known-jobs}',           '${basis.outcomes}',
   (select count(*) from item where outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED'))),
  ('Summary',            '${figure.distinct-ids}',         '${basis.ids}',             (select count(*) from item)),
  ('Summary',            '${figure.duplicate-lines}',      '${basis.rejected-lines}',
   (select count(*) from rejected where reason = 'DUPLICATE')),
  ('Summary',            '${figure.malformed-lines}',      '${basis.rejected-lines}',
   (select count(*) from rejected where reason <> 'DUPLICATE'))
) as t (sheet, figure, basis, recomputed)
where :run_id is not null
union all
select t.sheet, t.figure, t.basis, t.recomputed
from (values
  ('Summary',            '${figure.listed}',               '${basis.listed-jobs}',     (select count(*) from listed)),
  ('Summary',            '${figure.listed-and-named}',     '${basis.list-and-ledger}',
   (select count(*) from (select job_id from listed intersect select job_id from named) as both_have)),
  ('Summary',            '${figure.listed-never-audited}', '${basis.list-and-ledger}', (select count(*) from lost)),
  ('Summary',            '${figure.listed-created-since}', '${basis.list-and-ledger}', (select count(*) from since)),
  ('Summary',            '${figure.named-not-listed}',     '${basis.list-and-ledger}', (select count(*) from surplus)),
  ('Completeness',       'Rows',                           '${basis.list-and-ledger}',
   greatest(1, (select count(*) from lost) + (select count(*) from since) + (select count(*) from surplus)))
) as t (sheet, figure, basis, recomputed)
where exists (select from audit.audit_listing where run_id = :run_id)
