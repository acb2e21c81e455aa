-- The last complete run of the same list that had ids. A part of an earlier run is no list.
select p.run_id, p.distinct_ids
from audit.earlier_run(:run_id) e
join audit.audit_run p on p.run_id = e.run_id
where p.parent_run_id is null and p.distinct_ids > 0
order by p.run_id desc
limit 1
