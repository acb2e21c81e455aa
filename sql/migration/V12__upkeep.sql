-- What is done to stored rows between runs: read anew by a newer mapping, or purged when they are old.
alter table audit.audit_run add column purged_at timestamptz;
comment on column audit.audit_run.purged_at is 'When its ids and rejected lines were purged; the run itself and its counts stay.';

alter table audit.smart_job_change add column cause text not null default 'FETCHED' check (cause in ('FETCHED', 'RENORMALIZED'));
comment on column audit.smart_job_change.cause is 'FETCHED: the API said something else. RENORMALIZED: the same answer is read in another way.';

-- An answer is newer than the one before; without a newer answer it is the reading that changed, and it changed now.
create or replace function audit.log_smart_job_change() returns trigger language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  fetched boolean := new.fetched_at is distinct from old.fetched_at;
begin
  insert into audit.smart_job_change (account, job_id, run_id, changed_at, cause,
    old_state, new_state, old_job_type, new_job_type, old_error_code, new_error_code, old_error_message, new_error_message,
    old_total_tokens, new_total_tokens, old_prompt_tokens, new_prompt_tokens, old_completion_tokens, new_completion_tokens,
    old_usage_status, new_usage_status)
  values (new.account, new.job_id, new.last_run_id, case when fetched then new.fetched_at else now() end,
    case when fetched then 'FETCHED' else 'RENORMALIZED' end,
    old.state, new.state, old.job_type, new.job_type, old.error_code, new.error_code, old.error_message, new.error_message,
    old.total_tokens, new.total_tokens, old.prompt_tokens, new.prompt_tokens, old.completion_tokens, new.completion_tokens,
    old.usage_status, new.usage_status);
  return null;
end
$$;

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
  c.old_usage_status, c.new_usage_status, c.cause
from audit.smart_job_change c;
comment on column audit.v_change.cause is 'FETCHED: the API said something else. RENORMALIZED: the same answer is read in another way.';
