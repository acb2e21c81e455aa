-- What a job and 1,000 tokens cost, what failed jobs would have cost, and, as an estimate, what jobs with unknown tokens may cost.
with job as (
  select coalesce(job_type, '(no type)') as job_type, currency, price_per_1000_tokens, total_tokens, spend, state is not distinct from 'Finished' as is_finished,
    spend_status = 'FREE' as is_free, usage_status <> 'REPORTED' and state is distinct from 'Failed' as is_unknown
  from audit.report_job(:run_id, :account, :from, :to)),
average as (
  select job_type, avg(total_tokens) filter (where not is_free) as tokens
  from job
  group by job_type)
select
  job_type                                                   as "Job type",
  currency                                                   as "Currency",
  count(*) filter (where is_finished)                        as "Finished jobs",
  cast(sum(total_tokens) filter (where spend is not null) as numeric) as "Priced tokens",
  sum(spend)                                                 as "Spend",
  round(sum(spend) filter (where is_finished) / nullif(count(*) filter (where is_finished and spend is not null), 0), 6)
                                                             as "Spend per finished job",
  round(1000 * sum(spend) / nullif(sum(total_tokens) filter (where spend is not null), 0), 6) as "Spend per 1,000 tokens",
  cast(sum(total_tokens) filter (where is_free) as numeric)  as "Tokens of failed jobs",
  sum(0.001 * total_tokens * price_per_1000_tokens) filter (where is_free) as "Failed at list price",
  count(*) filter (where is_unknown)                         as "Jobs with unknown tokens",
  cast(round(max(tokens), 2) as numeric)                     as "Average tokens of a job",
  sum(0.001 * tokens * price_per_1000_tokens) filter (where is_unknown) as "Estimate of unknown spend"
from job
join average using (job_type)
group by job_type, currency
order by currency collate "C" nulls last, sum(spend) desc nulls last, job_type collate "C"
