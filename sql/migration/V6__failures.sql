-- When each failure was first seen, and when it was over. A kind of failure is a job type with an error code.
create index smart_job_failed on audit.smart_job (account, job_id) where state = 'Failed';
create index smart_job_change_recovered on audit.smart_job_change (account, job_id) where old_state = 'Failed' and new_state is distinct from 'Failed';

create view audit.v_failure as
select
  j.account, j.job_id, coalesce(j.job_type, '(no type)') as job_type, coalesce(j.error_code, '(no code)') as error_code,
  j.error_message, j.create_time,
  coalesce(c.run_id, j.first_run_id) as failed_run_id,
  coalesce(c.changed_at, i.decided_at, r.started_at) as seen_at
from audit.smart_job j
join audit.audit_run r on r.run_id = j.first_run_id
left join audit.audit_item i on i.run_id = j.first_run_id and i.job_id = j.job_id
left join (
  select distinct on (account, job_id) account, job_id, run_id, changed_at
  from audit.smart_job_change
  where new_state = 'Failed' and old_state is distinct from 'Failed'
  order by account, job_id, change_id desc) as c on c.account = j.account and c.job_id = j.job_id
where j.state = 'Failed';
comment on view audit.v_failure is 'Every stored job in state Failed, with the run that first saw it so.';
comment on column audit.v_failure.account is 'Name of the cloud account.';
comment on column audit.v_failure.job_id is 'Id of the smart job.';
comment on column audit.v_failure.job_type is 'Job type; (no type) without one.';
comment on column audit.v_failure.error_code is 'Why the job failed; (no code) without one.';
comment on column audit.v_failure.error_message is 'The failure in words.';
comment on column audit.v_failure.create_time is 'When the job was created.';
comment on column audit.v_failure.failed_run_id is 'The run that first saw the job failed: of a job that failed again after a recovery, the run that saw that.';
comment on column audit.v_failure.seen_at is 'When that run saw it.';

create view audit.v_recovery as
select
  c.account, c.job_id, c.change_id, coalesce(c.old_job_type, '(no type)') as job_type, coalesce(c.old_error_code, '(no code)') as error_code,
  c.old_error_message as error_message, j.create_time,
  coalesce(f.run_id, j.first_run_id) as failed_run_id,
  coalesce(f.changed_at, i.decided_at, r.started_at) as failed_at,
  c.run_id, c.changed_at as seen_at, c.new_state
from audit.smart_job_change c
join audit.smart_job j on j.account = c.account and j.job_id = c.job_id
join audit.audit_run r on r.run_id = j.first_run_id
left join audit.audit_item i on i.run_id = j.first_run_id and i.job_id = j.job_id
left join lateral (
  select b.run_id, b.changed_at
  from audit.smart_job_change b
  where b.account = c.account and b.job_id = c.job_id and b.change_id < c.change_id
  and b.new_state = 'Failed' and b.old_state is distinct from 'Failed'
  order by b.change_id desc
  limit 1) as f on true
where c.old_state = 'Failed' and c.new_state is distinct from 'Failed';
comment on view audit.v_recovery is 'Every failure that is over: a job that was stored as Failed and was later seen in another state.';
comment on column audit.v_recovery.account is 'Name of the cloud account.';
comment on column audit.v_recovery.job_id is 'Id of the smart job.';
comment on column audit.v_recovery.change_id is 'Number of the change that ended the failure.';
comment on column audit.v_recovery.job_type is 'Job type while it was failed; (no type) without one.';
comment on column audit.v_recovery.error_code is 'Why the job had failed; (no code) without one.';
comment on column audit.v_recovery.error_message is 'The failure in words.';
comment on column audit.v_recovery.create_time is 'When the job was created.';
comment on column audit.v_recovery.failed_run_id is 'The run that first saw the job failed.';
comment on column audit.v_recovery.failed_at is 'When that run saw it.';
comment on column audit.v_recovery.run_id is 'The run that saw the job recovered.';
comment on column audit.v_recovery.seen_at is 'When that run saw it.';
comment on column audit.v_recovery.new_state is 'The state in which it was seen.';

-- A run's failures are those that it saw first, a period's those that were first seen in it.
create function audit.seen_failure(report_run bigint, previous_run bigint, report_account text, report_from timestamptz,
  report_to timestamptz, previous_from timestamptz)
returns table (job_id text, job_type text, error_code text, error_message text, create_time timestamptz, seen_at timestamptz,
  is_over boolean, seen text) language sql stable as $$
  select f.job_id, f.job_type, f.error_code, f.error_message, f.create_time, f.seen_at, f.is_over,
    case
      when report_run is not null then
        case when f.failed_run_id = report_run then 'NOW' when f.failed_run_id > report_run then 'LATER'
          when f.failed_run_id = previous_run then 'PREVIOUS' else 'EARLIER' end
      when f.seen_at >= report_to then 'LATER'
      when f.seen_at >= report_from then 'NOW'
      when f.seen_at >= previous_from then 'PREVIOUS'
      else 'EARLIER' end
  from (
    select account, job_id, job_type, error_code, error_message, create_time, failed_run_id, seen_at, false as is_over
    from audit.v_failure
    union all
    select account, job_id, job_type, error_code, error_message, create_time, failed_run_id, failed_at, true
    from audit.v_recovery) as f
  where f.account = report_account
$$;
comment on function audit.seen_failure(bigint, bigint, text, timestamptz, timestamptz, timestamptz) is 'Every failure of an account, over or not: first seen NOW (by the run, or in the period), in the PREVIOUS one, EARLIER or LATER.';

create function audit.failure_kind(report_run bigint, previous_run bigint, report_account text, report_from timestamptz,
  report_to timestamptz, previous_from timestamptz)
returns table (job_type text, error_code text, status text, jobs bigint, before bigint, previous bigint, first_seen timestamptz,
  last_seen timestamptz) language sql stable as $$
  select k.job_type, k.error_code,
    case when k.jobs > 0 and k.before = 0 then 'NEW' when k.jobs > 0 then 'REPEATED' when k.previous > 0 then 'RECOVERED' end,
    k.jobs, k.before, k.previous, k.first_seen, k.last_seen
  from (
    select s.job_type, s.error_code,
      count(*) filter (where s.seen = 'NOW')                       as jobs,
      count(*) filter (where s.seen in ('PREVIOUS', 'EARLIER'))    as before,
      count(*) filter (where s.seen = 'PREVIOUS')                  as previous,
      min(s.seen_at)                                               as first_seen,
      max(s.seen_at)                                               as last_seen
    from audit.seen_failure(report_run, previous_run, report_account, report_from, report_to, previous_from) as s
    where s.seen <> 'LATER'
    group by s.job_type, s.error_code) as k
$$;
comment on function audit.failure_kind(bigint, bigint, text, timestamptz, timestamptz, timestamptz) is 'The kinds of failure of an account. NEW: seen now and never before. REPEATED: seen now and before. RECOVERED: seen in the previous run or period and not now. Null: neither.';

-- The API forgets a job a year after its creation. Of a period few jobs would do if only those created in it were looked at.
create function audit.expiring_job(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz, as_of timestamptz)
returns table (job_id text, job_type text, state text, create_time timestamptz, forgotten_at timestamptz, input_file text, user_id text,
  labels jsonb, request_id text) language sql stable as $$
  select j.job_id, j.job_type, j.state, j.create_time, j.forgotten_at, j.input_file, j.user_id, j.labels, j.request_id
  from (
    select r.job_id, r.job_type, r.state, r.create_time, (r.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' as forgotten_at,
      r.input_file, r.user_id, r.item_labels as labels, r.request_id
    from audit.v_run_job r
    where report_run is not null and r.run_id = report_run
    union all
    select v.job_id, v.job_type, v.state, v.create_time, (v.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC',
      v.input_file, v.user_id, v.labels, v.request_id
    from audit.v_job v
    where report_run is null and v.account = report_account
    and v.create_time between report_from - interval '367 days' and as_of - interval '334 days') as j
  where j.state is distinct from 'Finished' and j.state is distinct from 'Failed'
  and j.forgotten_at <= as_of + interval '720 hours'
  and (report_run is not null or j.forgotten_at >= report_from)
$$;
comment on function audit.expiring_job(bigint, text, timestamptz, timestamptz, timestamptz) is 'The jobs of a run that are not final and that the API forgets within 30 days of a moment, or has forgotten; of a period every such job of the account that was not forgotten before it.';

create function audit.unreadable_item(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.audit_item language sql stable as $$
  select i.*
  from audit.audit_item i
  where report_run is not null and i.run_id = report_run and i.outcome = 'UNREADABLE'
  union all
  select l.*
  from (
    select distinct on (i.job_id) i.*
    from audit.audit_item i
    join audit.audit_run r on r.run_id = i.run_id
    where report_run is null and r.account = report_account and i.outcome = 'UNREADABLE'
    and i.decided_at >= report_from and i.decided_at < report_to
    order by i.job_id, i.decided_at desc, i.run_id desc) as l
  where not exists (
    select
    from audit.audit_item n
    join audit.audit_run r on r.run_id = n.run_id
    where r.account = report_account and n.job_id = l.job_id and n.outcome <> 'UNREADABLE' and n.decided_at > l.decided_at)
$$;
comment on function audit.unreadable_item(bigint, text, timestamptz, timestamptz) is 'The ids that a run could not read; of a period the last such item of each id of which nothing else was learnt since.';
