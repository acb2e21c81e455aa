-- Every label key of the run's ids.
select distinct k.key collate "C" as key
from audit.v_item i
cross join lateral jsonb_object_keys(i.labels) as k (key)
where i.run_id = :run_id
order by 1
