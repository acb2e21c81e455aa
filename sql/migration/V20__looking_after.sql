-- Runs that are given up, what became of one job, and texts that are erased.

-- An earlier release does not know a run that was given up: it resumes it when it gets the same input.
alter table audit.audit_run add column abandoned_at timestamptz;
comment on column audit.audit_run.abandoned_at is 'When an unfinished run was given up: the same input then begins a new run. Its undecided ids stay pending.';

-- The ids of a block are in the order of the input, so a block is read to find one. Therefore only the last runs are searched for
-- blocks, and those that the row of the job and its trail name. All else is looked up by key.
create function audit.job_in_run(of_account text, of_job text, searched integer)
returns table (run_id bigint, started_at timestamptz, outcome text, decided_at timestamptz, attempts integer, code text, message text,
  request_id text, state text, job_type text, error_code text, total_tokens bigint)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan
set jit = off as $$
#variable_conflict use_column
declare
  id uuid := case when of_job ~ '^[0-9a-f]{32}$' then of_job end;
  named bigint[] := array(
    select unnest(array[j.first_run_id, j.last_run_id, j.failed_run_id]) from audit.smart_job j where j.account = of_account and j.job_id = of_job
    union
    select c.run_id from audit.smart_job_change c where c.account = of_account and c.job_id = of_job);
begin
  return query
  with run as (
    select r.run_id, r.started_at, row_number() over (order by r.run_id desc) <= searched or r.run_id = any (named) as is_searched
    from audit.audit_run r
    where r.account = of_account and r.purged_at is null),
  item as (
    select r.run_id, r.started_at, i.outcome, i.decided_at, i.attempts, i.code, i.message, i.request_id
    from run r
    cross join lateral (select * from audit.audit_item_row w where w.run_id = r.run_id and w.job_id = of_job offset 0) as i
    union all
    select r.run_id, r.started_at, b.outcome, b.decided_at[b.n], coalesce(b.attempts[b.n], 0), null, null, b.request_ids[b.n]
    from run r
    cross join lateral (
      select l.*, case when id is null then array_position(l.other_ids, of_job) else array_position(l.ids, id) end as n
      from audit.audit_item_block l
      where l.run_id = r.run_id
      offset 0) as b
    where r.is_searched and b.n is not null)
  select i.*, s.state, s.job_type, s.error_code, s.total_tokens
  from item i
  left join lateral (
    (select c.new_state as state, c.new_job_type as job_type, c.new_error_code as error_code, c.new_total_tokens as total_tokens, 1 as choice
    from audit.smart_job_change c
    where c.account = of_account and c.job_id = of_job and c.run_id <= i.run_id
    order by c.change_id desc
    limit 1)
    union all
    (select c.old_state, c.old_job_type, c.old_error_code, c.old_total_tokens, 2
    from audit.smart_job_change c
    where c.account = of_account and c.job_id = of_job and c.run_id > i.run_id
    order by c.change_id
    limit 1)
    union all
    select j.state, j.job_type, j.error_code, j.total_tokens, 3
    from audit.smart_job j
    where j.account = of_account and j.job_id = of_job
    order by choice
    limit 1) as s on i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED')
  order by i.run_id desc;
end
$$;
comment on function audit.job_in_run(text, text, integer) is 'What became of a job in the runs that have its id: state, type, error and tokens as they were then. Blocks are read of the last runs only, of which the caller gives the number, and of those that stored the job first and last or changed it.';

-- Texts of a user that are erased stay so: an answer about a job from before the erasure does not bring them back. What the cost
-- centre is read from is kept, so that no booking moves.
create table audit.erasure (
  erasure_id  bigint generated always as identity primary key,
  account     text not null,
  user_id     text not null,
  kept        text[] not null,
  erased_at   timestamptz not null default now(),
  erased_by   text not null,
  version     text not null,
  jobs        bigint not null default 0,
  booked_jobs bigint not null default 0,
  changes     bigint not null default 0,
  ids         bigint not null default 0
);
create index erasure_user on audit.erasure (account, user_id, erasure_id);
comment on table audit.erasure is 'Each erasure of a user''s texts: who did it, when, and how many rows. It has no texts.';
comment on column audit.erasure.erasure_id is 'Number of the erasure.';
comment on column audit.erasure.account is 'Name of the cloud account.';
comment on column audit.erasure.user_id is 'Id of the user, as the jobs have it.';
comment on column audit.erasure.kept is 'The labels and paths into user data that were kept, because cost centres are read from them.';
comment on column audit.erasure.erased_at is 'When the texts were erased: jobs created before that stay without texts.';
comment on column audit.erasure.erased_by is 'User of the operating system, and role of the database.';
comment on column audit.erasure.version is 'Version of job-audit.';
comment on column audit.erasure.jobs is 'Jobs whose texts and raw answer were erased.';
comment on column audit.erasure.booked_jobs is 'Jobs of closed months whose texts were erased.';
comment on column audit.erasure.changes is 'Changes in the trail whose texts were erased.';
comment on column audit.erasure.ids is 'Ids of runs whose labels or messages were erased.';

comment on table audit.closed_job is 'The jobs of a closed month as they were booked. These rows never change, except for texts that are erased.';

alter table audit.smart_job add column erased_at timestamptz;
comment on column audit.smart_job.erased_at is 'When its texts and raw answer were erased; null if they were not.';

create function audit.only_labels(labels jsonb, kept text[]) returns jsonb language sql immutable strict as $$
  select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(labels) where key = any (kept)
$$;
comment on function audit.only_labels(jsonb, text[]) is 'The labels with some names.';

create function audit.only_groups(user_data text, kept text[]) returns text language plpgsql immutable as $$
declare
  groups jsonb := '{}';
  path text;
  keys text[];
  value text;
begin
  foreach path in array kept loop
    value := case when path like 'user\_data.%' then audit.group_of(path, null, user_data, null) end;
    continue when value is null;
    keys := string_to_array(substr(path, 11), '.');
    for depth in 1 .. cardinality(keys) - 1 loop
      groups := jsonb_set(groups, keys[:depth], coalesce(groups #> keys[:depth], '{}'));
    end loop;
    groups := jsonb_set(groups, keys, to_jsonb(value));
  end loop;
  return cast(nullif(groups, '{}') as text);
end
$$;
comment on function audit.only_groups(text, text[]) is 'User data with nothing but the values that some grouping paths name; null if they name none.';

create function audit.keep_erased() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  erasure record;
begin
  select e.kept, e.erased_at into erasure
  from audit.erasure e
  where e.account = new.account and e.user_id = new.user_id and e.erased_at > coalesce(new.create_time, '-infinity')
  order by e.erasure_id desc
  limit 1;
  if not found then
    return new;
  end if;
  if old.erased_at is not null and new.fetched_at = old.fetched_at then
    -- There is no newer answer to read anything from.
    old.labels := audit.only_labels(new.labels, erasure.kept);
    old.first_seen_at := new.first_seen_at;
    return old;
  end if;
  new.erased_at := coalesce(old.erased_at, erasure.erased_at);
  new.user_data := audit.only_groups(new.user_data, erasure.kept);
  new.labels := audit.only_labels(new.labels, erasure.kept);
  new.raw := '{}';
  new.anomalies := '[]';
  new.error_message := null;
  new.title := null;
  new.description := null;
  new.input_file := null;
  new.output_bucket := null;
  new.output_object := null;
  new.media_id := null;
  new.media_url := null;
  new.output := null;
  new.editing_config := null;
  new.job_parameters := null;
  new.ai_result_sha256 := null;
  return new;
end
$$;
comment on function audit.keep_erased() is 'Keeps texts out of jobs of users whose texts were erased. The only place that knows in which columns they are.';
create trigger smart_job_erased before insert or update on audit.smart_job for each row
  when (new.user_id is not null)
  execute function audit.keep_erased();
-- The first erasure enables it: until then no night pays for it.
alter table audit.smart_job disable trigger smart_job_erased;

-- An erasure is no change that the trail has to know.
drop trigger smart_job_change on audit.smart_job;
create trigger smart_job_change after update on audit.smart_job for each row
  when ((old.state, old.job_type, old.error_code, old.error_message, old.total_tokens, old.prompt_tokens, old.completion_tokens, old.usage_status,
      old.user_id, old.user_data, old.labels)
    is distinct from
    (new.state, new.job_type, new.error_code, new.error_message, new.total_tokens, new.prompt_tokens, new.completion_tokens, new.usage_status,
      new.user_id, new.user_data, new.labels)
    and (new.erased_at is not distinct from old.erased_at or new.fetched_at is distinct from old.fetched_at))
  execute function audit.log_smart_job_change();

create or replace view audit.v_job as
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  p.currency, p.price_per_1000_tokens,
  audit.spend_status(j.state, j.total_tokens, p.price_per_1000_tokens) as spend_status,
  case when j.state is distinct from 'Failed' then j.total_tokens * p.price_per_1000_tokens * 0.001 end as spend,
  coalesce(j.create_time, j.first_seen_at) as booked_at, j.first_run_id, j.erased_at
from audit.smart_job j
left join audit.price p on p.account = j.account and p.job_type = j.job_type
  and coalesce(j.create_time, j.first_seen_at) >= p.starts_at
  and (p.ends_at is null or coalesce(j.create_time, j.first_seen_at) < p.ends_at);
comment on column audit.v_job.erased_at is 'When its texts and raw answer were erased; null if they were not.';
