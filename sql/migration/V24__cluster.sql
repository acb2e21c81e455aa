-- Runs that several processes share: their parts, the tasks that are left, and nights of several accounts.

-- The table of db-scheduler 16. Its version is the token by which a process proves in each transaction that a task is still its own.
create table audit.scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamptz not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamptz,
  last_failure         timestamptz,
  consecutive_failures integer,
  last_heartbeat       timestamptz,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on audit.scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on audit.scheduled_tasks (last_heartbeat);
comment on table audit.scheduled_tasks is 'Tasks that workers have or may take. Only db-scheduler writes to it; it is empty when no shared run is in progress.';
comment on column audit.scheduled_tasks.task_name is 'Kind of the task, version of its form, and account.';
comment on column audit.scheduled_tasks.task_instance is 'Run and lane, or night.';
comment on column audit.scheduled_tasks.task_data is 'Not used.';
comment on column audit.scheduled_tasks.execution_time is 'From when on it may be taken.';
comment on column audit.scheduled_tasks.picked is 'Whether a worker has it.';
comment on column audit.scheduled_tasks.picked_by is 'The worker that has it.';
comment on column audit.scheduled_tasks.last_success is 'When a worker gave it back last.';
comment on column audit.scheduled_tasks.last_failure is 'When it failed last.';
comment on column audit.scheduled_tasks.consecutive_failures is 'Failures since its last success.';
comment on column audit.scheduled_tasks.last_heartbeat is 'Last sign of life of the worker that has it.';
comment on column audit.scheduled_tasks.version is 'Changes when a worker takes it or loses it.';
comment on column audit.scheduled_tasks.priority is 'Not used.';

alter table audit.audit_run
  add column lanes           smallint check (lanes > 0),
  add column stopping_code   integer,
  add column stopping_reason text;
comment on column audit.audit_run.lanes is 'How many processes may fetch the run at once; null for a run of one process. A run in progress with lanes belongs to the workers.';
comment on column audit.audit_run.stopping_code is 'Exit code with which a shared run ends early, as soon as it is set.';
comment on column audit.audit_run.stopping_reason is 'Why a shared run ends early.';

create table audit.audit_part (
  run_id        bigint not null references audit.audit_run (run_id),
  part_no       integer not null,
  line_after    bigint not null,
  last_line     bigint not null,
  lane          smallint,
  node          text,
  taken_at      timestamptz,
  finished_at   timestamptz,
  losses        integer not null default 0,
  api_calls     bigint not null default 0,
  api_throttled bigint not null default 0,
  api_retries   bigint not null default 0,
  api_waited_ms bigint not null default 0,
  api_fetch_ms  bigint not null default 0,
  primary key (run_id, part_no)
);
comment on table audit.audit_part is 'Parts of shared runs. A part is a range of input lines; its pending ids are fetched by one worker at a time.';
comment on column audit.audit_part.run_id is 'The run.';
comment on column audit.audit_part.part_no is 'Number of the part, from 1.';
comment on column audit.audit_part.line_after is 'The input line before the first of the part.';
comment on column audit.audit_part.last_line is 'The last input line of the part.';
comment on column audit.audit_part.lane is 'The lane that has taken it; null while it is free.';
comment on column audit.audit_part.node is 'The worker that took it last.';
comment on column audit.audit_part.taken_at is 'When it was taken first.';
comment on column audit.audit_part.finished_at is 'When its last id was decided.';
comment on column audit.audit_part.losses is 'How often a worker that had it gave no sign of life any more.';
comment on column audit.audit_part.api_calls is 'API calls for ids of the part.';
comment on column audit.audit_part.api_throttled is 'Calls that the API answered with throttling.';
comment on column audit.audit_part.api_retries is 'Calls that repeated an earlier one.';
comment on column audit.audit_part.api_waited_ms is 'Milliseconds that calls waited for the rate, added up over all calls in flight.';
comment on column audit.audit_part.api_fetch_ms is 'Milliseconds in which the part was fetched.';

create table audit.audit_night (
  night_id    bigint generated always as identity primary key,
  day         date not null,
  accounts    text[] not null,
  until       timestamptz,
  started_at  timestamptz not null default now(),
  finished_at timestamptz,
  exit_code   integer,
  summary     jsonb,
  unique (day, accounts)
);
comment on table audit.audit_night is 'Nights: one run for each of several accounts.';
comment on column audit.audit_night.night_id is 'Number of the night.';
comment on column audit.audit_night.day is 'Day on which it was started, in the zone of the reports.';
comment on column audit.audit_night.accounts is 'Names of its accounts, in order. The same accounts on the same day are the same night.';
comment on column audit.audit_night.until is 'From then on no call is made for it; null for no limit.';
comment on column audit.audit_night.started_at is 'When it was started first.';
comment on column audit.audit_night.finished_at is 'When the last of its accounts ended; null while it runs.';
comment on column audit.audit_night.exit_code is 'Exit code of the night.';
comment on column audit.audit_night.summary is 'night-summary.json as it was written.';

create table audit.audit_night_account (
  night_id  bigint not null references audit.audit_night (night_id),
  account   text not null,
  run_id    bigint references audit.audit_run (run_id),
  exit_code integer,
  reason    text,
  ended_at  timestamptz,
  primary key (night_id, account)
);
create index audit_night_account_run on audit.audit_night_account (run_id);
comment on table audit.audit_night_account is 'The accounts of a night and how each of them ended.';
comment on column audit.audit_night_account.night_id is 'The night.';
comment on column audit.audit_night_account.account is 'Name of the account.';
comment on column audit.audit_night_account.run_id is 'Its run; null if none was opened.';
comment on column audit.audit_night_account.exit_code is 'Exit code of the account; null while it is in progress.';
comment on column audit.audit_night_account.reason is 'Why it is not complete.';
comment on column audit.audit_night_account.ended_at is 'When it ended.';

create table audit.api_turn (
  account      text primary key,
  next_at      timestamptz not null default now(),
  drops        bigint not null default 0,
  dropped_at   timestamptz not null default '2000-01-01 00:00:00+00',
  accepted     double precision not null default 0,
  paused_until timestamptz
);
comment on table audit.api_turn is 'The rate of accounts of which several processes make calls at the same time.';
comment on column audit.api_turn.account is 'Name of the account.';
comment on column audit.api_turn.next_at is 'When the next call is due that no process has taken yet.';
comment on column audit.api_turn.drops is 'How often the rate was changed because of throttling.';
comment on column audit.api_turn.dropped_at is 'When the rate dropped last; from then on it climbs to the configured one.';
comment on column audit.api_turn.accepted is 'Calls per second that were accepted then.';
comment on column audit.api_turn.paused_until is 'Until when all wait because the API asked for it.';
