-- Tokens of jobs and corrections that have more digits than a cell keeps, in two parts that a spreadsheet adds up exactly.
select
  job_id                                                     as "Job id",
  coalesce(job_type, '(no type)')                            as "Job type",
  tokens                                                     as "Tokens",
  div(tokens, 1000000)                                       as "Millions of tokens",
  mod(tokens, 1000000)                                       as "Other tokens"
from (
  select job_id, job_type, cast(coalesce(total_tokens, correction_tokens) as numeric) as tokens
  from audit.report_booking(:run_id, :account, :from, :to)) as booking
where abs(tokens) >= 1000000000000000
order by tokens desc, job_id collate "C"
