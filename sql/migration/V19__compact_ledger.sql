-- The ledger in parts and in a compact form. While a run is open, each id is a row of audit_item_row. When the run has ended, up to
-- a thousand input lines become one row of audit_item_block for each of the usual outcomes, in about a tenth of the room. v_item shows
-- both. These tables and audit_rejected_line are partitioned by run, so that a purge drops whole parts: the old tables are the first
-- parts, nothing is copied.
set local search_path = pg_catalog;

create table audit.audit_item_block (
  run_id        bigint not null references audit.audit_run (run_id),
  block_no      integer not null,
  outcome       text not null check (outcome in ('FETCHED', 'UNCHANGED')),
  skipped       smallint[] not null,
  ids           uuid[] not null,
  other_ids     text[],
  labels        jsonb,
  http_statuses integer[],
  request_ids   text[],
  attempts      integer[],
  decided_at    timestamptz[] not null,
  primary key (run_id, block_no, outcome)
) partition by range (run_id);
comment on table audit.audit_item_block is 'The FETCHED and UNCHANGED ids of ended runs; up to a thousand input lines are one row. Read them from v_item. All arrays have the same order.';
comment on column audit.audit_item_block.run_id is 'The run.';
comment on column audit.audit_item_block.block_no is 'Block 0 has the input lines 1 to 1,000, block 1 the next thousand, and so on.';
comment on column audit.audit_item_block.outcome is 'The outcome of all ids of the row.';
comment on column audit.audit_item_block.skipped is 'How many earlier lines of the block are not in the row: the n-th id is on line n + skipped of the block.';
comment on column audit.audit_item_block.ids is 'Ids of 32 lower-case hexadecimal digits; null for any other.';
comment on column audit.audit_item_block.other_ids is 'All other ids; null where there is none.';
comment on column audit.audit_item_block.labels is 'Array of the labels of each line; null where no line has labels.';
comment on column audit.audit_item_block.http_statuses is 'HTTP status of each answer; null for UNCHANGED.';
comment on column audit.audit_item_block.request_ids is 'The vendor''s request id of each answer; null for UNCHANGED.';
comment on column audit.audit_item_block.attempts is 'Number of API calls for each id; null for UNCHANGED.';
comment on column audit.audit_item_block.decided_at is 'When each outcome was decided.';

do $$
declare
  -- What reads the ledger, in its new words.
  of_view record;
  views jsonb := (
    select jsonb_object_agg(cast(v.oid as regclass), replace(pg_get_viewdef(v.oid), 'audit.audit_item ', 'audit.v_item '))
    from pg_class v
    where v.relkind = 'v' and v.oid in (
      select r.ev_class
      from pg_depend d
      join pg_rewrite r on r.oid = d.objid
      where d.refobjid = 'audit.audit_item'::regclass));
  -- An id that could not be read stays a row; what was learnt of it later may be in a block.
  unreadable_item text := replace(replace(replace(
    pg_get_functiondef('audit.unreadable_item(bigint, text, timestamptz, timestamptz)'::regprocedure),
    'SETOF audit.audit_item', 'SETOF audit.v_item'), 'audit.audit_item n', 'audit.v_item n'), 'audit.audit_item i', 'audit.audit_item_row i');
  comment_on_it text := obj_description('audit.unreadable_item(bigint, text, timestamptz, timestamptz)'::regprocedure);
  low bigint := (select last_value + is_called::int from audit.audit_run_run_id_seq) / 50 * 50;
  parts record;
begin
  drop function audit.unreadable_item(bigint, text, timestamptz, timestamptz);
  for parts in
    select old_name, new_name, new_name || '_' || low as part
    from (values ('audit_item', 'audit_item_row'), ('audit_rejected_line', 'audit_rejected_line')) as t (old_name, new_name)
  loop
    execute format('alter table audit.%I rename to %I', parts.old_name, parts.part);
    execute format('create table audit.%I (like audit.%I including defaults including constraints including comments)
      partition by range (run_id)', parts.new_name, parts.part);
    execute format('alter table audit.%I add constraint is_part check (run_id < %s) not valid', parts.part, low + 50);
    execute format('alter table audit.%I validate constraint is_part', parts.part);
    execute format('alter table audit.%I add foreign key (run_id) references audit.audit_run (run_id)', parts.new_name);
  end loop;
  alter table audit.audit_item_row add primary key (run_id, item_no), add unique (run_id, job_id);
  alter table audit.audit_rejected_line add primary key (run_id, line_no);
  execute format('create table audit.%I partition of audit.audit_item_block for values from (minvalue) to (%s)',
    'audit_item_block_' || low, low + 50);
  for parts in
    select name, name || '_' || low as part from unnest(array['audit_item_row', 'audit_rejected_line']) as name
  loop
    execute format('alter table audit.%I attach partition audit.%I for values from (minvalue) to (%s)', parts.name, parts.part, low + 50);
    execute format('alter table audit.%I drop constraint is_part', parts.part);
  end loop;

  comment on table audit.audit_item_row is 'The ledger of a run: one row per distinct id, until the UNCHANGED ids of an ended run move to audit_item_block. Each id gets exactly one outcome.';
  comment on table audit.audit_rejected_line is 'Input lines that did not become an item, and why.';

  create view audit.v_item as
  select run_id, item_no, job_id, labels, outcome, http_status, code, message, request_id, attempts, decided_at
  from audit.audit_item_row
  union all
  select b.run_id, 1000 * cast(b.block_no as bigint) + u.skipped + u.n, coalesce(replace(cast(u.id as text), '-', ''), u.other_id),
    coalesce(u.labels, '{}'), b.outcome, u.http_status, null, null, u.request_id, coalesce(u.attempts, 0), u.decided_at
  from audit.audit_item_block b
  cross join lateral rows from (unnest(b.skipped), unnest(b.ids), unnest(b.other_ids), jsonb_array_elements(b.labels),
    unnest(b.http_statuses), unnest(b.request_ids), unnest(b.attempts), unnest(b.decided_at)) with ordinality
    as u (skipped, id, other_id, labels, http_status, request_id, attempts, decided_at, n);

  -- A release that does not know blocks writes to audit_item.
  create view audit.audit_item as select * from audit.audit_item_row;

  for of_view in select * from unnest(array['audit.v_item', 'audit.audit_item']) as name loop
    execute format('comment on view %s is %L', of_view.name, 'The ledger of each run that is not purged: one row per distinct id.');
    execute (
      select string_agg(format('comment on column %s.%I is %L', of_view.name, a.attname, col_description(a.attrelid, a.attnum)), ';')
      from pg_attribute a
      where a.attrelid = 'audit.audit_item_row'::regclass and a.attnum > 0);
  end loop;
  for of_view in select * from jsonb_each_text(views) as v (name, query) loop
    execute format('create or replace view %s as %s', of_view.name, of_view.query);
  end loop;
  execute replace(pg_get_functiondef('audit.report_correction(bigint, text, timestamptz, timestamptz)'::regprocedure),
    'audit.audit_item ', 'audit.v_item ');
  execute unreadable_item;
  execute format('comment on function audit.unreadable_item(bigint, text, timestamptz, timestamptz) is %L', comment_on_it);
  -- By key. An id in a block was fetched when its job was stored first, and the job has that time.
  execute replace(pg_get_functiondef('audit.correction(text, text[])'::regprocedure), 'audit.audit_item ', 'audit.audit_item_row ');
end
$$;

-- Each id that a completeness check lists or the input of its run names, in one pass: neither needs to be looked up by the other.
create view audit.listed_or_named as
select run_id, job_id, bool_or(listed) as listed, bool_or(not listed) as named, max(job_type) as job_type, max(state) as state,
  max(create_time) as create_time, max(item_no) as item_no, max(outcome) as outcome, (array_agg(labels) filter (where not listed))[1] as labels
from (
  select run_id, job_id, true as listed, job_type, state, create_time, cast(null as bigint) as item_no, cast(null as text) as outcome,
    cast(null as jsonb) as labels
  from audit.audit_listed_job
  union all
  select run_id, job_id, false, null, null, null, item_no, outcome, labels
  from audit.v_item) as id
group by run_id, job_id;
comment on view audit.listed_or_named is 'Each id that a completeness check lists or the input of its run names.';
comment on column audit.listed_or_named.run_id is 'The run.';
comment on column audit.listed_or_named.job_id is 'Id of the smart job.';
comment on column audit.listed_or_named.listed is 'Whether the API lists it.';
comment on column audit.listed_or_named.named is 'Whether the input names it.';
comment on column audit.listed_or_named.job_type is 'Job type, as listed.';
comment on column audit.listed_or_named.state is 'State, as listed.';
comment on column audit.listed_or_named.create_time is 'When the job was created, as listed.';
comment on column audit.listed_or_named.item_no is 'Line of the input.';
comment on column audit.listed_or_named.outcome is 'What became of the id.';
comment on column audit.listed_or_named.labels is 'Labels of the input''s line.';

create or replace view audit.v_completeness_gap as
select
  g.run_id, g.job_id,
  case
    when g.named then case
      when g.outcome in ('NOT_FOUND', 'EXPIRED') or (j.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' <= c.listed_at
        then 'UNKNOWN_TO_API'
      else 'NOT_LISTED' end
    when g.create_time >= r.started_at then 'CREATED_SINCE'
    when j.first_run_id < g.run_id then 'AUDITED_BEFORE'
    else 'NEVER_AUDITED' end as gap,
  case when g.named then j.job_type else g.job_type end       as job_type,
  case when g.named then j.state else g.state end             as state,
  case when g.named then j.create_time else g.create_time end as create_time,
  g.item_no, g.outcome, g.labels
from audit.audit_listing c
join audit.audit_run r on r.run_id = c.run_id
join audit.listed_or_named g on g.run_id = c.run_id and not (g.listed and g.named)
left join lateral (
  select *
  from audit.smart_job s
  where s.account = r.account and s.job_id = g.job_id
  offset 0) as j on true;

create or replace view audit.v_completeness as
select
  c.run_id, r.account, c.listed_at, c.total_count, id.listed, id.named, id.in_both,
  gap.created_since + gap.audited_before + gap.never_audited as listed_not_named,
  gap.created_since, gap.audited_before, gap.never_audited, gap.not_listed, gap.unknown_to_api
from audit.audit_listing c
join audit.audit_run r on r.run_id = c.run_id
cross join lateral (
  select
    count(*) filter (where g.listed)              as listed,
    count(*) filter (where g.named)               as named,
    count(*) filter (where g.listed and g.named)  as in_both
  from audit.listed_or_named g
  where g.run_id = c.run_id) as id
cross join lateral (
  select
    count(*) filter (where g.gap = 'CREATED_SINCE')   as created_since,
    count(*) filter (where g.gap = 'AUDITED_BEFORE')  as audited_before,
    count(*) filter (where g.gap = 'NEVER_AUDITED')   as never_audited,
    count(*) filter (where g.gap = 'NOT_LISTED')      as not_listed,
    count(*) filter (where g.gap = 'UNKNOWN_TO_API')  as unknown_to_api
  from audit.v_completeness_gap g
  where g.run_id = c.run_id) as gap;

alter table audit.audit_run add column reads_blocks boolean not null default false;
comment on column audit.audit_run.reads_blocks is 'Whether the release that writes the run reads v_item. An earlier release writes to audit_item, which then shows no ids in blocks.';

create function audit.show_blocks(shown boolean) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if shown = (pg_relation_is_updatable('audit.audit_item'::regclass, false) <> 0) then
    execute 'create or replace view audit.audit_item as select * from audit.' || case when shown then 'v_item' else 'audit_item_row' end;
  end if;
end
$$;
comment on function audit.show_blocks(boolean) is 'Shows all ids in audit_item, or only those in audit_item_row, which can be written.';

create function audit.add_ledger_parts(of_run bigint) returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  low bigint := of_run / 50 * 50;
  parts record;
begin
  for parts in
    select name, name || '_' || low as part from unnest(array['audit_item_row', 'audit_item_block', 'audit_rejected_line']) as name
    where to_regclass(format('audit.%I', name || '_' || low)) is null
  loop
    execute format('create table audit.%I (like audit.%I including defaults including constraints) with (fillfactor = %s)', parts.part,
      parts.name, case parts.name when 'audit_item_row' then 70 else 100 end);
    execute format('alter table audit.%I attach partition audit.%I for values from (%s) to (%s)', parts.name, parts.part, low, low + 50);
  end loop;
end
$$;
comment on function audit.add_ledger_parts(bigint) is 'Makes the parts of the ledger that hold a run, where they are missing.';

create function audit.prepare_ledger() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform audit.add_ledger_parts(new.run_id);
  if not new.reads_blocks then
    perform audit.show_blocks(false);
  end if;
  return new;
end
$$;
comment on function audit.prepare_ledger() is 'Prepares the ledger for a run, and for the release that writes it.';
create trigger audit_run_prepare_ledger before insert or update of status on audit.audit_run
  for each row when (new.status = 'RUNNING') execute function audit.prepare_ledger();
revoke execute on function audit.show_blocks(boolean), audit.add_ledger_parts(bigint), audit.prepare_ledger() from public;

create function audit.compact_ledger(of_run bigint) returns bigint language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  first_block bigint;
  -- Whose jobs all have the time when they were stored first.
  fetched_too boolean := (
    select reads_blocks
    from audit.audit_run
    where run_id = of_run and exit_code is not null and status in ('RUNNING', 'COMPLETED'));
  moved bigint;
begin
  if not has_table_privilege(session_user, 'audit.audit_run', 'update') then
    raise insufficient_privilege using message = 'permission denied for table audit_run';
  end if;
  first_block := (
    select (min(item_no) - 1) / 1000
    from audit.audit_item_row
    where run_id = of_run and (outcome = 'UNCHANGED' or outcome = 'FETCHED' and fetched_too) and fetched_too is not null);
  with moved_item as (
    delete from audit.audit_item_row
    where run_id = of_run and item_no > first_block * 1000 and item_no <= (first_block + 100) * 1000
    and (outcome = 'UNCHANGED' or outcome = 'FETCHED' and fetched_too)
    returning *),
  item as (
    select *, (item_no - 1) / 1000 as block_no, item_no - row_number() over (partition by (item_no - 1) / 1000, outcome order by item_no) as skipped,
      case when job_id ~ '^[0-9a-f]{32}$' then cast(job_id as uuid) end as id
    from moved_item)
  insert into audit.audit_item_block (run_id, block_no, outcome, skipped, ids, other_ids, labels, http_statuses, request_ids, attempts,
    decided_at)
  select of_run, block_no, outcome, array_agg(cast(skipped - block_no * 1000 as smallint) order by item_no), array_agg(id order by item_no),
    case when count(id) < count(*) then array_agg(case when id is null then job_id end order by item_no) end,
    case when bool_or(labels <> '{}') then jsonb_agg(labels order by item_no) end,
    case when outcome = 'FETCHED' then array_agg(http_status order by item_no) end,
    case when outcome = 'FETCHED' then array_agg(request_id order by item_no) end,
    case when outcome = 'FETCHED' then array_agg(attempts order by item_no) end,
    array_agg(decided_at order by item_no)
  from item
  group by block_no, outcome;
  get diagnostics moved = row_count;
  if moved > 0 and not exists (select from audit.audit_run where status = 'RUNNING' and not reads_blocks) then
    perform audit.show_blocks(true);
  end if;
  return moved;
end
$$;
comment on function audit.compact_ledger(bigint) is 'Moves the usual ids of a closed run into blocks, a hundred thousand lines at a time. Returns the number of rows made: 0 when nothing is left.';

create function audit.drop_purged_parts() returns bigint language plpgsql set search_path = pg_catalog, pg_temp set lock_timeout = '10s' as $$
declare
  part regclass;
  dropped bigint := 0;
begin
  -- A run whose number is taken already is seen.
  lock table audit.audit_run in share row exclusive mode;
  for part in
    select p.oid
    from pg_inherits i
    join pg_class p on p.oid = i.inhrelid
    cross join lateral (
      select cast((regexp_match(pg_get_expr(p.relpartbound, p.oid), 'FROM \(''(\d+)''\)'))[1] as bigint) as low,
        cast((regexp_match(pg_get_expr(p.relpartbound, p.oid), 'TO \(''(\d+)''\)'))[1] as bigint) as high) as bound
    where i.inhparent in ('audit.audit_item_row'::regclass, 'audit.audit_item_block'::regclass, 'audit.audit_rejected_line'::regclass)
    and bound.high <= (select max(run_id) from audit.audit_run)
    and not exists (
      select
      from audit.audit_run r
      where r.purged_at is null and r.run_id < bound.high and (bound.low is null or r.run_id >= bound.low))
  loop
    execute format('drop table %s', part);
    dropped := dropped + 1;
  end loop;
  return dropped;
exception when lock_not_available then
  -- Somebody reads the ledger. The rows are deleted one by one; the empty parts go with a later purge.
  return 0;
end
$$;
comment on function audit.drop_purged_parts() is 'Drops the parts of the ledger all of whose runs are purged. Returns their number.';
revoke execute on function audit.drop_purged_parts() from public;
