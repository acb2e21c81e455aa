-- What autovacuum would analyze within a minute, but before the next statement of a run needs it: the tables that have grown by a
-- tenth. The growth is read from the files, as the planner does it. No plan of the product depends on it.
create function audit.refresh_statistics() returns void language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  caller name := case current_setting('role') when 'none' then session_user else current_setting('role') end;
  grown regclass;
begin
  if not has_table_privilege(caller, 'audit.audit_run', 'update') then
    raise insufficient_privilege using message = format('%I may not refresh the statistics, because it may not update audit.audit_run', caller);
  end if;
  for grown in
    select c.oid
    from pg_class c
    where c.relnamespace = 'audit'::regnamespace and c.relkind = 'r'
    and pg_relation_size(c.oid) / current_setting('block_size')::integer > 1.1 * c.relpages + 50
    order by c.oid
  loop
    execute format('analyze (skip_locked) %s', grown);
  end loop;
end
$$;
comment on function audit.refresh_statistics() is 'Analyzes the tables that have grown by a tenth. For those who may write runs.';
