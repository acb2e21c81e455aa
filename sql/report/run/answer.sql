-- What the head of the page says about a run; the run before is the last complete one of the same list.
select c.items as ids, j.jobs, j.failed, k.newly_failed, k.new_kinds, k.still_failing, u.unusual, j.tokens,
  '${run.name|' || b.run_id || '}' as before, cast(b.summary #>> '{tokens,total}' as numeric) as tokens_before
from audit.v_run_count c
cross join (
  select count(*) as jobs, count(*) filter (where state = 'Failed') as failed, cast(sum(total_tokens) as numeric) as tokens
  from audit.report_job(:run_id, :account, :from, :to)) as j
cross join (
  select coalesce(sum(jobs), 0) as newly_failed, count(*) filter (where status = 'NEW') as new_kinds,
    coalesce(sum(still_failing), 0) as still_failing
  from audit.failure_kind(:run_id, :previous_run_id, :account, :from, :to, :previous_from)) as k
cross join (
  select count(*) filter (where f.verdict = 'UNUSUAL') as unusual
  from audit.compared_figure(:run_id, (
    select jsonb_agg(to_jsonb(t))
    from (
      select coalesce(job_type, '(no type)') as type, count(*) as jobs, count(*) filter (where state = 'Failed') as failed,
        sum(total_tokens) as tokens
      from audit.report_job(:run_id, :account, :from, :to)
      group by 1) as t)) as f) as u
left join audit.earlier_run(:run_id) e on e.nth = 1
left join audit.audit_run b on b.run_id = e.run_id
where c.run_id = :run_id
