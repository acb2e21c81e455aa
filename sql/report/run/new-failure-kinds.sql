-- Kinds of failure that no run before has seen.
select job_type, error_code, jobs
from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from)
where status = 'NEW'
order by jobs desc, job_type collate "C", error_code collate "C"
