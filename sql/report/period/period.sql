-- The period as its workbooks name it. Its figures are what the account's runs have seen or, for a closed month, what was booked.
select
  coalesce(c.closed_at, least(cast(:to as timestamptz), r.finished_at), cast(:to as timestamptz)) as as_of,
  c.closed_at,
  c.closed_by,
  coalesce(c.version, r.version) as version
from (values (1)) as one (row)
left join lateral (
  select finished_at, version
  from audit.audit_run
  where account = :account and finished_at is not null
  order by finished_at desc
  limit 1) as r on true
left join audit.month_close c
  on c.account = :account and c.starts_at = :from and c.ends_at = :to and c.reopened_at is null
