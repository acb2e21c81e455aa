-- What is spent, by each of the ways in which finance asks.
create function audit.spend_line(of_run bigint, of_account text, since timestamptz, until timestamptz, in_zone text, group_path text)
returns table (by text, day date, name text, job_type text, currency text, jobs bigint, reporting bigint, silent bigint, unreadable bigint,
  tokens numeric, free numeric, unpriced numeric, spend numeric, correction numeric, booked numeric) language sql stable as $$
  with booking as (
    select cast(b.booked_at at time zone in_zone as date) as day, to_char(b.booked_at at time zone in_zone, 'YYYY-MM') as month,
      audit.group_of(coalesce(b.group_by, group_path), b.user_id, b.user_data, b.labels) as cost_centre, b.user_id,
      coalesce(b.job_type, '(no type)') as job_type,
      case when coalesce(b.spend, b.correction) is not null then b.currency when b.unpriced_tokens is not null then '(no price)' end
        as currency,
      b.usage_status, b.total_tokens, b.free_tokens, b.unpriced_tokens, b.spend, b.correction
    from audit.report_booking(of_run, of_account, since, until) b),
  part as (
    select
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
    group by grouping sets ((b.day, b.job_type, b.currency), (b.month, b.currency), (b.user_id, b.currency), (b.cost_centre, b.currency))),
  line as (
    select p.*, coalesce(p.currency, min(nullif(p.currency, '(no price)')) over same, min(p.currency) over same) as paid_in
    from part p
    window same as (partition by p.by, p.day, p.name, p.job_type))
  select l.by, l.day, l.name, l.job_type, l.paid_in, cast(sum(l.jobs) as bigint), cast(sum(l.reporting) as bigint),
    cast(sum(l.silent) as bigint), cast(sum(l.unreadable) as bigint), sum(l.tokens), sum(l.free), sum(l.unpriced), sum(l.spend),
    sum(l.correction), sum(l.booked)
  from line l
  group by l.by, l.day, l.name, l.job_type, l.paid_in
$$;
comment on function audit.spend_line(bigint, text, timestamptz, timestamptz, text, text) is 'Jobs, tokens and money of audit.report_booking by DAY and job type, MONTH, USER and COST_CENTRE. Jobs without money, which are free or of unknown tokens, are counted with those in the first currency of their group.';

create function audit.spend_movement(of_run bigint, of_account text, since timestamptz, until timestamptz, before timestamptz, group_path text)
returns table (job_type text, cost_centre text, currency text, old_tokens numeric, tokens numeric, old_spend numeric, spend numeric,
  difference numeric, of_volume numeric) language sql stable as $$
  with spent as (
    select true as is_now, j.*
    from audit.report_job(of_run, of_account, since, until) j
    where of_run is null and j.spend is not null
    union all
    select false, j.*
    from audit.report_job(null, of_account, before, since) j
    where of_run is null and j.spend is not null),
  movement as (
    select coalesce(s.job_type, '(no type)') as job_type,
      audit.group_of(coalesce(s.group_by, group_path), s.user_id, s.user_data, s.item_labels) as cost_centre, s.currency,
      sum(s.total_tokens) filter (where s.is_now) as tokens,
      sum(s.total_tokens) filter (where not s.is_now) as old_tokens,
      coalesce(sum(s.spend) filter (where s.is_now), 0) as spend,
      coalesce(sum(s.spend) filter (where not s.is_now), 0) as old_spend
    from spent s
    group by 1, 2, 3)
  select m.job_type, m.cost_centre, m.currency, m.old_tokens, m.tokens, m.old_spend, m.spend, m.spend - m.old_spend,
    -- More or fewer tokens at the old average price; the rest is the price.
    case when m.tokens > 0 and m.old_tokens > 0 then round(m.tokens * m.old_spend / m.old_tokens, 15) - m.old_spend
      else m.spend - m.old_spend end
  from movement m
$$;
comment on function audit.spend_movement(bigint, text, timestamptz, timestamptz, timestamptz, text) is 'Spend of a period and of the period before, without corrections, by job type, cost centre and currency; of_volume is the part of the difference that more or fewer tokens explain. Empty for a run.';
