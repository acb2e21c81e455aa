-- What the roles of sql/roles.sql may do with tables that are newer than R__rights.sql, which must not change: an earlier release
-- would run it again. Flyway runs this file at the end of each migration, also of one that has nothing to do. Does nothing where there
-- are no such roles or tables yet, where the rights are there, and for a role that cannot grant them.
do $$
declare
  writer oid := to_regrole('job_audit_writer');
  items oid := to_regclass('audit.audit_item_row');
  tasks oid := to_regclass('audit.scheduled_tasks');
begin
  if not has_table_privilege(writer, items, 'insert')
    and (select pg_has_role(relowner, 'usage') from pg_class where oid = items) then
    -- Ids move into blocks by a function.
    grant select, insert, update on audit.audit_item, audit.audit_item_row to job_audit_writer;
    grant select, insert on audit.audit_rejected_line to job_audit_writer;
    grant select on audit.v_item to job_audit_writer;
  end if;
  if not has_table_privilege(writer, tasks, 'insert')
    and (select pg_has_role(relowner, 'usage') from pg_class where oid = tasks) then
    -- A task that is done is deleted.
    grant select, insert, update, delete on audit.scheduled_tasks to job_audit_writer;
    grant select, insert, update on audit.audit_part, audit.audit_night, audit.audit_night_account, audit.api_turn to job_audit_writer;
  end if;
end
$$;
