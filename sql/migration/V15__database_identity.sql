-- Reports of different databases must not replace one another: run numbers begin at 1 in each of them. Both functions are for
-- every role that may use the schema, so no rights have to be granted.
do $$
begin
  execute format('create function audit.database_identity() returns uuid language sql immutable parallel safe return %L::uuid',
    gen_random_uuid());
end
$$;
comment on function audit.database_identity() is 'Identifies this database in run-summary.json. Chosen once, by the migration; a restored copy has the same one.';

create function audit.next_run_id() returns bigint language sql security definer set search_path = pg_catalog, pg_temp as
  'select last_value + is_called::int from audit.audit_run_run_id_seq';
comment on function audit.next_run_id() is 'Number of the next run, to check the directory of its reports before it is opened.';
