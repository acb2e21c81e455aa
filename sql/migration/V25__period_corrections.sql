-- The corrections of a period by key: they were looked for among all jobs of all closed months.

create index smart_job_change_changed on audit.smart_job_change (account, changed_at);
create index smart_job_first_seen on audit.smart_job (account, first_seen_at, first_run_id);

-- The jobs that may have corrections in a period, and few others: what is found in it changed in it, was first seen in
-- it, or changed so close to a closing in it that it counts as found at the closing; what concerns it is booked in it.
create function audit.corrected_job(of_account text, since timestamptz, until timestamptz)
returns table (job_id text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
#variable_conflict use_column
begin
  return query
  with closed as (
    select m.*
    from audit.month_close m
    where m.account = of_account and m.reopened_at is null)
  select ch.job_id
  from audit.smart_job_change ch
  where ch.account = of_account and ch.changed_at >= since and ch.changed_at < until
  union
  select ch.job_id
  from audit.smart_job_change ch
  where ch.account = of_account
  and ch.change_id > (select min(o.last_change_id) from closed o where o.closed_at >= since and o.closed_at < until)
  and ch.change_id <= (
    select coalesce(min(o.last_change_id), 9223372036854775807) from closed o where o.closed_at >= until)
  union
  select j.job_id
  from (
    -- An id is decided soon after its answer; jobs of early releases have no such time.
    select s.job_id, s.create_time, s.first_seen_at
    from audit.smart_job s
    where s.account = of_account and s.first_seen_at >= since - interval '1 day' and s.first_seen_at < until + interval '1 day'
    union all
    select s.job_id, s.create_time, s.first_seen_at
    from audit.smart_job s
    where s.account = of_account and s.first_seen_at is null and s.first_run_id = any (array(
      select r.run_id
      from audit.audit_run r
      where r.account = of_account and r.started_at < until and coalesce(r.finished_at, 'infinity') >= since))) as j
  where exists (
    select
    from closed m
    where coalesce(j.create_time, j.first_seen_at) >= m.starts_at and coalesce(j.create_time, j.first_seen_at) < m.ends_at
    offset 0)
  union
  select c.job_id
  from closed m
  join audit.closed_job c on c.close_id = m.close_id and c.booked_at >= since and c.booked_at < until
  where m.starts_at < until and m.ends_at > since and exists (
    select from audit.smart_job_change ch where ch.account = of_account and ch.job_id = c.job_id offset 0)
  union
  -- Not booked, though the month was closed in the period or lies in it.
  select j.job_id
  from closed m
  join audit.smart_job j on j.account = of_account and coalesce(j.create_time, j.first_seen_at) >= m.starts_at
    and coalesce(j.create_time, j.first_seen_at) < m.ends_at
  where (m.starts_at < until and m.ends_at > since or m.closed_at >= since and m.closed_at < until) and not exists (
    select from audit.closed_job c where c.close_id = m.close_id and c.job_id = j.job_id offset 0);
end
$$;
comment on function audit.corrected_job(text, timestamptz, timestamptz) is 'Jobs of an account that may have corrections in a period, and few others.';

create or replace function audit.report_correction(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.v_correction
language plpgsql stable security definer set search_path = pg_catalog, pg_temp set plan_cache_mode = force_custom_plan as $$
begin
  if report_run is null then
    return query
      select c.*
      from audit.correction(report_account, array(
        select j.job_id from audit.corrected_job(report_account, report_from, report_to) j)) c
      where c.seen_at >= report_from and c.seen_at < report_to or c.booked_at >= report_from and c.booked_at < report_to;
  elsif exists (
    select
    from audit.audit_run r
    join audit.month_close m on m.account = r.account and m.reopened_at is null
    where r.run_id = report_run) then
    return query
      select c.*
      from audit.audit_run r
      cross join lateral audit.correction(r.account, array(
        select ch.job_id
        from audit.smart_job_change ch
        where ch.run_id = r.run_id
        union
        select i.job_id
        from audit.v_item i
        cross join lateral (select * from audit.smart_job s where s.account = r.account and s.job_id = i.job_id offset 0) as j
        where i.run_id = r.run_id and i.outcome = 'FETCHED' and j.first_run_id = i.run_id and exists (
          select
          from audit.month_close m
          where m.account = r.account and m.reopened_at is null and coalesce(j.create_time, j.first_seen_at) >= m.starts_at
          and coalesce(j.create_time, j.first_seen_at) < m.ends_at
          offset 0))) as c
      where r.run_id = report_run and c.run_id = report_run;
  end if;
end
$$;

-- Of a period: what later runs learnt about its unreadable ids, from these runs alone, each in one pass: "is true" lets the planner
-- put the ids into a hash table, but not go through all ids of a run for each of them.
create or replace function audit.unreadable_item(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.v_item language sql stable as $$
  with unread as (
    select distinct on (i.job_id) i.*
    from audit.audit_run r
    cross join lateral (select * from audit.audit_item_row u where u.run_id = r.run_id and u.outcome = 'UNREADABLE' offset 0) as i
    where report_run is null and r.account = report_account
    and i.decided_at >= report_from and i.decided_at < report_to
    order by i.job_id, i.decided_at desc, i.run_id desc)
  select i.*
  from audit.audit_item_row i
  where report_run is not null and i.run_id = report_run and i.outcome = 'UNREADABLE'
  union all
  select l.*
  from unread l
  left join (
    select n.job_id, max(n.decided_at) as decided_at
    from audit.audit_run r
    cross join lateral (
      select i.job_id, i.decided_at
      from audit.v_item i
      where i.run_id = r.run_id and i.outcome <> 'UNREADABLE' and (i.job_id in (select u.job_id from unread u)) is true
      offset 0) as n
    where r.account = report_account and coalesce(r.finished_at, 'infinity') > (select min(u.decided_at) from unread u)
    group by n.job_id) as learnt on learnt.job_id = l.job_id
  where learnt.decided_at is null or learnt.decided_at <= l.decided_at
$$;
