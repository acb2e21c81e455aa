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
  cross join lateral (
    select s.*, coalesce(s.create_time, s.first_seen_at) as used_at
    from audit.smart_job s
    where s.account = a.account and coalesce(s.create_time, s.first_seen_at) >= :from and coalesce(s.create_time, s.first_seen_at) < :to
    offset 0) as j
  left join audit.price p on p.account = j.account and p.job_type = j.job_type and tstzrange(p.starts_at, p.ends_at) @> j.used_at
  where not exists (
    select from closed m
    where m.account = j.account and tstzrange(m.starts_at, m.ends_at) @> j.used_at)
  and not exists (
    select from audit.closed_job c
    where c.job_id = j.job_id and exists (select from closed m where m.close_id = c.close_id and m.account = j.account offset 0)
    offset 0)
  union all
  select m.account, c.state, c.total_tokens, c.currency, c.price_per_1000_tokens
  from closed m
  cross join lateral (
    select * from audit.closed_job b where b.close_id = m.close_id and b.booked_at >= :from and b.booked_at < :to offset 0) as c),
part as (
  select account, currency, 0.001 * price_per_1000_tokens * total_tokens as amount
  from job
  where state is distinct from 'Failed' and total_tokens is not null and price_per_1000_tokens is not null
  union all
  select c.account, c.currency, c.spend
  from account a
  cross join lateral audit.report_correction(null, a.account, :from, :to) c
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
