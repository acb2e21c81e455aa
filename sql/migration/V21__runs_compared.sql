-- What a run is compared with: the runs of the same list before it.
create function audit.earlier_run(of_run bigint) returns table (run_id bigint, nth bigint) language sql stable
security definer set search_path = pg_catalog, pg_temp as $$
  select b.run_id, row_number() over (order by b.run_id desc)
  from audit.audit_run r
  join audit.audit_run b on b.account = r.account and b.region = r.region and b.run_id < r.run_id
  where r.run_id = of_run and b.status = 'COMPLETED' and (b.parent_run_id is null) = (r.parent_run_id is null)
  and regexp_replace(b.input_source, '[0-9]+', '', 'g') = regexp_replace(r.input_source, '[0-9]+', '', 'g')
  order by b.run_id desc
  limit 30
$$;
comment on function audit.earlier_run(bigint) is 'The last 30 complete runs of the same list before a run, the latest first. The name of a list differs in numbers only, such as a date; a part of an earlier run is compared with other parts.';

create function audit.newly_failed(of_account text, of_run bigint) returns bigint language sql stable
security definer set search_path = pg_catalog, pg_temp as $$
  select cast(coalesce(sum(failing + over), 0) as bigint) from audit.failure_count where account = of_account and run_id = of_run
$$;
comment on function audit.newly_failed(text, bigint) is 'How many failures a run was the first to see.';

-- The rule: outside median +/- 3 MAD of at least 7 earlier runs, where MAD, the median of the distances from the median, counts as at
-- least one percentage point of a failure rate and 5 % of the median of tokens.
create function audit.compared_figure(of_run bigint, types jsonb)
returns table (job_type text, figure text, amount numeric, runs bigint, median numeric, low numeric, high numeric, verdict text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with now as (
    select t.type, f.figure, f.amount
    from jsonb_to_recordset(types) as t (type text, jobs bigint, failed bigint, tokens numeric)
    cross join lateral (values ('FAILURE_RATE', cast(t.failed as numeric) / nullif(t.jobs, 0)), ('TOKENS', t.tokens)) as f (figure, amount)
    where f.amount is not null),
  earlier as (
    select t.type, f.figure, f.amount
    from audit.earlier_run(of_run) e
    join audit.audit_run r on r.run_id = e.run_id
    cross join lateral jsonb_to_recordset(r.summary #> '{jobs,types}') as t (type text, jobs bigint, failed bigint, tokens numeric)
    cross join lateral (values ('FAILURE_RATE', cast(t.failed as numeric) / nullif(t.jobs, 0)), ('TOKENS', t.tokens)) as f (figure, amount)
    where f.amount is not null),
  -- The mean of the two in the middle, exactly.
  middle as (
    select type, figure, count(*) as runs,
      (percentile_disc(0.5) within group (order by amount) + percentile_disc(0.5) within group (order by amount desc)) / 2 as median
    from earlier
    group by type, figure),
  spread as (
    select e.type, e.figure, m.runs, m.median,
      greatest(case when e.figure = 'FAILURE_RATE' then 0.01 else m.median * 0.05 end,
        (percentile_disc(0.5) within group (order by abs(e.amount - m.median))
          + percentile_disc(0.5) within group (order by abs(e.amount - m.median) desc)) / 2) as mad
    from earlier e
    join middle m on m.type = e.type and m.figure = e.figure
    group by e.type, e.figure, m.runs, m.median)
  select n.type, n.figure, n.amount, coalesce(s.runs, 0), s.median, greatest(0, s.median - 3 * s.mad), s.median + 3 * s.mad,
    case when coalesce(s.runs, 0) < 7 then 'TOO_FEW_RUNS' when abs(n.amount - s.median) > 3 * s.mad then 'UNUSUAL' else 'USUAL' end
  from now n
  left join spread s on s.type = n.type and s.figure = n.figure
$$;
comment on function audit.compared_figure(bigint, jsonb) is 'Failure rate and tokens of each job type of a run, an array of type, jobs, failed and tokens, beside those of the last 30 runs of the same list.';
