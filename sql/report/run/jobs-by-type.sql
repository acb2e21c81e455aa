-- Jobs of the run by job type, most first.
select coalesce(job_type, '(no type)') collate "C" as name, count(*) as jobs
from audit.report_job(:run_id, :account, :from, :to)
group by 1
order by 2 desc, 1
