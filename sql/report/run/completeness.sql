-- The run's input compared with the API's list; no row when that was not checked.
select listed_at, total_count, listed, named, in_both, listed_not_named, created_since, audited_before, never_audited, not_listed,
  unknown_to_api
from audit.v_completeness
where run_id = :run_id
