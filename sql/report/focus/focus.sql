-- The charges as FOCUS names them: its columns first, by name, then our own. src/test/resources/focus-rules.csv says what each column
-- holds. :complete chooses the charges that have every value FOCUS requires, or all others: their tokens or price are unknown, and so
-- is null. A job of a closed month has the values it was booked with, and later findings are rows of their own: nothing is counted
-- twice.
with closing as materialized (
  select close_id, starts_at, ends_at, group_by, invoice_id
  from audit.month_close
  where account = :account and reopened_at is null),
region (region_id, region_name) as (
  values
    ('ap-northeast-1', 'Japan (Tokyo)'),
    ('ap-northeast-2', 'South Korea (Seoul)'),
    ('ap-southeast-1', 'Singapore'),
    ('ap-southeast-3', 'Malaysia (Kuala Lumpur)'),
    ('ap-southeast-5', 'Indonesia (Jakarta)'),
    ('ap-southeast-6', 'Philippines (Manila)'),
    ('ap-southeast-7', 'Thailand (Bangkok)'),
    ('cn-beijing',     'China (Beijing)'),
    ('cn-chengdu',     'China (Chengdu)'),
    ('cn-guangzhou',   'China (Guangzhou)'),
    ('cn-hangzhou',    'China (Hangzhou)'),
    ('cn-heyuan',      'China (Heyuan)'),
    ('cn-hongkong',    'China (Hong Kong)'),
    ('cn-huhehaote',   'China (Hohhot)'),
    ('cn-qingdao',     'China (Qingdao)'),
    ('cn-shanghai',    'China (Shanghai)'),
    ('cn-shenzhen',    'China (Shenzhen)'),
    ('cn-wulanchabu',  'China (Ulanqab)'),
    ('cn-zhangjiakou', 'China (Zhangjiakou)'),
    ('eu-central-1',   'Germany (Frankfurt)'),
    ('eu-west-1',      'UK (London)'),
    ('me-central-1',   'SAU (Riyadh)'),
    ('me-east-1',      'UAE (Dubai)'),
    ('us-east-1',      'US (Virginia)'),
    ('us-west-1',      'US (Silicon Valley)')),
charge as (
  select
    j.account, j.job_id, j.first_run_id, j.item_no, case when b.close_id is null then j.item_labels else b.labels end as labels,
    j.create_time, case when b.close_id is null then j.booked_at else b.booked_at end as used_at,
    case when b.close_id is null then j.booked_at else b.booked_at end as booked_at,
    cast(null as date) as corrects, 0 as change_id,
    case when b.close_id is null then j.job_type             else b.job_type             end as job_type,
    case when b.close_id is null then j.state                else b.state                end as state,
    cast(case when b.close_id is null then j.total_tokens    else b.total_tokens         end as numeric) as tokens,
    case when b.close_id is null then j.currency             else b.currency             end as currency,
    case when b.close_id is null then j.price_per_1000_tokens else b.price_per_1000_tokens end as price,
    case when b.close_id is null then j.spend_status         else b.spend_status         end as spend_status,
    case when b.close_id is null then j.spend                else b.spend                end as spend,
    case when b.close_id is null then j.title                else b.title                end as title,
    case when b.close_id is null then j.user_id              else b.user_id              end as user_id,
    case when b.close_id is null then j.user_data            else b.user_data            end as user_data,
    coalesce(b.group_by, j.group_by)                                                         as group_by
  from audit.report_job(:run_id, :account, :from, :to) j
  left join lateral (
    select c.*, (select m.group_by from closing m where m.close_id = c.close_id) as group_by
    from audit.closed_job c
    where c.job_id = j.job_id and exists (select from closing m where m.close_id = c.close_id offset 0)
    offset 0) as b on true
  where b.close_id is not null or not exists (
    select from closing m
    where j.booked_at >= m.starts_at and j.booked_at < m.ends_at)
  union all
  select
    c.account, c.job_id, null, null, c.labels, c.create_time, c.booked_at, c.seen_at,
    c.month, c.change_id,
    c.job_type, c.new_state, c.tokens, c.currency, c.price_per_1000_tokens,
    case when c.currency is null then 'UNPRICED' else 'PRICED' end, c.spend,
    null, c.user_id, c.user_data, c.group_by
  from audit.report_correction(:run_id, :account, :from, :to) c
  where cast(:run_id as bigint) is not null or c.seen_at >= :from and c.seen_at < :to),
priced as (
  select
    c.*,
    trim_scale(c.price)                                                   as list_price,
    trim_scale(c.tokens * c.price * 0.001)                                as list_cost,
    case when c.spend_status = 'FREE' then 0 else trim_scale(c.price) end as unit_price,
    case when c.spend_status = 'FREE' then 0 else trim_scale(c.spend) end as cost,
    coalesce(c.currency, :billing_currency)                               as charged_in,
    date_trunc('hour', c.used_at, :zone)                                  as hour,
    date_trunc('month', c.booked_at at time zone :zone)                   as month,
    'Smart job of ' || coalesce('type ' || c.job_type, 'unknown type') || ': ' ||
      case c.spend_status
        when 'FREE'     then 'failed, free of charge'
        when 'UNKNOWN'  then 'tokens not reported, or not readable'
        when 'UNPRICED' then 'tokens without a price'
        else                 'tokens at ' || trim_scale(c.price) || ' ' || c.currency || ' per 1000'
      end ||
      coalesce(', correction of ' || to_char(c.corrects, 'YYYY-MM'), '') ||
      case when c.create_time is null then ', time of creation unknown' else '' end as description
  from charge c
  where (c.tokens is not null and c.price is not null) = :complete)
select
  c.cost                                              as "BilledCost",
  case when c.charged_in = :billing_currency then :billing_account else :billing_account || '/' || c.charged_in end as "BillingAccountId",
  case when c.charged_in = :billing_currency then c.account else c.account || ' (' || c.charged_in || ')' end as "BillingAccountName",
  c.currency                                          as "BillingCurrency",
  to_char((c.month + interval '1 month') at time zone :zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "BillingPeriodEnd",
  to_char(c.month at time zone :zone at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "BillingPeriodStart",
  'Usage'                                             as "ChargeCategory",
  case when c.corrects is not null then 'Correction' end as "ChargeClass",
  c.description                                       as "ChargeDescription",
  'Usage-Based'                                       as "ChargeFrequency",
  to_char((c.hour + interval '1 hour') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "ChargePeriodEnd",
  to_char(c.hour at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "ChargePeriodStart",
  c.tokens                                            as "ConsumedQuantity",
  case when c.tokens is not null then 'Tokens' end    as "ConsumedUnit",
  c.cost                                              as "ContractedCost",
  c.unit_price                                        as "ContractedUnitPrice",
  c.cost                                              as "EffectiveCost",
  'Alibaba Cloud'                                     as "HostProviderName",
  (select m.invoice_id from closing m where c.booked_at >= m.starts_at and c.booked_at < m.ends_at) as "InvoiceId",
  'Alibaba Cloud'                                     as "InvoiceIssuerName",
  c.list_cost                                         as "ListCost",
  c.list_price                                        as "ListUnitPrice",
  'Standard'                                          as "PricingCategory",
  trim_scale(c.tokens * 0.001)                        as "PricingQuantity",
  case when c.tokens is not null then '1000 Tokens' end as "PricingUnit",
  'Alibaba Cloud'                                     as "ProviderName",
  'Alibaba Cloud'                                     as "PublisherName",
  f.region                                            as "RegionId",
  coalesce(r.region_name, f.region)                   as "RegionName",
  c.job_id                                            as "ResourceId",
  nullif(coalesce(c.title, f.title), '')              as "ResourceName",
  'Smart job'                                         as "ResourceType",
  'AI and Machine Learning'                           as "ServiceCategory",
  'Intelligent Media Services'                        as "ServiceName",
  'Alibaba Cloud'                                     as "ServiceProviderName",
  'Generative AI'                                     as "ServiceSubcategory",
  'ice/' || c.job_type                                as "SkuId",
  case when c.job_type is not null then 'Tokens' end  as "SkuMeter",
  case when c.price is not null then '{"x_TokensPerPricingUnit": 1000}' end as "SkuPriceDetails",
  'ice/' || c.job_type || '/' || c.currency || '/' || c.list_price as "SkuPriceId",
  c.user_id                                           as "SubAccountId",
  c.user_id                                           as "SubAccountName",
  cast(nullif(c.labels, '{}') as text)                as "Tags",
  to_char(c.corrects, 'YYYY-MM')                      as "x_CorrectedMonth",
  audit.group_of(coalesce(c.group_by, :group_by), c.user_id, c.user_data, c.labels) as "x_CostCentre",
  c.job_id                                            as "x_JobId",
  c.job_type                                          as "x_JobType",
  c.spend_status                                      as "x_SpendStatus",
  c.state                                             as "x_State"
from priced c
cross join lateral (
  select a.region, s.title
  from (
    select c.first_run_id as run_id, null as title
    where c.first_run_id is not null
    union all
    select s.first_run_id, case when c.corrects is not null then s.title end
    from audit.smart_job s
    where c.first_run_id is null and s.account = c.account and s.job_id = c.job_id) as s
  join audit.audit_run a on a.run_id = s.run_id
  offset 0) as f
left join region r on r.region_id = f.region
order by c.corrects is not null, c.item_no, c.booked_at, c.job_id collate "C", c.change_id, c.job_type collate "C", c.tokens
