-- Jobs of the run by job type, most first.
select coalesce(job_type, '(no type)') collate "C" as name, count(*) as jobs
from audit.v_run_job
where run_id = :run_id
group by 1
order by 2 desc, 1
