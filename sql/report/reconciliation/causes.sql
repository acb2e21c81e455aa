-- What each cause can explain at most, and by which figures; empty where it can explain anything.
select
  job_type               as "Job type",
  currency               as "Currency",
  lines                  as "Bill lines",
  usage                  as "Billed usage",
  unit                   as "Usage unit",
  jobs                   as "Jobs",
  tokens                 as "Our tokens",
  price_per_1000_tokens  as "Price of 1,000 tokens",
  failed_tokens          as "Failed tokens",
  failed_limit           as "Failed, at most",
  unpriced_tokens        as "Unpriced tokens",
  unpriced_limit         as "Unpriced, at most",
  timeless_spend         as "Without time, booked here",
  timeless_later         as "Without time, booked later",
  silent_jobs            as "Jobs not reporting",
  largest_tokens         as "Largest usage of a job",
  silent_limit           as "Not reporting, at most"
from audit.reconciliation(:account, :from, :to, cast(:bill as jsonb), :billing_currency)
order by job_type collate "C", currency collate "C"
