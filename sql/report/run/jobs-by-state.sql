-- Jobs of the run by state, most first.
select coalesce(state, '(no state)') collate "C" as name, count(*) as jobs
from audit.report_job(:run_id, :account, :from, :to)
group by 1
order by 2 desc, 1
