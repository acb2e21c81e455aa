-- What the API itself lists, so that a run can be held against it.
create table audit.audit_listing (
  run_id       bigint primary key references audit.audit_run (run_id) on delete cascade,
  listed_at    timestamptz not null,
  total_count  bigint
);
comment on table audit.audit_listing is 'Runs whose completeness was checked: one row once all jobs of the account are listed.';
comment on column audit.audit_listing.run_id is 'The run.';
comment on column audit.audit_listing.listed_at is 'When the last page was listed.';
comment on column audit.audit_listing.total_count is 'Jobs of the account as the API counts them; null when it does not say.';

create table audit.audit_listed_job (
  run_id       bigint not null references audit.audit_run (run_id) on delete cascade,
  job_id       text not null,
  job_type     text,
  state        text,
  create_time  timestamptz,
  primary key (run_id, job_id)
);
comment on table audit.audit_listed_job is 'The jobs that the API lists in a completeness check, whatever the run asked about.';
comment on column audit.audit_listed_job.run_id is 'The run that checked.';
comment on column audit.audit_listed_job.job_id is 'Id of the smart job as the API lists it.';
comment on column audit.audit_listed_job.job_type is 'Its type, as listed.';
comment on column audit.audit_listed_job.state is 'Its state, as listed.';
comment on column audit.audit_listed_job.create_time is 'When it was created, as listed.';

create view audit.v_completeness_gap as
select
  l.run_id, l.job_id,
  case
    when l.create_time >= r.started_at then 'CREATED_SINCE'
    when exists (
      select
      from audit.smart_job j
      where j.account = r.account and j.job_id = l.job_id and j.first_run_id < l.run_id) then 'AUDITED_BEFORE'
    else 'NEVER_AUDITED' end as gap,
  l.job_type, l.state, l.create_time,
  cast(null as bigint) as item_no, cast(null as text) as outcome, cast(null as jsonb) as labels
from audit.audit_listing c
join audit.audit_run r on r.run_id = c.run_id
join audit.audit_listed_job l on l.run_id = c.run_id
where not exists (
  select
  from audit.audit_item i
  where i.run_id = l.run_id and i.job_id = l.job_id)
union all
select
  i.run_id, i.job_id,
  case
    when i.outcome in ('NOT_FOUND', 'EXPIRED') or (j.create_time at time zone 'UTC' + interval '1 year') at time zone 'UTC' <= c.listed_at
      then 'UNKNOWN_TO_API'
    else 'NOT_LISTED' end,
  j.job_type, j.state, j.create_time, i.item_no, i.outcome, i.labels
from audit.audit_listing c
join audit.audit_run r on r.run_id = c.run_id
join audit.audit_item i on i.run_id = c.run_id
left join audit.smart_job j on j.account = r.account and j.job_id = i.job_id
where not exists (
  select
  from audit.audit_listed_job l
  where l.run_id = i.run_id and l.job_id = i.job_id);
comment on view audit.v_completeness_gap is 'Of runs whose completeness was checked: jobs that only the API''s list has, and ids that only the run''s input has.';
comment on column audit.v_completeness_gap.run_id is 'The run.';
comment on column audit.v_completeness_gap.job_id is 'Id of the smart job.';
comment on column audit.v_completeness_gap.gap is 'Listed, not named by the input: CREATED_SINCE the run began, AUDITED_BEFORE by an earlier run, else NEVER_AUDITED. Named, not listed: UNKNOWN_TO_API (not found, or forgotten after a year), else NOT_LISTED.';
comment on column audit.v_completeness_gap.job_type is 'Job type, as listed or stored.';
comment on column audit.v_completeness_gap.state is 'State, as listed or stored.';
comment on column audit.v_completeness_gap.create_time is 'When the job was created, as listed or stored.';
comment on column audit.v_completeness_gap.item_no is 'Line of the input; null for a job that it does not name.';
comment on column audit.v_completeness_gap.outcome is 'What became of the id; null for a job that the input does not name.';
comment on column audit.v_completeness_gap.labels is 'Labels of the input''s line; null for a job that it does not name.';

create view audit.v_completeness as
select
  c.run_id, r.account, c.listed_at, c.total_count, listed.jobs as listed, named.ids as named, both_have.jobs as in_both,
  gap.created_since + gap.audited_before + gap.never_audited as listed_not_named,
  gap.created_since, gap.audited_before, gap.never_audited, gap.not_listed, gap.unknown_to_api
from audit.audit_listing c
join audit.audit_run r on r.run_id = c.run_id
cross join lateral (
  select count(*) as jobs from audit.audit_listed_job l where l.run_id = c.run_id) as listed
cross join lateral (
  select count(*) as ids from audit.audit_item i where i.run_id = c.run_id) as named
cross join lateral (
  select count(*) as jobs
  from audit.audit_listed_job l
  join audit.audit_item i on i.run_id = l.run_id and i.job_id = l.job_id
  where l.run_id = c.run_id) as both_have
cross join lateral (
  select
    count(*) filter (where g.gap = 'CREATED_SINCE')   as created_since,
    count(*) filter (where g.gap = 'AUDITED_BEFORE')  as audited_before,
    count(*) filter (where g.gap = 'NEVER_AUDITED')   as never_audited,
    count(*) filter (where g.gap = 'NOT_LISTED')      as not_listed,
    count(*) filter (where g.gap = 'UNKNOWN_TO_API')  as unknown_to_api
  from audit.v_completeness_gap g
  where g.run_id = c.run_id) as gap;
comment on view audit.v_completeness is 'Of each run whose completeness was checked: listed = in_both + listed_not_named, named = in_both + not_listed + unknown_to_api.';
comment on column audit.v_completeness.run_id is 'The run.';
comment on column audit.v_completeness.account is 'Name of the cloud account.';
comment on column audit.v_completeness.listed_at is 'When all jobs were listed.';
comment on column audit.v_completeness.total_count is 'Jobs of the account as the API counts them; null when it does not say.';
comment on column audit.v_completeness.listed is 'Jobs that the API lists, each once.';
comment on column audit.v_completeness.named is 'Distinct ids of the run''s input.';
comment on column audit.v_completeness.in_both is 'Ids that are both listed and named.';
comment on column audit.v_completeness.listed_not_named is 'Listed and not named by the run''s input: the sum of the next three.';
comment on column audit.v_completeness.created_since is 'Of these, created since the run began.';
comment on column audit.v_completeness.audited_before is 'Of these, stored by an earlier run.';
comment on column audit.v_completeness.never_audited is 'Of these, the rest: no run has stored them.';
comment on column audit.v_completeness.not_listed is 'Named and not listed, though the API knows the id or does not say.';
comment on column audit.v_completeness.unknown_to_api is 'Named and not listed, because the API does not know the id or has forgotten it.';
