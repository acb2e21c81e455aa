-- Prices in force, with what was used and corrected at each; prices of closed jobs that are no longer in the price file; and job types that used
-- tokens without a price.
with job as (
  select job_type, currency, price_per_1000_tokens, spend_status, booked_at, total_tokens, spend, null::numeric as corrected_tokens,
    null::numeric as correction
  from audit.report_job(:run_id, :account, :from, :to)
  where spend_status in ('PRICED', 'UNPRICED')
  union all
  select job_type, currency, price_per_1000_tokens, case when currency is null then 'UNPRICED' else 'PRICED' end, booked_at, null, null,
    tokens - free_tokens, spend
  from audit.report_correction(:run_id, :account, :from, :to)
  where cast(:run_id as bigint) is null and seen_at >= :from and seen_at < :to),
price as (
  select job_type, currency, price_per_1000_tokens, valid_from, valid_to, starts_at, ends_at, note
  from audit.v_price
  where account = :account
  and (cast(:to as timestamptz) is null or starts_at < :to)
  and (cast(:from as timestamptz) is null or ends_at is null or ends_at > :from)),
booked as (
  select j.job_type, j.currency, j.price_per_1000_tokens, p.valid_from, j.spend_status,
    count(j.total_tokens) as jobs, sum(j.total_tokens) as tokens, sum(j.spend) as spend,
    sum(j.corrected_tokens) as corrected_tokens, sum(j.correction) as correction, sum(coalesce(j.spend, j.correction)) as booked
  from job j
  left join price p on p.job_type = j.job_type and p.currency = j.currency
    and p.price_per_1000_tokens = j.price_per_1000_tokens
    and j.booked_at >= p.starts_at and (p.ends_at is null or j.booked_at < p.ends_at)
  group by 1, 2, 3, 4, 5)
select
  coalesce(p.job_type, b.job_type, '(no type)')  as "Job type",
  case when p.job_type is not null then 'In force' when b.spend_status = 'PRICED' then 'As closed' else 'Unpriced' end
                                                as "Status",
  coalesce(p.currency, b.currency)              as "Currency",
  coalesce(p.price_per_1000_tokens, b.price_per_1000_tokens) as "Price of 1,000 tokens",
  p.valid_from                                  as "Valid from",
  p.valid_to                                    as "Valid to",
  b.jobs                                        as "Jobs with tokens",
  cast(b.tokens as numeric)                     as "Tokens",
  b.spend                                       as "Spend",
  b.corrected_tokens                            as "Corrected tokens",
  b.correction                                  as "Corrections",
  b.booked                                      as "Booked",
  p.note                                        as "Note"
from price p
full join booked b on b.job_type = p.job_type and b.valid_from = p.valid_from
order by coalesce(b.spend_status, '') = 'UNPRICED' desc, coalesce(p.job_type, b.job_type) collate "C" nulls last,
  p.valid_from nulls first, b.currency collate "C", b.price_per_1000_tokens
