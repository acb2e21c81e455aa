-- Tokens of the run. The total is null when no job reports tokens: unknown is not zero.
select
  sum(total_tokens)                                      as total,
  count(*) filter (where usage_status = 'REPORTED')      as reporting,
  count(*) filter (where usage_status = 'ABSENT')        as silent,
  count(*) filter (where usage_status = 'UNREADABLE')    as unreadable
from audit.v_run_job
where run_id = :run_id
