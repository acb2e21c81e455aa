-- Who closed and reopened the period's months, when and why.
select
  to_char(month, 'YYYY-MM')                     as "Month",
  closed_at                                     as "Closed",
  closed_by                                     as "Closed by",
  version                                       as "Version",
  reopened_at                                   as "Reopened",
  reopened_by                                   as "Reopened by",
  reopen_reason                                 as "Reason"
from audit.v_month_close
where cast(:run_id as bigint) is null and account = :account and starts_at < :to and ends_at > :from
order by close_id
