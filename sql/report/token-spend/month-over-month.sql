-- What the jobs of the period cost against those of the period before, by job type and cost centre, without corrections: the
-- difference is a price effect (the same tokens at another price) and a volume effect (other tokens at the old price).
with spent as (
  select true as is_now, coalesce(job_type, '(no type)') as job_type,
    audit.group_of(coalesce(group_by, :group_by), user_id, user_data, item_labels) as cost_centre, currency, total_tokens, spend
  from audit.report_job(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is null and spend is not null
  union all
  select false, coalesce(job_type, '(no type)'), audit.group_of(coalesce(group_by, :group_by), user_id, user_data, item_labels), currency,
    total_tokens, spend
  from audit.report_job(null, :account, :previous_from, :from)
  where cast(:run_id as bigint) is null and spend is not null),
movement as (
  select job_type, cost_centre, currency,
    sum(total_tokens) filter (where is_now)                  as tokens,
    sum(total_tokens) filter (where not is_now)              as old_tokens,
    coalesce(sum(spend) filter (where is_now), 0)            as spend,
    coalesce(sum(spend) filter (where not is_now), 0)        as old_spend
  from spent
  group by job_type, cost_centre, currency),
effect as (
  select *, spend - old_spend as difference,
    -- More or fewer tokens at the old average price; the rest is the price.
    case when tokens > 0 and old_tokens > 0 then round(tokens * old_spend / old_tokens, 15) - old_spend else spend - old_spend end
      as of_volume
  from movement)
select
  job_type                                                   as "Job type",
  coalesce(cost_centre, '(none)')                            as "Cost centre",
  currency                                                   as "Currency",
  old_tokens                                                 as "Tokens before",
  tokens                                                     as "Tokens",
  old_spend                                                  as "Period before",
  spend                                                      as "This period",
  difference                                                 as "Difference",
  difference / nullif(old_spend, 0)                          as "Difference %",
  difference - of_volume                                     as "Price effect",
  of_volume                                                  as "Volume effect"
from effect
order by currency collate "C", abs(difference) desc, job_type collate "C", cost_centre collate "C" nulls last
