-- The vendor's invoice of a closed month, by which FOCUS and the bill are matched. An earlier release closes months without it.
alter table audit.month_close add column invoice_id text;
comment on column audit.month_close.invoice_id is 'The vendor''s invoice of the month, as close --invoice named it; null without one.';

create or replace view audit.v_month_close as
select
  close_id, account, month, zone, starts_at, ends_at, closed_at, closed_by, version, reopened_at, reopened_by, reopen_reason, invoice_id
from audit.month_close;
comment on column audit.v_month_close.invoice_id is 'The vendor''s invoice of the month, as close --invoice named it; null without one.';

-- What a month cost by our figures and by the vendor's bill, and what may explain the difference. Security definer: every role
-- that may read the views may call it.
create function audit.reconciliation(of_account text, report_from timestamptz, report_to timestamptz, of_bill jsonb, billing_currency text)
returns table (job_type text, currency text, lines bigint, jobs bigint, tokens numeric, booked numeric, corrected numeric, ours numeric,
  theirs numeric, usage numeric, unit text, difference numeric, price_per_1000_tokens numeric,
  failed_tokens numeric, failed_limit numeric, unpriced_tokens numeric, unpriced_limit numeric,
  timeless_spend numeric, timeless_later numeric, silent_jobs bigint, largest_tokens numeric, silent_limit numeric,
  by_failed numeric, by_unpriced numeric, by_timeless numeric, by_silent numeric, by_rounding numeric, unexplained numeric)
language sql stable security definer set search_path = pg_catalog, pg_temp set jit = off as $$
  with bill as (
    select b.*
    from jsonb_to_recordset(of_bill) as b (job_type text, currency text, lines bigint, amount numeric, usage numeric, unit text, digits integer)),
  correction as materialized (
    select c.*
    from audit.report_correction(null, of_account, report_from, report_to) c
    where c.booked_at >= report_from and c.booked_at < report_to),
  job as (
    select coalesce(j.job_type, '(no type)') as job_type, j.currency, 1 as jobs, cast(j.total_tokens as numeric) as tokens,
      j.price_per_1000_tokens as price, j.spend, cast(null as numeric) as corrected,
      case when j.spend_status = 'FREE' and j.currency is not null then j.total_tokens end as failed_tokens,
      case when j.spend_status in ('FREE', 'UNPRICED') and j.currency is null then j.total_tokens end as unpriced_tokens,
      case when j.create_time is null then j.spend end as timeless_spend,
      j.total_tokens is null and not exists (select from correction c where c.job_id = j.job_id) as is_silent
    from audit.report_job(null, of_account, report_from, report_to) j
    union all
    select coalesce(c.job_type, '(no type)'), c.currency, case when c.reason = 'LATE' then 1 else 0 end, c.tokens,
      c.price_per_1000_tokens, null, c.spend,
      case when c.currency is not null then c.free_tokens end,
      case when c.currency is null then c.free_tokens + c.unpriced_tokens end,
      case when c.create_time is null then c.spend end, false
    from correction c),
  -- Without a price, a type has the currency of its bill, else of its prices.
  kind as (
    select j.job_type, j.currency, sum(j.jobs) as jobs, sum(j.tokens) as tokens, min(j.price) as lowest, max(j.price) as highest,
      sum(j.spend) as spend, sum(j.corrected) as corrected, sum(j.tokens) filter (where j.spend is not null) as priced_tokens,
      sum(j.failed_tokens) as failed_tokens, sum(j.failed_tokens * j.price * 0.001) as failed_amount,
      sum(j.unpriced_tokens) as unpriced_tokens, sum(j.timeless_spend) as timeless_spend, count(*) filter (where j.is_silent) as silent_jobs,
      max(j.tokens) as largest
    from job j
    group by j.job_type, j.currency),
  mine as (
    select k.job_type, coalesce(k.currency, (select min(b.currency) from bill b where b.job_type = k.job_type),
        (select min(p.currency) from audit.price p where p.account = of_account and p.job_type = k.job_type), billing_currency) as currency,
      sum(k.jobs) as jobs, sum(k.tokens) as tokens, min(k.lowest) as lowest, max(k.highest) as highest, sum(k.spend) as spend,
      sum(k.corrected) as corrected, sum(k.priced_tokens) as priced_tokens, sum(k.failed_tokens) as failed_tokens,
      sum(k.failed_amount) as failed_amount, sum(k.unpriced_tokens) as unpriced_tokens, sum(k.timeless_spend) as timeless_spend,
      sum(k.silent_jobs) as silent_jobs, max(k.largest) as largest
    from kind k
    group by 1, 2),
  later as (
    select coalesce(b.job_type, '(no type)') as job_type, b.currency, sum(b.spend) as spend
    from audit.v_booked_job b
    where b.account = of_account and b.create_time is null and b.booked_at >= report_to and b.spend is not null
    group by 1, 2),
  line as (
    select coalesce(m.job_type, b.job_type) as job_type, coalesce(m.currency, b.currency) as currency, coalesce(b.lines, 0) as lines,
      b.amount, b.usage, b.unit, coalesce(b.lines * 0.5 * power(10::numeric, -b.digits), 0) as rounding,
      cast(coalesce(m.jobs, 0) as bigint) as jobs, m.tokens, m.spend, m.corrected,
      case when m.spend is null and m.corrected is null then null else coalesce(m.spend, 0) + coalesce(m.corrected, 0) end as ours,
      coalesce(b.amount, 0) - coalesce(m.spend, 0) - coalesce(m.corrected, 0) as difference,
      case
        when m.lowest = m.highest then m.lowest
        when m.priced_tokens > 0 then m.spend / m.priced_tokens * 1000
        else (
          select p.price_per_1000_tokens
          from audit.price p
          where p.account = of_account and p.job_type = m.job_type and p.currency = m.currency
          order by p.starts_at desc
          limit 1)
      end as price,
      coalesce(m.failed_tokens, 0) as failed_tokens, coalesce(m.failed_amount, 0) as failed_amount,
      coalesce(m.unpriced_tokens, 0) as unpriced_tokens, coalesce(m.timeless_spend, 0) as timeless_spend, coalesce(l.spend, 0) as timeless_later,
      cast(coalesce(m.silent_jobs, 0) as bigint) as silent_jobs, m.largest
    from mine m
    full join bill b on b.job_type = m.job_type and b.currency = m.currency
    left join later l on l.job_type = coalesce(m.job_type, b.job_type) and l.currency = coalesce(m.currency, b.currency)),
  -- How much each cause can explain at most: without limit where nothing is known by which to value it.
  bounded as (
    select l.*,
      case when l.unpriced_tokens = 0 then 0 else coalesce(l.unpriced_tokens * l.price * 0.001, 'Infinity') end as unpriced_limit,
      case when l.silent_jobs = 0 then 0 else coalesce(l.silent_jobs * l.largest * l.price * 0.001, 'Infinity') end as silent_limit
    from line l)
  select l.job_type, l.currency, l.lines, l.jobs, l.tokens, l.spend, l.corrected, l.ours, l.amount, l.usage, l.unit, l.difference, l.price,
    l.failed_tokens, l.failed_amount, l.unpriced_tokens, nullif(l.unpriced_limit, 'Infinity'), l.timeless_spend, l.timeless_later,
    l.silent_jobs, l.largest, nullif(l.silent_limit, 'Infinity'),
    e.by_failed, e.by_unpriced, e.by_timeless, e.by_silent, e.by_rounding, e.unexplained
  from bounded l
  -- Each cause explains its whole amount or nothing, except that one may explain a part; what does so with the least estimate is
  -- chosen.
  cross join lateral (
    select f.*, case when abs(f.rest) <= l.rounding then f.rest else 0 end as by_rounding,
      case when abs(f.rest) <= l.rounding then 0 else f.rest end as unexplained
    from (
      select
        w.failed * l.failed_amount + case when p.cause = 'failed' then p.amount else 0 end     as by_failed,
        case when w.unpriced = 1 then l.unpriced_limit when p.cause = 'unpriced' then p.amount else 0 end as by_unpriced,
        w.later * l.timeless_later - w.here * l.timeless_spend + case when p.cause = 'later' then p.amount else 0 end as by_timeless,
        case when p.cause = 'silent' then p.amount else 0 end                                  as by_silent,
        w.rest - p.amount                                                                      as rest,
        w.failed + w.unpriced + w.later + w.here as causes, p.cause as part
      from (
        select a.failed, b.unpriced, c.later, d.here, l.difference - a.failed * l.failed_amount
          - case when b.unpriced = 1 then l.unpriced_limit else 0 end - c.later * l.timeless_later + d.here * l.timeless_spend as rest
        from (values (0), (1)) as a (failed)
        cross join (values (0), (1)) as b (unpriced)
        cross join (values (0), (1)) as c (later)
        cross join (values (0), (1)) as d (here)
        where (a.failed = 0 or l.failed_amount <> 0) and (b.unpriced = 0 or l.unpriced_limit not in (0, 'Infinity'))
        and (c.later = 0 or l.timeless_later <> 0) and (d.here = 0 or l.timeless_spend <> 0)) as w
      cross join lateral (
        values ('none', 0::numeric), ('failed', least(greatest(w.rest, 0), l.failed_amount * (1 - w.failed))),
          ('unpriced', least(greatest(w.rest, 0), case when w.unpriced = 1 then 0 else l.unpriced_limit end)),
          ('later', least(greatest(w.rest, 0), l.timeless_later * (1 - w.later))),
          ('silent', least(greatest(w.rest, 0), l.silent_limit))) as p (cause, amount)
      where p.cause = 'none' or p.amount <> 0) as f
    order by abs(case when abs(f.rest) <= l.rounding then 0 else f.rest end), f.by_silent, f.part <> 'none', f.causes, abs(f.rest), f.part
    limit 1) as e
$$;
comment on function audit.reconciliation(text, timestamptz, timestamptz, jsonb, text) is 'What an account spent in a month by type and currency, beside the vendor''s bill, and how much of the difference each cause may explain. The bill is an array of objects: job_type, currency, lines, amount, usage, unit, and digits, the decimal places of its amounts.';

-- What is booked of budgets: of a run in the month in which it ended, of a period in each whole month. Without budgets nothing is read.
create function audit.budget_use(of_account text, of_run bigint, report_from timestamptz, report_to timestamptz, as_of timestamptz,
  in_zone text, centre_path text, budgets jsonb)
returns table (month date, cost_centre text, currency text, budget numeric, booked numeric, booked_before numeric, passed numeric, whole numeric)
language sql stable as $$
  with given as (
    select b.*
    from jsonb_to_recordset(budgets) as b (cost_centre text, currency text, month date, amount numeric)),
  span as materialized (
    select m.*
    from (
      select distinct g.month, cast(g.month as timestamp) at time zone in_zone as starts_at, (g.month + interval '1 month') at time zone in_zone as ends_at
      from given g) as m
    where case when of_run is null then m.starts_at >= report_from and m.ends_at <= report_to else m.starts_at <= as_of and m.ends_at > as_of end),
  booking as (
    select s.month, j.group_by, j.user_id, j.user_data, j.labels, j.currency, j.spend,
      of_run is not null and exists (
        select from audit.smart_job f where f.account = of_account and f.job_id = j.job_id and f.first_run_id = of_run offset 0) as is_new
    from span s
    cross join lateral (
      select *
      from audit.v_booked_job b
      where b.account = of_account and b.booked_at >= s.starts_at and b.booked_at < s.ends_at and b.spend is not null) as j
    union all
    select s.month, c.group_by, c.user_id, c.user_data, c.labels, c.currency, c.spend, coalesce(c.run_id = of_run, false)
    from span s
    cross join lateral audit.report_correction(null, of_account, s.starts_at, s.ends_at) c
    where c.seen_at >= s.starts_at and c.seen_at < s.ends_at and c.spend is not null),
  of_centre as (
    select b.month, coalesce(audit.group_of(coalesce(b.group_by, centre_path), b.user_id, b.user_data, b.labels), '(none)') as cost_centre, b.currency,
      sum(b.spend) as booked, coalesce(sum(b.spend) filter (where not b.is_new), 0) as before
    from booking b
    group by 1, 2, 3),
  used as (
    select * from of_centre
    union all
    select o.month, '*', o.currency, sum(o.booked), sum(o.before)
    from of_centre o
    group by o.month, o.currency)
  select s.month, coalesce(g.cost_centre, u.cost_centre), coalesce(g.currency, u.currency), g.amount, coalesce(u.booked, 0),
    coalesce(u.before, 0), extract(epoch from least(as_of, s.ends_at) - s.starts_at), extract(epoch from s.ends_at - s.starts_at)
  from (
    select f.* from given f where exists (select from span s where s.month = f.month)) as g
  full join used u on u.month = g.month and u.cost_centre = g.cost_centre and u.currency = g.currency
  join span s on s.month = coalesce(g.month, u.month)
  where g.amount is not null or u.cost_centre <> '*'
$$;
comment on function audit.budget_use(text, bigint, timestamptz, timestamptz, timestamptz, text, text, jsonb) is 'What an account has booked of each budget, and had booked before a run; with how many seconds of the month have passed. The budgets are an array of objects: cost_centre (* for all together), currency, month (its first day) and amount.';
