-- Control totals of the workbook, recomputed from the tables, independently of the sheets' own queries.
with recursive first as (
  select cast(:from as timestamptz) as at
  where :run_id is null),
booked as (
  -- Jobs of closed months as they were booked, jobs of open months as they are stored.
  select c.job_id, c.state, c.create_time, c.booked_at
  from first
  join audit.month_close o on o.account = :account and o.reopened_at is null and o.ends_at > first.at
  join audit.closed_job c on c.close_id = o.close_id
  union all
  select j.job_id, j.state, j.create_time, coalesce(j.create_time, j.first_seen_at)
  from first
  join audit.smart_job j on j.account = :account and coalesce(j.create_time, j.first_seen_at) >= first.at
  where not exists (
    select
    from audit.month_close m
    where m.account = j.account and m.reopened_at is null and m.starts_at <= coalesce(j.create_time, j.first_seen_at)
    and m.ends_at > coalesce(j.create_time, j.first_seen_at))
  and not exists (
    select
    from audit.closed_job c
    where c.job_id = j.job_id and exists (
      select
      from audit.month_close m
      where m.close_id = c.close_id and m.account = j.account and m.reopened_at is null
      offset 0)
    offset 0)),
job as (
  select j.job_id, j.state, j.create_time
  from audit.v_item i
  join audit.audit_run r on r.run_id = i.run_id
  cross join lateral (
    select * from audit.smart_job where job_id = i.job_id and account = r.account offset 0) as j
  where i.run_id = :run_id and i.outcome = any (array['FETCHED', 'UNCHANGED', 'EXPIRED'])
  union all
  select job_id, state, create_time
  from booked
  where :run_id is null and booked_at >= :from and booked_at < :to),
stuck as (
  select count(*) as jobs
  from job
  where coalesce(state, '') not in ('Finished', 'Failed')
  and extract(epoch from cast(:as_of as timestamptz) - create_time) > :stuck_after),
expiring as (
  select count(*) as jobs
  from (
    select state, create_time from job where :run_id is not null
    union all
    select state, create_time
    from audit.smart_job
    where :run_id is null and account = :account and create_time >= cast(:from as timestamptz) - interval '367 days'
    and create_time <= cast(:as_of as timestamptz) - interval '334 days') as j
  cross join lateral (select (j.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' as ends_at) as year
  where coalesce(j.state, '') not in ('Finished', 'Failed')
  and extract(epoch from ends_at - cast(:as_of as timestamptz)) <= 30 * 86400
  and (:run_id is not null or ends_at >= :from)),
failure as (
  select kind, failed_run_id as run_id, seen_at
  from audit.v_failure
  where account = :account and (:run_id is null or failed_run_id in (:run_id, :previous_run_id))
  union all
  select kind, failed_run_id, failed_at
  from audit.v_recovery
  where account = :account and (:run_id is null or failed_run_id in (:run_id, :previous_run_id))),
now_seen as (
  select kind
  from failure
  where run_id = :run_id or :run_id is null and seen_at >= :from and seen_at < :to),
-- Of a run, each kind is looked up by its key.
seen_before as (
  select kind
  from failure
  where :run_id is null and seen_at < :from
  union all
  select n.kind
  from (select distinct kind from now_seen) as n
  where :run_id is not null and (
    exists (
      select
      from audit.v_failure f
      where f.account = :account and f.kind = n.kind and f.failed_run_id < :run_id
      offset 0)
    or exists (
      select
      from audit.v_recovery r
      where r.account = :account and r.kind = n.kind and r.failed_run_id < :run_id
      offset 0))),
seen_previously as (
  select kind
  from failure
  where run_id = :previous_run_id or :run_id is null and seen_at >= :previous_from and seen_at < :from),
new_kind as (
  select * from now_seen except select * from seen_before),
repeated_kind as (
  select * from now_seen intersect select * from seen_before),
stored_kind (kind) as (
  select (
    select kind
    from audit.v_failure
    where account = :account
    order by 1
    limit 1)
  union all
  select (
    select f.kind
    from audit.v_failure f
    where f.account = :account and f.kind > s.kind
    order by 1
    limit 1)
  from stored_kind s
  where s.kind is not null),
-- The same list: its name differs in numbers only.
trend as (
  select r.run_id, r.api_throttled
  from audit.audit_run r
  where r.run_id = :run_id
  union all
  select *
  from (
    select b.run_id, b.api_throttled
    from audit.audit_run r
    join audit.audit_run b on b.account = r.account and b.region = r.region and b.status = 'COMPLETED' and b.run_id < :run_id
      and (coalesce(b.parent_run_id, 0) > 0) = (coalesce(r.parent_run_id, 0) > 0)
      and translate(b.input_source, '0123456789', '') = translate(r.input_source, '0123456789', '')
    where r.run_id = :run_id
    order by b.run_id desc
    limit 29) as earlier),
failing_kind as (
  select kind
  from stored_kind s
  where exists (
    select
    from audit.v_failure f
    where f.account = :account and f.kind = s.kind and (f.failed_run_id <= :run_id or :run_id is null and f.seen_at < :to)
    offset 0)),
quiet_kind as (
  select * from failing_kind except select * from now_seen),
recovered_kind as (
  select * from seen_previously except select * from now_seen except select * from failing_kind),
recovered_job as (
  select job_id
  from audit.v_recovery
  where account = :account and (run_id = :run_id or :run_id is null and seen_at >= :from and seen_at < :to)),
item as (
  select outcome from audit.v_item where run_id = :run_id),
unreadable as (
  select i.job_id, max(i.decided_at) as decided_at
  from audit.audit_run r
  cross join lateral (
    select * from audit.audit_item_row u where u.run_id = r.run_id and u.outcome = 'UNREADABLE' offset 0) as i
  where r.run_id = :run_id
  or :run_id is null and r.account = :account and i.decided_at >= :from and i.decided_at < :to
  group by i.job_id),
-- Of a period: when something else was learnt about an id.
learnt as (
  select n.job_id, max(n.decided_at) as decided_at
  from audit.audit_run r
  cross join lateral (
    select i.job_id, i.decided_at
    from audit.v_item i
    where i.run_id = r.run_id and i.outcome <> 'UNREADABLE' and (i.job_id in (select job_id from unreadable)) is true
    offset 0) as n
  where :run_id is null and r.account = :account and coalesce(r.finished_at, 'infinity') > (select min(decided_at) from unreadable)
  group by n.job_id),
unread as (
  select count(*) as ids
  from unreadable u
  left join learnt l on l.job_id = u.job_id
  where l.decided_at is null or u.decided_at >= l.decided_at),
listed as (
  select job_id, create_time from audit.audit_listed_job where run_id = :run_id),
named as (
  select i.job_id, i.outcome, j.create_time
  from audit.v_item i
  left join lateral (
    select * from audit.smart_job where job_id = i.job_id and account = :account offset 0) as j on true
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
  ('Still failing',      'Rows',                           '${basis.failures}',        (select count(*) from failing_kind)),
  ('Still failing',      'New jobs',                       '${basis.failures}',
   (select count(*) from now_seen n where exists (select from failing_kind f where f.kind = n.kind))),
  ('By owner',           'Failed jobs',                    '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
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
  ('Trend',              'Rows',                           '${basis.runs}',            (select count(*) from trend)),
  ('Trend',              'Throttled calls',                '${basis.runs}',            (select sum(api_throttled) from trend)),
  ('New since last run', 'Rows',                           '${basis.failures}',
   (select count(distinct kind) from now_seen)),
  ('New since last run', 'New jobs',                       '${basis.failures}',        (select count(*) from now_seen)),
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
  ('Trend',              'Rows',                           '${basis.days}',
   cast(extract(day from :to at time zone cast(:zone as text) - :from at time zone cast(:zone as text)) as bigint)),
  ('Trend',              'Jobs',                           '${basis.jobs}',            (select count(*) from job)),
  ('Trend',              'Failed',                         '${basis.jobs}',
   (select count(*) from job where state = 'Failed')),
  ('New in the period',  'Rows',                           '${basis.failures}',
   (select count(distinct kind) from now_seen)),
  ('New in the period',  'New jobs',                       '${basis.failures}',        (select count(*) from now_seen))
) as t (sheet, figure, basis, recomputed)
where :run_id is null
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
