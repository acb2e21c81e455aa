-- What each role of sql/roles.sql may do. Does nothing where there are no such roles, or no tables yet.

-- The trail of changes is written by the trigger with its owner's rights, so that nobody else needs any.
do $$
begin
  if to_regprocedure('audit.log_smart_job_change()') is not null then
    alter function audit.log_smart_job_change() security definer set search_path = pg_catalog, pg_temp;
  end if;
end
$$;

do $$
begin
  if to_regrole('job_audit_writer') is null or to_regrole('job_audit_reader') is null or to_regclass('audit.smart_job') is null then
    return;
  end if;

  revoke all on all tables in schema audit, batch from public, job_audit_writer, job_audit_reader;
  revoke all on all sequences in schema audit, batch from public, job_audit_writer, job_audit_reader;

  grant select, insert, update on audit.audit_run, audit.audit_item, audit.smart_job to job_audit_writer;
  -- A listing that was interrupted begins anew.
  grant select, insert, delete on audit.audit_listed_job to job_audit_writer;
  grant select, insert on audit.audit_input, audit.audit_listing, audit.audit_rejected_line to job_audit_writer;
  -- A price file is loaded in place of the one before; what is closed stays.
  grant select, insert, delete on audit.price to job_audit_writer;
  grant select, insert on audit.closed_job, audit.closed_file to job_audit_writer;
  grant select, insert, update (filed_at, reopened_at, reopened_by, reopen_reason) on audit.month_close to job_audit_writer;
  grant select on audit.v_job, audit.v_change, audit.v_booked_job, audit.v_completeness, audit.v_completeness_gap, audit.v_correction,
    audit.v_failure, audit.v_recovery, audit.v_run_job, audit.v_run_count, audit.v_run_statement, audit.v_run_spend, audit.v_price,
    audit.v_month_close
    to job_audit_writer;
  -- To see that nothing is left to migrate.
  grant select on audit.flyway_schema_history to job_audit_writer;

  grant select, insert on batch.batch_job_instance, batch.batch_job_execution_params to job_audit_writer;
  grant select, insert, update on batch.batch_job_execution, batch.batch_job_execution_context,
    batch.batch_step_execution, batch.batch_step_execution_context to job_audit_writer;
  grant usage on sequence batch.batch_job_instance_seq, batch.batch_job_execution_seq, batch.batch_step_execution_seq
    to job_audit_writer;

  grant select on audit.v_job, audit.v_change, audit.v_booked_job, audit.v_completeness, audit.v_completeness_gap, audit.v_correction,
    audit.v_failure, audit.v_recovery, audit.v_run_job, audit.v_run_count, audit.v_run_statement, audit.v_run_spend, audit.v_price,
    audit.v_month_close
    to job_audit_reader;
end
$$;
