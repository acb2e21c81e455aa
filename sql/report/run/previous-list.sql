-- The last complete run of the same list: its name differs in numbers only, such as a date. A part of an earlier run is no list.
select p.run_id, p.distinct_ids
from audit.audit_run r
join audit.audit_run p on p.account = r.account and p.region = r.region and p.run_id < r.run_id
where r.run_id = :run_id and r.parent_run_id is null and p.parent_run_id is null and p.status = 'COMPLETED' and p.distinct_ids > 0
and regexp_replace(p.input_source, '[0-9]+', '', 'g') = regexp_replace(r.input_source, '[0-9]+', '', 'g')
order by p.run_id desc
limit 1
