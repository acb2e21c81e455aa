-- The parts of a run that several processes shared; no row for a run of one process.
select count(*) as parts, sum(losses) as lost, count(distinct node) as workers
from audit.audit_part
where run_id = :run_id
having count(*) > 0
