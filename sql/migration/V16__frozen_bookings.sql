-- What a job of a closed month was booked with is frozen with it, jobs without a time of creation are booked when they were first
-- seen, and a failure's first sight is stored when it is seen. Older releases write on: triggers fill what they do not know.
alter table audit.smart_job
  add column first_seen_at timestamptz,
  add column failed_run_id bigint,
  add column failed_at     timestamptz;
comment on column audit.smart_job.first_seen_at is 'When a run first stored the job; null where that was not recorded. A job without a time of creation is booked by it.';
comment on column audit.smart_job.failed_run_id is 'The run that saw the job fail, of several failures the last one; null when it is not known to have failed.';
comment on column audit.smart_job.failed_at is 'When that run saw it.';

alter table audit.month_close add column group_by text;
comment on column audit.month_close.group_by is 'The audit.report.group-by that its jobs were booked by; null where that was not recorded.';

alter table audit.closed_job
  alter column create_time drop not null,
  add column booked_at     timestamptz,
  add column error_message text,
  add column title         text,
  add column user_id       text,
  add column user_data     text,
  add column labels        jsonb not null default '{}',
  add column input_file    text,
  add column media_id      text,
  add column media_url     text,
  add column modified_time timestamptz,
  add column request_id    text,
  add column anomalies     jsonb not null default '[]',
  add column fetched_at    timestamptz;
comment on column audit.closed_job.create_time is 'When the job was created; null without a usable time of creation.';
comment on column audit.closed_job.booked_at is 'The moment that decides its day and month: its creation or, without one, when it was first seen.';
comment on column audit.closed_job.error_message is 'The failure in words, when closed.';
comment on column audit.closed_job.title is 'Title when closed.';
comment on column audit.closed_job.user_id is 'Id of the user it was booked to.';
comment on column audit.closed_job.user_data is 'The submitter''s own text when closed.';
comment on column audit.closed_job.labels is 'Labels when closed.';
comment on column audit.closed_job.input_file is 'Input of the job when closed.';
comment on column audit.closed_job.media_id is 'Media id of the output when closed.';
comment on column audit.closed_job.media_url is 'URL of the output media when closed.';
comment on column audit.closed_job.modified_time is 'When the job had last changed.';
comment on column audit.closed_job.request_id is 'The vendor''s request id of the answer that was booked.';
comment on column audit.closed_job.anomalies is 'What could not be read as documented.';
comment on column audit.closed_job.fetched_at is 'When the API gave the answer that was booked.';

alter table audit.smart_job_change drop constraint smart_job_change_cause_check;
alter table audit.smart_job_change
  add constraint smart_job_change_cause_check check (cause in ('FETCHED', 'RENORMALIZED', 'REASSIGNED')),
  add column old_user_id   text,
  add column new_user_id   text,
  add column old_user_data text,
  add column new_user_data text,
  add column old_labels    jsonb,
  add column new_labels    jsonb;
comment on column audit.smart_job_change.cause is 'FETCHED: the API said something else. RENORMALIZED: the same answer is read in another way. REASSIGNED: only the user, user data or labels of a job of a closed month changed.';
comment on column audit.smart_job_change.old_user_id is 'User before; null unless the job''s month is closed.';
comment on column audit.smart_job_change.new_user_id is 'User after; null unless the job''s month is closed.';
comment on column audit.smart_job_change.old_user_data is 'User data before; null unless the job''s month is closed.';
comment on column audit.smart_job_change.new_user_data is 'User data after; null unless the job''s month is closed.';
comment on column audit.smart_job_change.old_labels is 'Labels before; null unless the job''s month is closed.';
comment on column audit.smart_job_change.new_labels is 'Labels after; null unless the job''s month is closed.';

-- What is stored already.
update audit.smart_job j set failed_run_id = f.failed_run_id, failed_at = f.seen_at
from audit.v_failure f
where f.account = j.account and f.job_id = j.job_id;

-- Times that cannot be true count as none, as in answers that are read from now on.
update audit.smart_job set
  create_time = case when create_time >= '2015-01-01 00:00Z' and create_time <= fetched_at + interval '48 hours' then create_time end,
  modified_time = case when modified_time >= '2015-01-01 00:00Z' and modified_time <= fetched_at + interval '48 hours' then modified_time end,
  anomalies = anomalies
    || case when (create_time >= '2015-01-01 00:00Z' and create_time <= fetched_at + interval '48 hours') is not false then '[]' else
      jsonb_build_array(jsonb_build_object('kind', 'bad time', 'path', 'SmartJobInfo.CreateTime',
        'detail', left(raw #>> '{SmartJobInfo,CreateTime}', 100))) end
    || case when (modified_time >= '2015-01-01 00:00Z' and modified_time <= fetched_at + interval '48 hours') is not false then '[]' else
      jsonb_build_array(jsonb_build_object('kind', 'bad time', 'path', 'SmartJobInfo.ModifiedTime',
        'detail', left(raw #>> '{SmartJobInfo,ModifiedTime}', 100))) end
where create_time < '2015-01-01 00:00Z' or create_time > fetched_at + interval '48 hours'
  or modified_time < '2015-01-01 00:00Z' or modified_time > fetched_at + interval '48 hours';

-- A job without a time of creation whose month of first sight is closed is booked now: what was filed stays as it is.
update audit.smart_job j set first_seen_at = case
    when exists (
      select from audit.month_close m
      where m.account = j.account and m.reopened_at is null and s.seen_at >= m.starts_at and s.seen_at < m.ends_at) then now()
    else s.seen_at end
from (
  select b.account, b.job_id, coalesce(i.decided_at, r.started_at) as seen_at
  from audit.smart_job b
  join audit.audit_run r on r.run_id = b.first_run_id
  left join audit.audit_item i on i.run_id = b.first_run_id and i.job_id = b.job_id
  where b.create_time is null) as s
where s.account = j.account and s.job_id = j.job_id;

update audit.closed_job c set
  booked_at = c.create_time, error_message = case when c.state = 'Failed' then j.error_message end, title = j.title,
  user_id = j.user_id, user_data = j.user_data, labels = j.labels, input_file = j.input_file, media_id = j.media_id,
  media_url = j.media_url, modified_time = j.modified_time, request_id = j.request_id, anomalies = j.anomalies,
  fetched_at = j.fetched_at
from audit.month_close m
join audit.smart_job j on j.account = m.account
where m.close_id = c.close_id and j.job_id = c.job_id;

create index smart_job_booked on audit.smart_job (account, (coalesce(create_time, first_seen_at)));

create function audit.remember_first_sight() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.first_seen_at := coalesce(new.first_seen_at, new.fetched_at);
    if new.state = 'Failed' then
      new.failed_run_id := new.first_run_id;
      new.failed_at := new.fetched_at;
    end if;
    return new;
  end if;
  if new.state = 'Failed' and old.state is distinct from 'Failed' then
    new.failed_run_id := new.last_run_id;
    new.failed_at := case when new.fetched_at is distinct from old.fetched_at then new.fetched_at else now() end;
  end if;
  if new.create_time is null and new.first_seen_at is null then
    new.first_seen_at := (select r.started_at from audit.audit_run r where r.run_id = new.first_run_id);
  end if;
  return new;
end
$$;
comment on function audit.remember_first_sight() is 'Stores when a job, and when its failure, was first seen.';
create trigger smart_job_seen before insert on audit.smart_job for each row execute function audit.remember_first_sight();
create trigger smart_job_seen_again before update on audit.smart_job for each row
  when (new.state = 'Failed' and old.state is distinct from 'Failed' or new.create_time is null and new.first_seen_at is null)
  execute function audit.remember_first_sight();

create function audit.freeze_closed_job() returns trigger language plpgsql as $$
declare
  j audit.smart_job;
begin
  select s.* into j
  from audit.month_close m
  join audit.smart_job s on s.account = m.account
  where m.close_id = new.close_id and s.job_id = new.job_id;
  new.booked_at := coalesce(new.create_time, j.first_seen_at);
  new.error_message := case when new.state = 'Failed' then j.error_message end;
  new.title := j.title;
  new.user_id := j.user_id;
  new.user_data := j.user_data;
  new.labels := coalesce(j.labels, '{}');
  new.input_file := j.input_file;
  new.media_id := j.media_id;
  new.media_url := j.media_url;
  new.modified_time := j.modified_time;
  new.request_id := j.request_id;
  new.anomalies := coalesce(j.anomalies, '[]');
  new.fetched_at := j.fetched_at;
  return new;
end
$$;
comment on function audit.freeze_closed_job() is 'Books a job with what is stored of it now, whichever release closes the month.';
create trigger closed_job_frozen before insert on audit.closed_job for each row
  when (new.booked_at is null)
  execute function audit.freeze_closed_job();

-- Of a job of a closed month the trail also tells who it was booked to: a move is a correction.
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
    old_user_id, new_user_id, old_user_data, new_user_data, old_labels, new_labels)
  values (new.account, new.job_id, coalesce(run, new.last_run_id), case when fetched then new.fetched_at else now() end,
    case when reassigned then 'REASSIGNED' when fetched then 'FETCHED' else 'RENORMALIZED' end,
    old.state, new.state, old.job_type, new.job_type, old.error_code, new.error_code, old.error_message, new.error_message,
    old.total_tokens, new.total_tokens, old.prompt_tokens, new.prompt_tokens, old.completion_tokens, new.completion_tokens,
    old.usage_status, new.usage_status,
    case when booked then old.user_id end, case when booked then new.user_id end,
    case when booked then old.user_data end, case when booked then new.user_data end,
    case when booked then old.labels end, case when booked then new.labels end);
  return null;
end
$$;

drop trigger smart_job_change on audit.smart_job;
create trigger smart_job_change after update on audit.smart_job for each row
  when ((old.state, old.job_type, old.error_code, old.error_message, old.total_tokens, old.prompt_tokens, old.completion_tokens, old.usage_status,
      old.user_id, old.user_data, old.labels)
    is distinct from
    (new.state, new.job_type, new.error_code, new.error_message, new.total_tokens, new.prompt_tokens, new.completion_tokens, new.usage_status,
      new.user_id, new.user_data, new.labels))
  execute function audit.log_smart_job_change();

create or replace view audit.v_change as
select
  c.change_id, c.account, c.job_id, c.run_id, c.changed_at,
  c.old_state, c.new_state,
  c.old_job_type, c.new_job_type,
  c.old_error_code, c.new_error_code,
  c.old_error_message, c.new_error_message,
  c.old_total_tokens, c.new_total_tokens,
  c.old_prompt_tokens, c.new_prompt_tokens,
  c.old_completion_tokens, c.new_completion_tokens,
  c.old_usage_status, c.new_usage_status, c.cause,
  c.old_user_id, c.new_user_id, c.old_user_data, c.new_user_data, c.old_labels, c.new_labels
from audit.smart_job_change c;
comment on view audit.v_change is 'The trail: whenever state, type, error or usage of a stored job changed, or in a closed month who it is booked to, what it was and what it became.';
comment on column audit.v_change.cause is 'FETCHED: the API said something else. RENORMALIZED: the same answer is read in another way. REASSIGNED: only the user, user data or labels of a job of a closed month changed.';
comment on column audit.v_change.old_user_id is 'User before; null unless the job''s month is closed.';
comment on column audit.v_change.new_user_id is 'User after; null unless the job''s month is closed.';
comment on column audit.v_change.old_user_data is 'User data before; null unless the job''s month is closed.';
comment on column audit.v_change.new_user_data is 'User data after; null unless the job''s month is closed.';
comment on column audit.v_change.old_labels is 'Labels before; null unless the job''s month is closed.';
comment on column audit.v_change.new_labels is 'Labels after; null unless the job''s month is closed.';

create or replace view audit.v_job as
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  p.currency, p.price_per_1000_tokens,
  audit.spend_status(j.state, j.total_tokens, p.price_per_1000_tokens) as spend_status,
  case when j.state is distinct from 'Failed' then j.total_tokens * p.price_per_1000_tokens * 0.001 end as spend,
  coalesce(j.create_time, j.first_seen_at) as booked_at
from audit.smart_job j
left join audit.price p on p.account = j.account and p.job_type = j.job_type
  and coalesce(j.create_time, j.first_seen_at) >= p.starts_at
  and (p.ends_at is null or coalesce(j.create_time, j.first_seen_at) < p.ends_at);
comment on column audit.v_job.booked_at is 'The moment that decides its day and month: its creation or, without a usable one, when it was first seen.';

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
  join audit.month_close m on m.close_id = c.close_id
  where c.job_id = j.job_id and m.account = j.account and m.reopened_at is null);
comment on column audit.v_booked_job.booked_at is 'The moment that decides its day and month: its creation or, without a usable one, when it was first seen.';
comment on column audit.v_booked_job.group_by is 'The audit.report.group-by that its closed month was booked by; null for an open month.';

-- A change of a job of a closed month takes back what was booked and books what is true: two legs, added up where job type,
-- currency, price and whom it is booked to are the same. It is never seen in a month that was closed before it.
create or replace view audit.v_correction as
with closed as (
  select m.*
  from audit.month_close m
  where m.reopened_at is null),
late as (
  select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, m.group_by, j.job_id, j.create_time,
    coalesce(j.create_time, j.first_seen_at) as booked_at, j.user_id, j.user_data, j.labels, j.first_run_id, j.first_seen_at,
    j.state, j.job_type, j.total_tokens
  from closed m
  join audit.smart_job j on j.account = m.account and coalesce(j.create_time, j.first_seen_at) >= m.starts_at
    and coalesce(j.create_time, j.first_seen_at) < m.ends_at
  where not exists (
    select from audit.closed_job c
    join closed o on o.close_id = c.close_id
    where c.job_id = j.job_id and o.account = j.account)),
known as (
  select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, m.group_by, c.job_id, c.create_time, c.booked_at,
    c.user_id, c.user_data, c.labels
  from closed m
  join audit.closed_job c on c.close_id = m.close_id
  union all
  select close_id, month, account, closed_at, last_change_id, group_by, job_id, create_time, booked_at, user_id, user_data, labels
  from late),
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
  account, close_id, month, job_id, change_id, create_time, seen_at, run_id, reason, old_state, new_state,
  job_type, currency, price_per_1000_tokens, tokens,
  case when currency is not null then (tokens - free_tokens) * price_per_1000_tokens * 0.001 end as spend,
  user_id, user_data, labels, group_by, booked_at, free_tokens,
  case when currency is null then tokens - free_tokens else 0 end as unpriced_tokens
from sum
where tokens <> 0 or free_tokens <> 0;
comment on column audit.v_correction.reason is 'CHANGED: the stored job changed. REASSIGNED: only the user, user data or labels changed. LATE: it was seen first after the closing.';
comment on column audit.v_correction.user_id is 'User that the leg is booked to.';
comment on column audit.v_correction.user_data is 'User data that the leg is booked by.';
comment on column audit.v_correction.labels is 'Labels that the leg is booked by.';
comment on column audit.v_correction.group_by is 'The audit.report.group-by that the closed month was booked by; null where that was not recorded.';
comment on column audit.v_correction.booked_at is 'The moment by which the job belongs to the closed month.';
comment on column audit.v_correction.free_tokens is 'Of the tokens, those of a failed job.';
comment on column audit.v_correction.unpriced_tokens is 'Of the tokens, those without a price.';

create or replace view audit.v_run_job as
select
  i.run_id, i.item_no, i.outcome, i.decided_at, i.labels as item_labels,
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend, j.booked_at, cast(null as text) as group_by
from audit.audit_item i
join audit.audit_run r on r.run_id = i.run_id
join audit.v_job j on j.account = r.account and j.job_id = i.job_id
where i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED');
comment on column audit.v_run_job.booked_at is 'The moment that decides its day and month: its creation or, without a usable one, when it was first seen.';
comment on column audit.v_run_job.group_by is 'Always null: the cost centres of a run are read from audit.report.group-by.';

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
    b.currency, b.price_per_1000_tokens, b.spend_status, b.spend, b.booked_at, b.group_by
  from audit.v_booked_job b
  where report_run is null and b.account = report_account and b.booked_at >= report_from and b.booked_at < report_to
$$;
comment on function audit.report_job(bigint, text, timestamptz, timestamptz) is 'The jobs of a run or, where there is none, those that an account books in a period, the end excluded.';

create function audit.report_booking(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
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
  from audit.v_correction c
  where report_run is null and c.account = report_account and c.seen_at >= report_from and c.seen_at < report_to
$$;
comment on function audit.report_booking(bigint, text, timestamptz, timestamptz) is 'What a report books: one row per job of audit.report_job and, for a period, one per correction, whose usage_status is null.';

-- A kind of failure is over only when none of its stored jobs is in state Failed any more.
drop function audit.failure_kind(bigint, bigint, text, timestamptz, timestamptz, timestamptz);
create function audit.failure_kind(report_run bigint, previous_run bigint, report_account text, report_from timestamptz,
  report_to timestamptz, previous_from timestamptz)
returns table (job_type text, error_code text, status text, jobs bigint, before bigint, previous bigint, first_seen timestamptz,
  last_seen timestamptz, still_failing bigint) language sql stable as $$
  select k.job_type, k.error_code,
    case when k.jobs > 0 and k.before = 0 then 'NEW' when k.jobs > 0 then 'REPEATED' when k.still_failing > 0 then 'QUIET'
      when k.previous > 0 then 'RECOVERED' end,
    k.jobs, k.before, k.previous, k.first_seen, k.last_seen, k.still_failing
  from (
    select s.job_type, s.error_code,
      count(*) filter (where s.seen = 'NOW')                       as jobs,
      count(*) filter (where s.seen in ('PREVIOUS', 'EARLIER'))    as before,
      count(*) filter (where s.seen = 'PREVIOUS')                  as previous,
      min(s.seen_at)                                               as first_seen,
      max(s.seen_at)                                               as last_seen,
      count(*) filter (where not s.is_over)                        as still_failing
    from audit.seen_failure(report_run, previous_run, report_account, report_from, report_to, previous_from) as s
    where s.seen <> 'LATER'
    group by s.job_type, s.error_code) as k
$$;
comment on function audit.failure_kind(bigint, bigint, text, timestamptz, timestamptz, timestamptz) is 'The kinds of failure of an account. NEW: seen now and never before. REPEATED: seen now and before. QUIET: not seen now, and stored jobs of it are still Failed. RECOVERED: seen in the previous run or period, not now, and no stored job of it is Failed. Null: neither.';

create or replace view audit.v_failure as
select
  j.account, j.job_id, coalesce(j.job_type, '(no type)') as job_type, coalesce(j.error_code, '(no code)') as error_code,
  j.error_message, j.create_time, j.failed_run_id, j.failed_at as seen_at
from audit.smart_job j
where j.state = 'Failed';
