-- Control totals, recomputed for each account from the tables, independently of the sheets' own queries.
with account as (
  select account
  from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)),
closed as (
  select m.*
  from audit.month_close m
  join account a on a.account = m.account
  where m.reopened_at is null),
job as (
  select j.account, j.state, j.total_tokens, p.currency, p.price_per_1000_tokens
  from account a
  join audit.smart_job j on j.account = a.account
  left join audit.price p on p.account = j.account and p.job_type = j.job_type
    and tstzrange(p.starts_at, p.ends_at) @> coalesce(j.create_time, j.first_seen_at)
  where (j.create_time >= :from and j.create_time < :to or j.create_time is null and j.first_seen_at >= :from and j.first_seen_at < :to)
  and not exists (
    select from closed m
    where m.account = j.account and tstzrange(m.starts_at, m.ends_at) @> coalesce(j.create_time, j.first_seen_at))
  and not exists (
    select from audit.closed_job c
    join closed m on m.close_id = c.close_id
    where c.job_id = j.job_id and m.account = j.account)
  union all
  select m.account, c.state, c.total_tokens, c.currency, c.price_per_1000_tokens
  from closed m
  join audit.closed_job c on c.close_id = m.close_id
  where c.booked_at >= :from and c.booked_at < :to),
part as (
  select account, currency, 0.001 * price_per_1000_tokens * total_tokens as amount
  from job
  where state is distinct from 'Failed' and total_tokens is not null and price_per_1000_tokens is not null
  union all
  select c.account, c.currency, c.spend
  from account a
  cross join lateral audit.correction(a.account, null) c
  where c.seen_at >= :from and c.seen_at < :to and c.spend is not null),
money as (
  select currency, sum(booked) as booked
  from (
    select currency, round(sum(amount), coalesce(cast(cast(:digits as jsonb) ->> currency as int), 2)) as booked
    from part
    group by account, currency) as of_account
  group by currency)
select 'Summary' as sheet, '${figure.booked-in|' || currency || '}' as figure, '${basis.prices}' as basis, booked as recomputed
from money
union all
select s.sheet, 'Booked ' || m.currency, '${basis.prices}', m.booked
from money m
cross join (values ('By account'), ('Booking'), ('By job type')) as s (sheet)
union all
select s.sheet, f.figure, '${basis.booked-jobs}', f.recomputed
from (select cast(count(*) as numeric) as jobs, sum(total_tokens) as tokens from job) as total
cross join (values ('By account'), ('By job type')) as s (sheet)
cross join lateral (values ('Jobs', total.jobs), ('Total tokens', total.tokens)) as f (figure, recomputed)
order by 1, 2
