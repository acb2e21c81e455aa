-- Failure rates and tokens of job types that are unusual, compared with the last runs of the same list.
select c.job_type, c.figure, c.amount, c.median, c.low, c.high, c.runs
from audit.compared_figure(:run_id, (
  select jsonb_agg(to_jsonb(t))
  from (
    select coalesce(job_type, '(no type)') as type, count(*) as jobs, count(*) filter (where state = 'Failed') as failed,
      sum(total_tokens) as tokens
    from audit.report_job(:run_id, :account, :from, :to)
    group by 1) as t)) as c
where c.verdict = 'UNUSUAL'
order by c.job_type collate "C", c.figure
