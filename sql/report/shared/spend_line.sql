-- What audit.spend_line has, and the account, from bookings that are stored already.
with booking as (
  select b.account, cast(b.booked_at at time zone cast(:zone as text) as date) as day,
    to_char(b.booked_at at time zone cast(:zone as text), 'YYYY-MM') as month,
    audit.group_of(coalesce(b.group_by, :group_by), b.user_id, b.user_data, b.labels) as cost_centre, b.user_id,
    coalesce(b.job_type, '(no type)') as job_type,
    case when coalesce(b.spend, b.correction) is not null then b.currency when b.unpriced_tokens is not null then '(no price)' end
      as currency,
    b.usage_status, b.total_tokens, b.free_tokens, b.unpriced_tokens, b.spend, b.correction
  from audit.report_booking(:run_id, :account, :from, :to) b),
part as (
  select
    b.account,
    case when grouping(b.day) = 0 then 'DAY' when grouping(b.month) = 0 then 'MONTH' when grouping(b.user_id) = 0 then 'USER'
      else 'COST_CENTRE' end as by,
    b.day, coalesce(b.month, b.user_id, b.cost_centre) as name, b.job_type, b.currency,
    count(b.usage_status) as jobs,
    count(*) filter (where b.usage_status = 'REPORTED') as reporting,
    count(*) filter (where b.usage_status = 'ABSENT') as silent,
    count(*) filter (where b.usage_status = 'UNREADABLE') as unreadable,
    sum(b.total_tokens) as tokens, sum(b.free_tokens) as free, sum(b.unpriced_tokens) as unpriced,
    sum(b.spend) as spend, sum(b.correction) as correction, sum(coalesce(b.spend, b.correction)) as booked
  from booking b
  group by b.account, grouping sets ((b.day, b.job_type, b.currency), (b.month, b.currency), (b.user_id, b.currency),
    (b.cost_centre, b.currency))),
line as (
  select p.*, coalesce(p.currency, min(nullif(p.currency, '(no price)')) over same, min(p.currency) over same) as paid_in
  from part p
  window same as (partition by p.account, p.by, p.day, p.name, p.job_type))
select l.account, l.by, l.day, l.name, l.job_type, l.paid_in as currency, cast(sum(l.jobs) as bigint) as jobs,
  cast(sum(l.reporting) as bigint) as reporting, cast(sum(l.silent) as bigint) as silent,
  cast(sum(l.unreadable) as bigint) as unreadable, sum(l.tokens) as tokens, sum(l.free) as free, sum(l.unpriced) as unpriced,
  sum(l.spend) as spend, sum(l.correction) as correction, sum(l.booked) as booked
from line l
group by l.account, l.by, l.day, l.name, l.job_type, l.paid_in
