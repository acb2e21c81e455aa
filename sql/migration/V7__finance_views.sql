-- What BI tools ask of finance, beside v_booked_job and v_correction. Days and months need a zone, so they are left to them.
create view audit.v_price as
select account, job_type, currency, price_per_1000_tokens, valid_from, valid_to, starts_at, ends_at, note
from audit.price;
comment on view audit.v_price is 'Prices of tokens as they were last loaded from the price file.';
comment on column audit.v_price.account is 'Name of the cloud account.';
comment on column audit.v_price.job_type is 'Job type that the price is for.';
comment on column audit.v_price.currency is 'ISO 4217 code.';
comment on column audit.v_price.price_per_1000_tokens is 'Price of 1,000 tokens, exact.';
comment on column audit.v_price.valid_from is 'First day, in the report''s zone.';
comment on column audit.v_price.valid_to is 'Last day, in the report''s zone; null for no end.';
comment on column audit.v_price.starts_at is 'The midnight that begins the first day.';
comment on column audit.v_price.ends_at is 'The midnight that ends the last day, exclusive; null for no end.';
comment on column audit.v_price.note is 'The file''s note.';

create view audit.v_run_spend as
select
  run_id, account, job_type, spend_status, currency,
  count(*)                           as jobs,
  cast(sum(total_tokens) as numeric) as total_tokens,
  sum(spend)                         as spend
from audit.v_run_job
group by run_id, account, job_type, spend_status, currency;
comment on view audit.v_run_spend is 'What the jobs of each run cost, as they stand now. Amounts in several currencies are not to be added up.';
comment on column audit.v_run_spend.run_id is 'The run.';
comment on column audit.v_run_spend.account is 'Name of the cloud account.';
comment on column audit.v_run_spend.job_type is 'Job type.';
comment on column audit.v_run_spend.spend_status is 'FREE: failed jobs are. UNKNOWN: no usage that can be read. UNPRICED: tokens without a price. PRICED: the rest.';
comment on column audit.v_run_spend.currency is 'Currency of the price; null without one.';
comment on column audit.v_run_spend.jobs is 'Number of jobs.';
comment on column audit.v_run_spend.total_tokens is 'Tokens used; null is not zero.';
comment on column audit.v_run_spend.spend is 'What they cost, exact and not rounded; null unless PRICED.';

create view audit.v_month_close as
select
  close_id, account, month, zone, starts_at, ends_at, closed_at, closed_by, version, reopened_at, reopened_by, reopen_reason
from audit.month_close;
comment on view audit.v_month_close is 'One row per closing of a month; a reopened one stays, with who and why.';
comment on column audit.v_month_close.close_id is 'Number of the closing.';
comment on column audit.v_month_close.account is 'Name of the cloud account.';
comment on column audit.v_month_close.month is 'First day of the month.';
comment on column audit.v_month_close.zone is 'Zone whose midnights bound the month.';
comment on column audit.v_month_close.starts_at is 'First moment of the month.';
comment on column audit.v_month_close.ends_at is 'First moment after the month.';
comment on column audit.v_month_close.closed_at is 'When it was closed: what is seen later is a correction.';
comment on column audit.v_month_close.closed_by is 'User of the operating system who closed it.';
comment on column audit.v_month_close.version is 'Version of job-audit.';
comment on column audit.v_month_close.reopened_at is 'When it was reopened; null while it is closed.';
comment on column audit.v_month_close.reopened_by is 'User of the operating system who reopened it.';
comment on column audit.v_month_close.reopen_reason is 'Why it was reopened.';
