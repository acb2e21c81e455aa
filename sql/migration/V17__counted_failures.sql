-- What the reports of a run look up by key instead of searching the history: when a failure that is over was first seen, how many
-- failures of each kind each run has seen, and the corrections of the jobs that a run has changed.
alter table audit.smart_job_change
  add column failed_run_id bigint,
  add column failed_at     timestamptz;
comment on column audit.smart_job_change.failed_run_id is 'Of a change that ended a failure, the run that first saw the job failed; else null.';
comment on column audit.smart_job_change.failed_at is 'When that run saw it.';

update audit.smart_job_change c set failed_run_id = r.failed_run_id, failed_at = r.failed_at
from audit.v_recovery r
where r.change_id = c.change_id;

create or replace function audit.log_smart_job_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  fetched boolean := new.fetched_at is distinct from old.fetched_at;
  reassigned boolean :=
    (old.state, old.job_type, old.error_code, old.error_message, old.total_tokens, old.prompt_tokens, old.completion_tokens, old.usage_status)
    is not distinct from
    (new.state, new.job_type, new.error_code, new.error_message, new.total_tokens, new.prompt_tokens, new.completion_tokens, new.usage_status);
  booked boolean := exists (
      select from audit.month_close m
      where m.account = new.account and m.reopened_at is null
      and coalesce(new.create_time, new.first_seen_at) >= m.starts_at and coalesce(new.create_time, new.first_seen_at) < m.ends_at)
    or exists (
      select from audit.closed_job c
      join audit.month_close m on m.close_id = c.close_id
      where c.job_id = new.job_id and m.account = new.account and m.reopened_at is null);
  over boolean := old.state = 'Failed' and new.state is distinct from 'Failed';
  -- The one run of the account that is at work gives labels to jobs that it does not fetch.
  run bigint := case when old.labels is distinct from new.labels and not fetched then (
    select max(r.run_id) from audit.audit_run r where r.account = new.account and r.status = 'RUNNING') end;
begin
  if reassigned and not booked then
    return null;
  end if;
  insert into audit.smart_job_change (account, job_id, run_id, changed_at, cause,
    old_state, new_state, old_job_type, new_job_type, old_error_code, new_error_code, old_error_message, new_error_message,
    old_total_tokens, new_total_tokens, old_prompt_tokens, new_prompt_tokens, old_completion_tokens, new_completion_tokens,
    old_usage_status, new_usage_status,
    old_user_id, new_user_id, old_user_data, new_user_data, old_labels, new_labels, failed_run_id, failed_at)
  values (new.account, new.job_id, coalesce(run, new.last_run_id), case when fetched then new.fetched_at else now() end,
    case when reassigned then 'REASSIGNED' when fetched then 'FETCHED' else 'RENORMALIZED' end,
    old.state, new.state, old.job_type, new.job_type, old.error_code, new.error_code, old.error_message, new.error_message,
    old.total_tokens, new.total_tokens, old.prompt_tokens, new.prompt_tokens, old.completion_tokens, new.completion_tokens,
    old.usage_status, new.usage_status,
    case when booked then old.user_id end, case when booked then new.user_id end,
    case when booked then old.user_data end, case when booked then new.user_data end,
    case when booked then old.labels end, case when booked then new.labels end,
    case when over then old.failed_run_id end, case when over then old.failed_at end);
  return null;
end
$$;

create function audit.failure_key(job_type text, error_code text) returns uuid language sql immutable parallel safe as $$
  select cast(md5(coalesce(job_type, '(no type)') || chr(10) || coalesce(error_code, '(no code)')) as uuid)
$$;
comment on function audit.failure_key(text, text) is 'Names a kind of failure, a job type with an error code, in a length that an index can hold.';

create or replace view audit.v_recovery as
select
  c.account, c.job_id, c.change_id, coalesce(c.old_job_type, '(no type)') as job_type, coalesce(c.old_error_code, '(no code)') as error_code,
  c.old_error_message as error_message, j.create_time, c.failed_run_id, c.failed_at, c.run_id, c.changed_at as seen_at, c.new_state,
  audit.failure_key(c.old_job_type, c.old_error_code) as kind
from audit.smart_job_change c
join audit.smart_job j on j.account = c.account and j.job_id = c.job_id
where c.old_state = 'Failed' and c.new_state is distinct from 'Failed';

comment on column audit.v_recovery.kind is 'Its kind: the key of job type and error code.';

create or replace view audit.v_failure as
select
  j.account, j.job_id, coalesce(j.job_type, '(no type)') as job_type, coalesce(j.error_code, '(no code)') as error_code,
  j.error_message, j.create_time, j.failed_run_id, j.failed_at as seen_at, audit.failure_key(j.job_type, j.error_code) as kind
from audit.smart_job j
where j.state = 'Failed';
comment on column audit.v_failure.kind is 'Its kind: the key of job type and error code.';

create index smart_job_failed_run on audit.smart_job (account, failed_run_id) where state = 'Failed';
create index smart_job_failure on audit.smart_job (account, (audit.failure_key(job_type, error_code)), failed_run_id) where state = 'Failed';
create index smart_job_change_failed_run on audit.smart_job_change (account, failed_run_id)
  where old_state = 'Failed' and new_state is distinct from 'Failed';
create index smart_job_change_failure on audit.smart_job_change (account, (audit.failure_key(old_job_type, old_error_code)), failed_run_id)
  where old_state = 'Failed' and new_state is distinct from 'Failed';
drop index audit.smart_job_failed;
drop index audit.smart_job_change_recovered;

create table audit.failure_count (
  account    text not null,
  run_id     bigint not null,
  kind       uuid not null,
  job_type   text not null,
  error_code text not null,
  failing    bigint not null,
  over       bigint not null,
  first_seen timestamptz not null,
  last_seen  timestamptz not null,
  primary key (account, run_id, kind)
);
comment on table audit.failure_count is 'How many failures of each kind each run was the first to see. Kept by triggers; equal to what v_failure and v_recovery have.';
comment on column audit.failure_count.account is 'Name of the cloud account.';
comment on column audit.failure_count.run_id is 'The run that first saw the failures.';
comment on column audit.failure_count.kind is 'The kind of failure, as audit.failure_key names it.';
comment on column audit.failure_count.job_type is 'Job type; (no type) without one.';
comment on column audit.failure_count.error_code is 'Error code; (no code) without one.';
comment on column audit.failure_count.failing is 'Jobs that are still in state Failed.';
comment on column audit.failure_count.over is 'Failures that are over.';
comment on column audit.failure_count.first_seen is 'When the run saw the first of them.';
comment on column audit.failure_count.last_seen is 'When the run saw the last of them.';

insert into audit.failure_count
select f.account, f.failed_run_id, audit.failure_key(f.job_type, f.error_code), f.job_type, f.error_code, count(*) filter (where not f.is_over),
  count(*) filter (where f.is_over), min(f.seen_at), max(f.seen_at)
from (
  select account, failed_run_id, job_type, error_code, seen_at, false as is_over from audit.v_failure
  union all
  select account, failed_run_id, job_type, error_code, failed_at, true from audit.v_recovery) as f
group by 1, 2, 3, 4, 5;

create function audit.count_failure(of_account text, of_run bigint, of_type text, of_code text, more_failing integer, more_over integer,
  seen_at timestamptz) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  insert into audit.failure_count as c
  values (of_account, of_run, audit.failure_key(of_type, of_code), coalesce(of_type, '(no type)'), coalesce(of_code, '(no code)'),
    more_failing, more_over, seen_at, seen_at)
  on conflict (account, run_id, kind) do update set
    failing = c.failing + excluded.failing,
    over = c.over + excluded.over,
    first_seen = case when excluded.failing + excluded.over > 0 then least(c.first_seen, excluded.first_seen) else c.first_seen end,
    last_seen = case when excluded.failing + excluded.over > 0 then greatest(c.last_seen, excluded.last_seen) else c.last_seen end;
  delete from audit.failure_count
  where more_failing + more_over < 0 and account = of_account and run_id = of_run and kind = audit.failure_key(of_type, of_code)
  and failing = 0 and over = 0
$$;
comment on function audit.count_failure(text, bigint, text, text, integer, integer, timestamptz) is 'Counts a failure that began, was over or was deleted.';
revoke execute on function audit.count_failure(text, bigint, text, text, integer, integer, timestamptz) from public;

create function audit.count_failed_job() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op <> 'INSERT' and old.state = 'Failed' then
    perform audit.count_failure(old.account, old.failed_run_id, old.job_type, old.error_code, -1, 0, old.failed_at);
  end if;
  if tg_op <> 'DELETE' and new.state = 'Failed' then
    perform audit.count_failure(new.account, new.failed_run_id, new.job_type, new.error_code, 1, 0, new.failed_at);
  end if;
  return null;
end
$$;
comment on function audit.count_failed_job() is 'Keeps audit.failure_count when a job enters or leaves the state Failed, or fails in another way.';
create trigger smart_job_counted after insert on audit.smart_job for each row
  when (new.state = 'Failed')
  execute function audit.count_failed_job();
create trigger smart_job_counted_again after update on audit.smart_job for each row
  when ((old.state = 'Failed' or new.state = 'Failed')
    and (old.state, old.job_type, old.error_code, old.failed_run_id) is distinct from (new.state, new.job_type, new.error_code, new.failed_run_id))
  execute function audit.count_failed_job();
create trigger smart_job_uncounted after delete on audit.smart_job for each row
  when (old.state = 'Failed')
  execute function audit.count_failed_job();

create function audit.count_recovery() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    perform audit.count_failure(new.account, new.failed_run_id, new.old_job_type, new.old_error_code, 0, 1, new.failed_at);
  else
    perform audit.count_failure(old.account, old.failed_run_id, old.old_job_type, old.old_error_code, 0, -1, old.failed_at);
  end if;
  return null;
end
$$;
comment on function audit.count_recovery() is 'Keeps audit.failure_count when a failure is over, or is purged.';
create trigger smart_job_change_counted after insert on audit.smart_job_change for each row
  when (new.old_state = 'Failed' and new.new_state is distinct from 'Failed')
  execute function audit.count_recovery();
create trigger smart_job_change_uncounted after delete on audit.smart_job_change for each row
  when (old.old_state = 'Failed' and old.new_state is distinct from 'Failed')
  execute function audit.count_recovery();

-- Of a run the counts are enough; a period may begin within a run.
create or replace function audit.failure_kind(report_run bigint, previous_run bigint, report_account text, report_from timestamptz,
  report_to timestamptz, previous_from timestamptz)
returns table (job_type text, error_code text, status text, jobs bigint, before bigint, previous bigint, first_seen timestamptz,
  last_seen timestamptz, still_failing bigint) language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select k.job_type, k.error_code,
    case when k.jobs > 0 and k.before = 0 then 'NEW' when k.jobs > 0 then 'REPEATED' when k.still_failing > 0 then 'QUIET'
      when k.previous > 0 then 'RECOVERED' end,
    k.jobs, k.before, k.previous, k.first_seen, k.last_seen, k.still_failing
  from (
    select c.job_type, c.error_code,
      cast(coalesce(sum(c.failing + c.over) filter (where c.run_id = report_run), 0) as bigint)   as jobs,
      cast(coalesce(sum(c.failing + c.over) filter (where c.run_id < report_run), 0) as bigint)   as before,
      cast(coalesce(sum(c.failing + c.over) filter (where c.run_id = previous_run), 0) as bigint) as previous,
      min(c.first_seen)                                                                           as first_seen,
      max(c.last_seen)                                                                            as last_seen,
      cast(sum(c.failing) as bigint)                                                              as still_failing
    from audit.failure_count c
    where report_run is not null and c.account = report_account and c.run_id <= report_run
    group by c.job_type, c.error_code
    union all
    select s.job_type, s.error_code,
      count(*) filter (where s.seen = 'NOW'),
      count(*) filter (where s.seen in ('PREVIOUS', 'EARLIER')),
      count(*) filter (where s.seen = 'PREVIOUS'),
      min(s.seen_at),
      max(s.seen_at),
      count(*) filter (where not s.is_over)
    from audit.seen_failure(report_run, previous_run, report_account, report_from, report_to, previous_from) as s
    where report_run is null and s.seen <> 'LATER'
    group by s.job_type, s.error_code) as k
$$;

-- The days of a report are found within a closing, and whether a job is in one by its key: offset 0 keeps the planner from reading
-- all that was ever closed.
create index closed_job_booked on audit.closed_job (close_id, booked_at);

create or replace view audit.v_booked_job as
select
  m.account, c.job_id, c.state, c.job_type, c.error_code, c.error_message,
  c.total_tokens, c.prompt_tokens, c.completion_tokens, c.usage_status,
  c.title, c.user_id, c.user_data, c.labels, c.input_file, c.media_id, c.media_url,
  c.create_time, c.modified_time, c.request_id, c.anomalies, c.fetched_at,
  c.currency, c.price_per_1000_tokens, c.spend_status, c.spend, c.booked_at, m.group_by
from audit.month_close m
join audit.closed_job c on c.close_id = m.close_id
where m.reopened_at is null
union all
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend, j.booked_at, null
from audit.v_job j
where not exists (
  select from audit.month_close m
  where m.account = j.account and m.reopened_at is null and j.booked_at >= m.starts_at and j.booked_at < m.ends_at)
and not exists (
  select from audit.closed_job c
  where c.job_id = j.job_id and exists (
    select from audit.month_close m
    where m.close_id = c.close_id and m.account = j.account and m.reopened_at is null
    offset 0)
  offset 0);

-- The region of a charge is that of the run which stored its job first.
create or replace view audit.v_job as
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  p.currency, p.price_per_1000_tokens,
  audit.spend_status(j.state, j.total_tokens, p.price_per_1000_tokens) as spend_status,
  case when j.state is distinct from 'Failed' then j.total_tokens * p.price_per_1000_tokens * 0.001 end as spend,
  coalesce(j.create_time, j.first_seen_at) as booked_at, j.first_run_id
from audit.smart_job j
left join audit.price p on p.account = j.account and p.job_type = j.job_type
  and coalesce(j.create_time, j.first_seen_at) >= p.starts_at
  and (p.ends_at is null or coalesce(j.create_time, j.first_seen_at) < p.ends_at);
comment on column audit.v_job.first_run_id is 'The run that stored the job first.';

-- A run's ids come first, then each job by its key.
create or replace view audit.v_run_job as
select
  i.run_id, i.item_no, i.outcome, i.decided_at, i.labels as item_labels,
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend, j.booked_at, cast(null as text) as group_by, j.first_run_id
from audit.audit_item i
join audit.audit_run r on r.run_id = i.run_id
cross join lateral (
  select *
  from audit.v_job v
  where v.account = r.account and v.job_id = i.job_id
  offset 0) as j
where i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED');
comment on column audit.v_run_job.first_run_id is 'The run that stored the job first.';

create or replace function audit.report_job(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.v_run_job language sql stable as $$
  select j.*
  from audit.v_run_job j
  where report_run is not null and j.run_id = report_run
  union all
  select null::bigint, null::bigint, null::text, null::timestamptz, b.labels,
    b.account, b.job_id, b.state, b.job_type, b.error_code, b.error_message,
    b.total_tokens, b.prompt_tokens, b.completion_tokens, b.usage_status,
    b.title, b.user_id, b.user_data, b.input_file, b.media_id, b.media_url,
    b.create_time, b.modified_time, b.request_id, b.anomalies, b.fetched_at,
    b.currency, b.price_per_1000_tokens, b.spend_status, b.spend, b.booked_at, b.group_by, null::bigint
  from audit.v_booked_job b
  where report_run is null and b.account = report_account and b.booked_at >= report_from and b.booked_at < report_to
$$;

-- The corrections of all jobs, or of some.
create function audit.correction(of_account text, of_jobs text[])
returns table (account text, close_id bigint, month date, job_id text, change_id bigint, create_time timestamptz, seen_at timestamptz,
  run_id bigint, reason text, old_state text, new_state text, job_type text, currency text, price_per_1000_tokens numeric, tokens numeric,
  spend numeric, user_id text, user_data text, labels jsonb, group_by text, booked_at timestamptz, free_tokens numeric, unpriced_tokens numeric)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  with closed as (
    select m.*
    from audit.month_close m
    where m.reopened_at is null and (of_account is null or m.account = of_account)),
  late as (
    select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, m.group_by, j.job_id, j.create_time,
      coalesce(j.create_time, j.first_seen_at) as booked_at, j.user_id, j.user_data, j.labels, j.first_run_id, j.first_seen_at,
      j.state, j.job_type, j.total_tokens
    from closed m
    join audit.smart_job j on j.account = m.account and coalesce(j.create_time, j.first_seen_at) >= m.starts_at
      and coalesce(j.create_time, j.first_seen_at) < m.ends_at
    where (of_jobs is null or j.job_id = any (of_jobs))
    and not exists (
      select from audit.closed_job c
      join closed o on o.close_id = c.close_id
      where c.job_id = j.job_id and o.account = j.account)),
  known as (
    select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, m.group_by, c.job_id, c.create_time, c.booked_at,
      c.user_id, c.user_data, c.labels
    from closed m
    join audit.closed_job c on c.close_id = m.close_id
    where of_jobs is null or c.job_id = any (of_jobs)
    union all
    select l.close_id, l.month, l.account, l.closed_at, l.last_change_id, l.group_by, l.job_id, l.create_time, l.booked_at, l.user_id, l.user_data,
      l.labels
    from late l),
  changed as (
    select k.close_id, k.month, k.account, k.closed_at, k.group_by, k.job_id, k.create_time, k.booked_at,
      ch.change_id, ch.run_id, ch.changed_at, case when ch.cause = 'REASSIGNED' then 'REASSIGNED' else 'CHANGED' end as reason,
      ch.old_state, ch.new_state, ch.old_job_type, ch.new_job_type, ch.old_total_tokens, ch.new_total_tokens,
      case when ch.old_labels is null then k.user_id else ch.old_user_id end     as old_user_id,
      case when ch.old_labels is null then k.user_id else ch.new_user_id end     as new_user_id,
      case when ch.old_labels is null then k.user_data else ch.old_user_data end as old_user_data,
      case when ch.old_labels is null then k.user_data else ch.new_user_data end as new_user_data,
      coalesce(ch.old_labels, k.labels) as old_labels,
      coalesce(ch.new_labels, k.labels) as new_labels,
      row_number() over (partition by k.close_id, k.job_id order by ch.change_id) as nth
    from known k
    join audit.smart_job_change ch on ch.account = k.account and ch.job_id = k.job_id
      and case when k.last_change_id is null then ch.changed_at > k.closed_at else ch.change_id > k.last_change_id end),
  seen as (
    select ch.close_id, ch.month, ch.account, ch.group_by, ch.job_id, ch.create_time, ch.booked_at, ch.change_id, ch.run_id,
      greatest(ch.changed_at, ch.closed_at, (
        select max(o.closed_at)
        from closed o
        where o.account = ch.account and o.last_change_id < ch.change_id)) as seen_at,
      ch.reason,
      ch.old_state, ch.new_state, ch.old_job_type, ch.new_job_type, ch.old_total_tokens, ch.new_total_tokens,
      ch.old_user_id, ch.new_user_id, ch.old_user_data, ch.new_user_data, ch.old_labels, ch.new_labels
    from changed ch
    union all
    select l.close_id, l.month, l.account, l.group_by, l.job_id, l.create_time, l.booked_at, 0, l.first_run_id,
      greatest(coalesce(i.decided_at, l.first_seen_at, r.started_at), l.closed_at), 'LATE',
      null, case when ch.job_id is null then l.state else ch.old_state end,
      null, case when ch.job_id is null then l.job_type else ch.old_job_type end,
      null, case when ch.job_id is null then l.total_tokens else ch.old_total_tokens end,
      null, case when ch.job_id is null then l.user_id else ch.old_user_id end,
      null, case when ch.job_id is null then l.user_data else ch.old_user_data end,
      null, case when ch.job_id is null then l.labels else ch.old_labels end
    from late l
    join audit.audit_run r on r.run_id = l.first_run_id
    left join audit.audit_item i on i.run_id = l.first_run_id and i.job_id = l.job_id
    left join changed ch on ch.close_id = l.close_id and ch.job_id = l.job_id and ch.nth = 1),
  leg as (
    select s.close_id, s.month, s.account, s.group_by, s.job_id, s.create_time, s.booked_at, s.change_id, s.run_id, s.seen_at, s.reason,
      s.old_state, s.new_state, l.state = 'Failed' as is_free, l.job_type, l.user_id, l.user_data, l.labels,
      l.sign * l.total_tokens as tokens
    from seen s
    cross join lateral (values
      (s.old_state, s.old_job_type, s.old_total_tokens, s.old_user_id, s.old_user_data, s.old_labels, -1),
      (s.new_state, s.new_job_type, s.new_total_tokens, s.new_user_id, s.new_user_data, s.new_labels, 1))
      as l (state, job_type, total_tokens, user_id, user_data, labels, sign)
    where l.total_tokens is not null),
  sum as (
    select
      l.account, l.close_id, l.month, l.job_id, l.change_id, l.create_time, l.seen_at, l.run_id, l.reason, l.old_state, l.new_state,
      l.job_type, p.currency, p.price_per_1000_tokens, l.user_id, l.user_data, l.labels, l.group_by, l.booked_at,
      sum(l.tokens) as tokens,
      coalesce(sum(l.tokens) filter (where l.is_free), 0) as free_tokens
    from leg l
    left join audit.price p on p.account = l.account and p.job_type = l.job_type
      and l.booked_at >= p.starts_at and (p.ends_at is null or l.booked_at < p.ends_at)
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)
  select
    s.account, s.close_id, s.month, s.job_id, s.change_id, s.create_time, s.seen_at, s.run_id, s.reason, s.old_state, s.new_state,
    s.job_type, s.currency, s.price_per_1000_tokens, s.tokens,
    case when s.currency is not null then (s.tokens - s.free_tokens) * s.price_per_1000_tokens * 0.001 end,
    s.user_id, s.user_data, s.labels, s.group_by, s.booked_at, s.free_tokens,
    case when s.currency is null then s.tokens - s.free_tokens else 0 end
  from sum s
  where s.tokens <> 0 or s.free_tokens <> 0;
end
$$;
comment on function audit.correction(text, text[]) is 'What v_correction has of an account (null: of all), and of some jobs (null: of all).';

create or replace view audit.v_correction as
select * from audit.correction(null, null);

create function audit.report_correction(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.v_correction language plpgsql stable security definer set search_path = pg_catalog, pg_temp
set plan_cache_mode = force_custom_plan as $$
begin
  if report_run is null then
    return query
      select c.*
      from audit.correction(report_account, null) c
      where c.seen_at >= report_from and c.seen_at < report_to or c.booked_at >= report_from and c.booked_at < report_to;
  elsif exists (
    select
    from audit.audit_run r
    join audit.month_close m on m.account = r.account and m.reopened_at is null
    where r.run_id = report_run) then
    return query
      select c.*
      from audit.audit_run r
      cross join lateral audit.correction(r.account, array(
        select ch.job_id
        from audit.smart_job_change ch
        where ch.run_id = r.run_id
        union
        select i.job_id
        from audit.audit_item i
        cross join lateral (select * from audit.smart_job s where s.account = r.account and s.job_id = i.job_id offset 0) as j
        where i.run_id = r.run_id and i.outcome = 'FETCHED' and j.first_run_id = i.run_id and exists (
          select
          from audit.month_close m
          where m.account = r.account and m.reopened_at is null and coalesce(j.create_time, j.first_seen_at) >= m.starts_at
          and coalesce(j.create_time, j.first_seen_at) < m.ends_at
          offset 0))) as c
      where r.run_id = report_run and c.run_id = report_run;
  end if;
end
$$;
comment on function audit.report_correction(bigint, text, timestamptz, timestamptz) is 'The corrections that a run has found or, where there is none, those that an account books in a period or that concern it.';

create or replace function audit.report_booking(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns table (job_id text, create_time timestamptz, booked_at timestamptz, job_type text, user_id text, user_data text, labels jsonb, group_by text, currency text,
  usage_status text, total_tokens bigint, prompt_tokens bigint, completion_tokens bigint, correction_tokens numeric,
  free_tokens numeric, unpriced_tokens numeric, spend numeric, correction numeric) language sql stable as $$
  select j.job_id, j.create_time, j.booked_at, j.job_type, j.user_id, j.user_data, j.item_labels, j.group_by, j.currency,
    j.usage_status, j.total_tokens, j.prompt_tokens, j.completion_tokens, null::numeric,
    case when j.spend_status = 'FREE' then j.total_tokens end, case when j.spend_status = 'UNPRICED' then j.total_tokens end,
    j.spend, null::numeric
  from audit.report_job(report_run, report_account, report_from, report_to) j
  union all
  select c.job_id, c.create_time, c.seen_at, c.job_type, c.user_id, c.user_data, c.labels, c.group_by, c.currency,
    null, null, null, null, c.tokens,
    nullif(c.free_tokens, 0), nullif(c.unpriced_tokens, 0), null, c.spend
  from audit.report_correction(report_run, report_account, report_from, report_to) c
  where report_run is null and c.seen_at >= report_from and c.seen_at < report_to
$$;

comment on view audit.v_change is 'The trail: whenever state, type, error or usage of a stored job changed, or in a closed month the user or cost centre that it is booked to, what it was and what it became.';
