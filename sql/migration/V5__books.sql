-- What finance books: prices, months that are closed, and what each job costs.
create table audit.price (
  account                text not null,
  job_type               text not null,
  currency               text not null,
  price_per_1000_tokens  numeric not null check (price_per_1000_tokens >= 0),
  valid_from             date not null,
  valid_to               date,
  starts_at              timestamptz not null,
  ends_at                timestamptz,
  note                   text,
  primary key (account, job_type, valid_from)
);
comment on table audit.price is 'Prices of tokens as they were last loaded from the price file; of a job type at most one at any moment.';
comment on column audit.price.account is 'Name of the cloud account.';
comment on column audit.price.job_type is 'Job type that the price is for.';
comment on column audit.price.currency is 'ISO 4217 code.';
comment on column audit.price.price_per_1000_tokens is 'Price of 1,000 tokens, exact.';
comment on column audit.price.valid_from is 'First day, in the report''s zone.';
comment on column audit.price.valid_to is 'Last day, in the report''s zone; null for no end.';
comment on column audit.price.starts_at is 'The midnight that begins the first day.';
comment on column audit.price.ends_at is 'The midnight that ends the last day, exclusive; null for no end.';
comment on column audit.price.note is 'The file''s note.';

create table audit.month_close (
  close_id       bigint generated always as identity primary key,
  account        text not null,
  month          date not null check (extract(day from month) = 1),
  zone           text not null,
  starts_at      timestamptz not null,
  ends_at        timestamptz not null,
  closed_at      timestamptz not null,
  closed_by      text not null,
  version        text not null,
  last_change_id bigint,
  filed_at       timestamptz,
  reopened_at    timestamptz,
  reopened_by    text,
  reopen_reason  text,
  check ((reopened_at is null) = (reopen_reason is null))
);
create unique index month_close_once on audit.month_close (account, month) where reopened_at is null;
comment on table audit.month_close is 'One row per closing of a month; a reopened one stays, with who and why.';
comment on column audit.month_close.close_id is 'Number of the closing.';
comment on column audit.month_close.account is 'Name of the cloud account.';
comment on column audit.month_close.month is 'First day of the month.';
comment on column audit.month_close.zone is 'Zone whose midnights bound the month.';
comment on column audit.month_close.starts_at is 'First moment of the month.';
comment on column audit.month_close.ends_at is 'First moment after the month.';
comment on column audit.month_close.closed_at is 'When it was closed: what is seen later is a correction.';
comment on column audit.month_close.closed_by is 'User of the operating system who closed it.';
comment on column audit.month_close.version is 'Version of job-audit.';
comment on column audit.month_close.last_change_id is 'Last change in the trail when it was closed: later ones are corrections, whatever the clocks say. Null where only closed_at tells.';
comment on column audit.month_close.filed_at is 'When its files were kept; null while that is still to be done.';
comment on column audit.month_close.reopened_at is 'When it was reopened; null while it is closed.';
comment on column audit.month_close.reopened_by is 'User of the operating system who reopened it.';
comment on column audit.month_close.reopen_reason is 'Why it was reopened.';

create table audit.closed_job (
  close_id               bigint not null references audit.month_close (close_id),
  job_id                 text not null,
  state                  text,
  job_type               text,
  error_code             text,
  total_tokens           bigint,
  prompt_tokens          bigint,
  completion_tokens      bigint,
  usage_status           text not null,
  create_time            timestamptz not null,
  currency               text,
  price_per_1000_tokens  numeric,
  spend_status           text not null,
  spend                  numeric,
  primary key (close_id, job_id)
);
create index closed_job_id on audit.closed_job (job_id);
comment on table audit.closed_job is 'The jobs of a closed month as they were booked. Never changed.';
comment on column audit.closed_job.close_id is 'The closing.';
comment on column audit.closed_job.job_id is 'Id of the smart job.';
comment on column audit.closed_job.state is 'State when closed.';
comment on column audit.closed_job.job_type is 'Job type when closed.';
comment on column audit.closed_job.error_code is 'Error code when closed.';
comment on column audit.closed_job.total_tokens is 'Tokens booked; null is not zero.';
comment on column audit.closed_job.prompt_tokens is 'Tokens of the prompt.';
comment on column audit.closed_job.completion_tokens is 'Tokens of the completion.';
comment on column audit.closed_job.usage_status is 'REPORTED, ABSENT or UNREADABLE.';
comment on column audit.closed_job.create_time is 'When the job was created.';
comment on column audit.closed_job.currency is 'Currency of the price; null without one.';
comment on column audit.closed_job.price_per_1000_tokens is 'Price of 1,000 tokens; null without one.';
comment on column audit.closed_job.spend_status is 'PRICED, UNPRICED, UNKNOWN or FREE, as in v_job.';
comment on column audit.closed_job.spend is 'What the job costs, exact; null unless PRICED.';

create table audit.closed_file (
  close_id  bigint not null references audit.month_close (close_id),
  name      text not null,
  sha256    text not null,
  rows      bigint not null default 0,
  content   bytea not null,
  primary key (close_id, name)
);
-- A workbook is compressed as it is, and so a part of it can be read alone.
alter table audit.closed_file alter column content set storage external;
comment on table audit.closed_file is 'The files of a closed month, byte for byte.';
comment on column audit.closed_file.close_id is 'The closing.';
comment on column audit.closed_file.name is 'Name of the file.';
comment on column audit.closed_file.sha256 is 'SHA-256 of the content in hex.';
comment on column audit.closed_file.rows is 'Detail rows in it.';
comment on column audit.closed_file.content is 'The file.';

create index smart_job_created on audit.smart_job (account, create_time);

create function audit.spend_status(state text, total_tokens bigint, price numeric) returns text language sql immutable as $$
  select case when state = 'Failed' then 'FREE' when total_tokens is null then 'UNKNOWN' when price is null then 'UNPRICED' else 'PRICED' end
$$;
comment on function audit.spend_status(text, bigint, numeric) is 'FREE: failed jobs are. UNKNOWN: no usage that can be read. UNPRICED: tokens without a price. PRICED: the rest.';

-- A product is exact, a quotient would be rounded.
create view audit.v_job as
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  p.currency, p.price_per_1000_tokens,
  audit.spend_status(j.state, j.total_tokens, p.price_per_1000_tokens) as spend_status,
  case when j.state is distinct from 'Failed' then j.total_tokens * p.price_per_1000_tokens * 0.001 end as spend
from audit.smart_job j
left join audit.price p on p.account = j.account and p.job_type = j.job_type
  and j.create_time >= p.starts_at and (p.ends_at is null or j.create_time < p.ends_at);
comment on view audit.v_job is 'Every stored job as it stands now, with what it costs by the prices of its day.';

create view audit.v_change as
select
  c.change_id, c.account, c.job_id, c.run_id, c.changed_at,
  c.old_state, c.new_state,
  c.old_job_type, c.new_job_type,
  c.old_error_code, c.new_error_code,
  c.old_error_message, c.new_error_message,
  c.old_total_tokens, c.new_total_tokens,
  c.old_prompt_tokens, c.new_prompt_tokens,
  c.old_completion_tokens, c.new_completion_tokens,
  c.old_usage_status, c.new_usage_status
from audit.smart_job_change c;
comment on view audit.v_change is 'The trail: whenever state, type, error or usage of a stored job changed, what it was and what it became.';
comment on column audit.v_change.change_id is 'Number of the change, in order.';
comment on column audit.v_change.account is 'Name of the cloud account.';
comment on column audit.v_change.job_id is 'Id of the smart job.';
comment on column audit.v_change.run_id is 'The run that saw the change.';
comment on column audit.v_change.changed_at is 'When the answer that differs was fetched.';
comment on column audit.v_change.old_state is 'State stored before.';
comment on column audit.v_change.new_state is 'State now.';
comment on column audit.v_change.old_job_type is 'Job type stored before.';
comment on column audit.v_change.new_job_type is 'Job type now.';
comment on column audit.v_change.old_error_code is 'Error code stored before.';
comment on column audit.v_change.new_error_code is 'Error code now.';
comment on column audit.v_change.old_error_message is 'Error message stored before.';
comment on column audit.v_change.new_error_message is 'Error message now.';
comment on column audit.v_change.old_total_tokens is 'Total tokens stored before.';
comment on column audit.v_change.new_total_tokens is 'Total tokens now.';
comment on column audit.v_change.old_prompt_tokens is 'Prompt tokens stored before.';
comment on column audit.v_change.new_prompt_tokens is 'Prompt tokens now.';
comment on column audit.v_change.old_completion_tokens is 'Completion tokens stored before.';
comment on column audit.v_change.new_completion_tokens is 'Completion tokens now.';
comment on column audit.v_change.old_usage_status is 'Usage status stored before.';
comment on column audit.v_change.new_usage_status is 'Usage status now.';

create view audit.v_booked_job as
select
  j.account, j.job_id, c.state, c.job_type, c.error_code, case when c.state = 'Failed' then j.error_message end as error_message,
  c.total_tokens, c.prompt_tokens, c.completion_tokens, c.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  c.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  c.currency, c.price_per_1000_tokens, c.spend_status, c.spend
from audit.month_close m
join audit.closed_job c on c.close_id = m.close_id
join audit.smart_job j on j.account = m.account and j.job_id = c.job_id
where m.reopened_at is null
union all
select
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.labels, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend
from audit.v_job j
where not exists (
  select from audit.month_close m
  where m.account = j.account and m.reopened_at is null and j.create_time >= m.starts_at and j.create_time < m.ends_at)
and not exists (
  select from audit.closed_job c
  join audit.month_close m on m.close_id = c.close_id
  where c.job_id = j.job_id and m.account = j.account and m.reopened_at is null);
comment on view audit.v_booked_job is 'Every job as it is booked: as it was when its month was closed, else as it stands now. A job that is seen first after that is no row but a correction.';

-- A change of a job of a closed month takes back what was booked and books what is true: two legs, added up where job type,
-- currency and price are the same. It is never seen in a month that was closed before it: nobody would book it there.
create view audit.v_correction as
with closed as (
  select m.*
  from audit.month_close m
  where m.reopened_at is null),
late as (
  select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, j.job_id, j.create_time, j.first_run_id,
    j.state, j.job_type, j.total_tokens
  from closed m
  join audit.smart_job j on j.account = m.account and j.create_time >= m.starts_at and j.create_time < m.ends_at
  where not exists (
    select from audit.closed_job c
    join closed o on o.close_id = c.close_id
    where c.job_id = j.job_id and o.account = j.account)),
known as (
  select m.close_id, m.month, m.account, m.closed_at, m.last_change_id, c.job_id, c.create_time
  from closed m
  join audit.closed_job c on c.close_id = m.close_id
  union all
  select close_id, month, account, closed_at, last_change_id, job_id, create_time
  from late),
changed as (
  select k.close_id, k.month, k.account, k.closed_at, k.job_id, k.create_time,
    ch.change_id, ch.run_id, ch.changed_at,
    ch.old_state, ch.new_state, ch.old_job_type, ch.new_job_type, ch.old_total_tokens, ch.new_total_tokens,
    row_number() over (partition by k.close_id, k.job_id order by ch.change_id) as nth
  from known k
  join audit.smart_job_change ch on ch.account = k.account and ch.job_id = k.job_id
    and case when k.last_change_id is null then ch.changed_at > k.closed_at else ch.change_id > k.last_change_id end),
seen as (
  select ch.close_id, ch.month, ch.account, ch.job_id, ch.create_time, ch.change_id, ch.run_id,
    greatest(ch.changed_at, ch.closed_at, (
      select max(o.closed_at)
      from closed o
      where o.account = ch.account and o.last_change_id < ch.change_id)) as seen_at,
    'CHANGED' as reason,
    ch.old_state, ch.new_state, ch.old_job_type, ch.new_job_type, ch.old_total_tokens, ch.new_total_tokens
  from changed ch
  union all
  select l.close_id, l.month, l.account, l.job_id, l.create_time, 0, l.first_run_id,
    greatest(coalesce(i.decided_at, r.started_at), l.closed_at), 'LATE',
    null, case when ch.job_id is null then l.state else ch.old_state end,
    null, case when ch.job_id is null then l.job_type else ch.old_job_type end,
    null, case when ch.job_id is null then l.total_tokens else ch.old_total_tokens end
  from late l
  join audit.audit_run r on r.run_id = l.first_run_id
  left join audit.audit_item i on i.run_id = l.first_run_id and i.job_id = l.job_id
  left join changed ch on ch.close_id = l.close_id and ch.job_id = l.job_id and ch.nth = 1),
leg as (
  select s.close_id, s.month, s.account, s.job_id, s.create_time, s.change_id, s.run_id, s.seen_at, s.reason, s.old_state, s.new_state,
    l.state, l.job_type, l.total_tokens, l.sign
  from seen s
  cross join lateral (values (s.old_state, s.old_job_type, s.old_total_tokens, -1), (s.new_state, s.new_job_type, s.new_total_tokens, 1))
    as l (state, job_type, total_tokens, sign)
  where l.total_tokens is not null)
select
  l.account, l.close_id, l.month, l.job_id, l.change_id, l.create_time, l.seen_at, l.run_id, l.reason, l.old_state, l.new_state,
  l.job_type, p.currency, p.price_per_1000_tokens,
  sum(l.sign * l.total_tokens) as tokens,
  case when p.currency is not null then
    coalesce(sum(l.sign * l.total_tokens * p.price_per_1000_tokens * 0.001) filter (where l.state is distinct from 'Failed'), 0) end as spend
from leg l
left join audit.price p on p.account = l.account and p.job_type = l.job_type
  and l.create_time >= p.starts_at and (p.ends_at is null or l.create_time < p.ends_at)
group by l.account, l.close_id, l.month, l.job_id, l.change_id, l.create_time, l.seen_at, l.run_id, l.reason, l.old_state, l.new_state,
  l.job_type, p.currency, p.price_per_1000_tokens
having sum(l.sign * l.total_tokens) <> 0
  or sum(l.sign * l.total_tokens * p.price_per_1000_tokens) filter (where l.state is distinct from 'Failed') <> 0;
comment on view audit.v_correction is 'What was learnt of closed months after their closing, to be booked in the month in which it was seen.';

create or replace view audit.v_run_job as
select
  i.run_id, i.item_no, i.outcome, i.decided_at, i.labels as item_labels,
  j.account, j.job_id, j.state, j.job_type, j.error_code, j.error_message,
  j.total_tokens, j.prompt_tokens, j.completion_tokens, j.usage_status,
  j.title, j.user_id, j.user_data, j.input_file, j.media_id, j.media_url,
  j.create_time, j.modified_time, j.request_id, j.anomalies, j.fetched_at,
  j.currency, j.price_per_1000_tokens, j.spend_status, j.spend
from audit.audit_item i
join audit.audit_run r on r.run_id = i.run_id
join audit.v_job j on j.account = r.account and j.job_id = i.job_id
where i.outcome in ('FETCHED', 'UNCHANGED', 'EXPIRED');
comment on column audit.v_run_job.currency is 'Currency of the price; null without one.';
comment on column audit.v_run_job.price_per_1000_tokens is 'Price of 1,000 tokens on the job''s day; null without one.';
comment on column audit.v_run_job.spend_status is 'FREE: failed jobs are. UNKNOWN: no usage that can be read. UNPRICED: tokens without a price. PRICED: the rest.';
comment on column audit.v_run_job.spend is 'What the job costs, exact and not rounded; null unless PRICED.';

-- What a report is about: the jobs of a run as they stand now, or those of a period as they are booked.
create function audit.report_job(report_run bigint, report_account text, report_from timestamptz, report_to timestamptz)
returns setof audit.v_run_job language sql stable as $$
  select j.*
  from audit.v_run_job j
  where report_run is not null and j.run_id = report_run
  union all
  select null::bigint, null::bigint, null::text, null::timestamptz, b.labels,
    b.account, b.job_id, b.state, b.job_type, b.error_code, b.error_message,
    b.total_tokens, b.prompt_tokens, b.completion_tokens, b.usage_status,
    b.title, b.user_id, b.user_data, b.input_file, b.media_id, b.media_url,
    b.create_time, b.modified_time, b.request_id, b.anomalies, b.fetched_at,
    b.currency, b.price_per_1000_tokens, b.spend_status, b.spend
  from audit.v_booked_job b
  where report_run is null and b.account = report_account and b.create_time >= report_from and b.create_time < report_to
$$;
comment on function audit.report_job(bigint, text, timestamptz, timestamptz) is 'The jobs of a run or, where there is none, those that an account created in a period, the end excluded.';

-- Who a job's cost is booked to.
create function audit.group_of(path text, user_id text, user_data text, labels jsonb) returns text language plpgsql immutable as $$
begin
  if path = 'user_id' then
    return user_id;
  elsif path like 'user\_data.%' then
    if user_data is null or user_data !~ '^\s*[{\[]' then
      return null;
    end if;
    return cast(user_data as jsonb) #>> string_to_array(substr(path, 11), '.');
  end if;
  return labels ->> path;
exception when invalid_text_representation or untranslatable_character then
  return null;
end
$$;
comment on function audit.group_of(text, text, text, jsonb) is 'The value that a grouping path names in a job: user_id, user_data.PATH.INTO.JSON, or the name of a label.';

comment on column audit.v_job.account is 'Name of the cloud account.';
comment on column audit.v_job.job_id is 'Id of the smart job.';
comment on column audit.v_job.state is 'State as the API says it.';
comment on column audit.v_job.job_type is 'Job type.';
comment on column audit.v_job.error_code is 'Why the job failed.';
comment on column audit.v_job.error_message is 'The failure in words.';
comment on column audit.v_job.total_tokens is 'Tokens used; null is not zero.';
comment on column audit.v_job.prompt_tokens is 'Tokens of the prompt.';
comment on column audit.v_job.completion_tokens is 'Tokens of the completion.';
comment on column audit.v_job.usage_status is 'REPORTED, ABSENT or UNREADABLE.';
comment on column audit.v_job.title is 'Title.';
comment on column audit.v_job.user_id is 'Id of the user who submitted the job.';
comment on column audit.v_job.user_data is 'The submitter''s own text.';
comment on column audit.v_job.labels is 'Labels from the inputs that named the job.';
comment on column audit.v_job.input_file is 'Input of the job.';
comment on column audit.v_job.media_id is 'Media id of the output.';
comment on column audit.v_job.media_url is 'URL of the output media.';
comment on column audit.v_job.create_time is 'When the job was created.';
comment on column audit.v_job.modified_time is 'When the job last changed.';
comment on column audit.v_job.request_id is 'The vendor''s request id.';
comment on column audit.v_job.anomalies is 'What could not be read as documented.';
comment on column audit.v_job.fetched_at is 'When the API gave this answer.';
comment on column audit.v_job.currency is 'Currency of the price; null without one.';
comment on column audit.v_job.price_per_1000_tokens is 'Price of 1,000 tokens on the job''s day; null without one.';
comment on column audit.v_job.spend_status is 'FREE: failed jobs are. UNKNOWN: no usage that can be read. UNPRICED: tokens without a price. PRICED: the rest.';
comment on column audit.v_job.spend is 'What the job costs, exact and not rounded; null unless PRICED.';

comment on column audit.v_booked_job.account is 'Name of the cloud account.';
comment on column audit.v_booked_job.job_id is 'Id of the smart job.';
comment on column audit.v_booked_job.state is 'State as the API says it.';
comment on column audit.v_booked_job.job_type is 'Job type.';
comment on column audit.v_booked_job.error_code is 'Why the job failed.';
comment on column audit.v_booked_job.error_message is 'The failure in words.';
comment on column audit.v_booked_job.total_tokens is 'Tokens used; null is not zero.';
comment on column audit.v_booked_job.prompt_tokens is 'Tokens of the prompt.';
comment on column audit.v_booked_job.completion_tokens is 'Tokens of the completion.';
comment on column audit.v_booked_job.usage_status is 'REPORTED, ABSENT or UNREADABLE.';
comment on column audit.v_booked_job.title is 'Title.';
comment on column audit.v_booked_job.user_id is 'Id of the user who submitted the job.';
comment on column audit.v_booked_job.user_data is 'The submitter''s own text.';
comment on column audit.v_booked_job.labels is 'Labels from the inputs that named the job.';
comment on column audit.v_booked_job.input_file is 'Input of the job.';
comment on column audit.v_booked_job.media_id is 'Media id of the output.';
comment on column audit.v_booked_job.media_url is 'URL of the output media.';
comment on column audit.v_booked_job.create_time is 'When the job was created.';
comment on column audit.v_booked_job.modified_time is 'When the job last changed.';
comment on column audit.v_booked_job.request_id is 'The vendor''s request id.';
comment on column audit.v_booked_job.anomalies is 'What could not be read as documented.';
comment on column audit.v_booked_job.fetched_at is 'When the API gave this answer.';
comment on column audit.v_booked_job.currency is 'Currency of the price; null without one.';
comment on column audit.v_booked_job.price_per_1000_tokens is 'Price of 1,000 tokens on the job''s day; null without one.';
comment on column audit.v_booked_job.spend_status is 'FREE: failed jobs are. UNKNOWN: no usage that can be read. UNPRICED: tokens without a price. PRICED: the rest.';
comment on column audit.v_booked_job.spend is 'What the job costs, exact and not rounded; null unless PRICED.';

comment on column audit.v_correction.account is 'Name of the cloud account.';
comment on column audit.v_correction.close_id is 'The closing that is corrected.';
comment on column audit.v_correction.month is 'First day of the closed month.';
comment on column audit.v_correction.job_id is 'Id of the smart job.';
comment on column audit.v_correction.change_id is 'Number of the change; 0 for a job that was seen late.';
comment on column audit.v_correction.create_time is 'When the job was created, in the closed month.';
comment on column audit.v_correction.seen_at is 'When it was learnt: the month that books it.';
comment on column audit.v_correction.run_id is 'The run that learnt it.';
comment on column audit.v_correction.reason is 'CHANGED: the stored job changed. LATE: it was seen first after the closing.';
comment on column audit.v_correction.old_state is 'State before; null for LATE.';
comment on column audit.v_correction.new_state is 'State after.';
comment on column audit.v_correction.job_type is 'Job type that the leg is booked under.';
comment on column audit.v_correction.currency is 'Currency of the price; null without one.';
comment on column audit.v_correction.price_per_1000_tokens is 'Price of 1,000 tokens on the job''s day; null without one.';
comment on column audit.v_correction.tokens is 'Tokens to add, or below 0 to take back.';
comment on column audit.v_correction.spend is 'Money to add, or below 0 to take back, exact; null without a price.';
