-- Runs that are given up, what became of one job, and texts that are erased.

-- An earlier release does not know a run that was given up: it resumes it when it gets the same input.
alter table audit.audit_run add column abandoned_at timestamptz;
comment on column audit.audit_run.abandoned_at is 'When an unfinished run was given up: the same input then begins a new run. Its undecided ids stay pending.';
