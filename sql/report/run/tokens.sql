-- Tokens of the run. The total is null when no job reports tokens: unknown is not zero.
select
  sum(total_tokens)                                      as total,
  count(*) filter (where usage_status = 'REPORTED')      as reporting,
  count(*) filter (where usage_status = 'ABSENT')        as silent,
  count(*) filter (where usage_status = 'UNREADABLE')    as unreadable
from audit.report_job(:run_id, :account, :from, :to)
