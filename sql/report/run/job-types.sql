-- Jobs, failed jobs and tokens of the run by job type, most jobs first. Later runs are compared with them.
select coalesce(job_type, '(no type)') collate "C" as type, count(*) as jobs, count(*) filter (where state = 'Failed') as failed,
  cast(sum(total_tokens) as numeric) as tokens
from audit.report_job(:run_id, :account, :from, :to)
group by 1
order by 2 desc, 1
