-- Lanes of a run that count failures of several kinds in different orders locked each other's rows, until the server ended one of them
-- as a deadlock and its calls were made again. Transactions of an account count one after the other, each until its commit.
create or replace function audit.count_failure(of_account text, of_run bigint, of_type text, of_code text, more_failing integer, more_over integer,
  seen_at timestamptz) returns void language sql security definer set search_path = pg_catalog, pg_temp as $$
  select pg_advisory_xact_lock(hashtextextended('audit.failure_count ' || of_account, 0));
  insert into audit.failure_count as c
  values (of_account, of_run, audit.failure_key(of_type, of_code), coalesce(of_type, '(no type)'), coalesce(of_code, '(no code)'),
    more_failing, more_over, seen_at, seen_at)
  on conflict (account, run_id, kind) do update set
    failing = c.failing + excluded.failing,
    over = c.over + excluded.over,
    first_seen = case when excluded.failing + excluded.over > 0 then least(c.first_seen, excluded.first_seen) else c.first_seen end,
    last_seen = case when excluded.failing + excluded.over > 0 then greatest(c.last_seen, excluded.last_seen) else c.last_seen end;
  delete from audit.failure_count
  where more_failing + more_over < 0 and account = of_account and run_id = of_run and kind = audit.failure_key(of_type, of_code)
  and failing = 0 and over = 0
$$;
