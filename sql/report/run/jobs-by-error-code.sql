-- Failed jobs of the run by error code, most first.
select coalesce(error_code, '(no code)') collate "C" as name, count(*) as jobs
from audit.report_job(:run_id, :account, :from, :to)
where state = 'Failed'
group by 1
order by 2 desc, 1
