-- Spring Batch's own tables, as its schema-postgresql.sql of 6.0.4 draws them, in a schema of their own.
comment on schema batch is 'Spring Batch''s own book of executions. Written by the framework only.';

create table batch.batch_job_instance (
  job_instance_id bigint  not null primary key,
  version bigint,
  job_name varchar(100) not null,
  job_key varchar(32) not null,
  constraint job_inst_un unique (job_name, job_key)
);

create table batch.batch_job_execution (
  job_execution_id bigint  not null primary key,
  version bigint,
  job_instance_id bigint not null,
  create_time timestamp not null,
  start_time timestamp default null,
  end_time timestamp default null,
  status varchar(10),
  exit_code varchar(2500),
  exit_message varchar(2500),
  last_updated timestamp,
  constraint job_inst_exec_fk foreign key (job_instance_id)
  references batch.batch_job_instance(job_instance_id)
);

create table batch.batch_job_execution_params (
  job_execution_id bigint not null,
  parameter_name varchar(100) not null,
  parameter_type varchar(100) not null,
  parameter_value varchar(2500),
  identifying char(1) not null,
  constraint job_exec_params_fk foreign key (job_execution_id)
  references batch.batch_job_execution(job_execution_id)
);

create table batch.batch_step_execution (
  step_execution_id bigint  not null primary key,
  version bigint not null,
  step_name varchar(100) not null,
  job_execution_id bigint not null,
  create_time timestamp not null,
  start_time timestamp default null,
  end_time timestamp default null,
  status varchar(10),
  commit_count bigint,
  read_count bigint,
  filter_count bigint,
  write_count bigint,
  read_skip_count bigint,
  write_skip_count bigint,
  process_skip_count bigint,
  rollback_count bigint,
  exit_code varchar(2500),
  exit_message varchar(2500),
  last_updated timestamp,
  constraint job_exec_step_fk foreign key (job_execution_id)
  references batch.batch_job_execution(job_execution_id)
);

create table batch.batch_step_execution_context (
  step_execution_id bigint not null primary key,
  short_context varchar(2500) not null,
  serialized_context text,
  constraint step_exec_ctx_fk foreign key (step_execution_id)
  references batch.batch_step_execution(step_execution_id)
);

create table batch.batch_job_execution_context (
  job_execution_id bigint not null primary key,
  short_context varchar(2500) not null,
  serialized_context text,
  constraint job_exec_ctx_fk foreign key (job_execution_id)
  references batch.batch_job_execution(job_execution_id)
);

create sequence batch.batch_step_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch.batch_job_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch.batch_job_instance_seq maxvalue 9223372036854775807 no cycle;

comment on table batch.batch_job_instance is 'One job with one set of identifying parameters: here, one audit run.';
comment on column batch.batch_job_instance.job_instance_id is 'Key, from batch_job_instance_seq.';
comment on column batch.batch_job_instance.version is 'Optimistic lock.';
comment on column batch.batch_job_instance.job_name is 'Name of the job bean.';
comment on column batch.batch_job_instance.job_key is 'Hash of the identifying parameters.';

comment on table batch.batch_job_execution is 'One attempt at a job instance; a restart adds another.';
comment on column batch.batch_job_execution.job_execution_id is 'Key, from batch_job_execution_seq.';
comment on column batch.batch_job_execution.version is 'Optimistic lock.';
comment on column batch.batch_job_execution.job_instance_id is 'The instance attempted.';
comment on column batch.batch_job_execution.create_time is 'When it was created, local time of the process.';
comment on column batch.batch_job_execution.start_time is 'When it started, local time of the process.';
comment on column batch.batch_job_execution.end_time is 'When it ended, whatever the result; null while it runs or when the process died.';
comment on column batch.batch_job_execution.status is 'BatchStatus: STARTING, STARTED, STOPPING, STOPPED, FAILED, COMPLETED, ABANDONED, UNKNOWN.';
comment on column batch.batch_job_execution.exit_code is 'Exit status of the job.';
comment on column batch.batch_job_execution.exit_message is 'Stack trace or note that goes with the exit status.';
comment on column batch.batch_job_execution.last_updated is 'When this row was last saved.';

comment on table batch.batch_job_execution_params is 'The parameters that an execution was started with.';
comment on column batch.batch_job_execution_params.job_execution_id is 'The execution.';
comment on column batch.batch_job_execution_params.parameter_name is 'Name.';
comment on column batch.batch_job_execution_params.parameter_type is 'Java type of the value.';
comment on column batch.batch_job_execution_params.parameter_value is 'Value as text.';
comment on column batch.batch_job_execution_params.identifying is 'Y when it is part of the job key.';

comment on table batch.batch_step_execution is 'One attempt at one step of an execution, with its counts.';
comment on column batch.batch_step_execution.step_execution_id is 'Key, from batch_step_execution_seq.';
comment on column batch.batch_step_execution.version is 'Optimistic lock.';
comment on column batch.batch_step_execution.step_name is 'Name of the step.';
comment on column batch.batch_step_execution.job_execution_id is 'The execution it belongs to.';
comment on column batch.batch_step_execution.create_time is 'When it was created.';
comment on column batch.batch_step_execution.start_time is 'When it started.';
comment on column batch.batch_step_execution.end_time is 'When it ended; null while it runs or when the process died.';
comment on column batch.batch_step_execution.status is 'BatchStatus.';
comment on column batch.batch_step_execution.commit_count is 'Transactions committed.';
comment on column batch.batch_step_execution.read_count is 'Items read.';
comment on column batch.batch_step_execution.filter_count is 'Items left out by the processor.';
comment on column batch.batch_step_execution.write_count is 'Items written.';
comment on column batch.batch_step_execution.read_skip_count is 'Items skipped while reading (never: the job skips nothing).';
comment on column batch.batch_step_execution.write_skip_count is 'Items skipped while writing (never).';
comment on column batch.batch_step_execution.process_skip_count is 'Items skipped while processing (never).';
comment on column batch.batch_step_execution.rollback_count is 'Transactions rolled back.';
comment on column batch.batch_step_execution.exit_code is 'Exit status of the step.';
comment on column batch.batch_step_execution.exit_message is 'Stack trace or note that goes with the exit status.';
comment on column batch.batch_step_execution.last_updated is 'When this row was last saved.';

comment on table batch.batch_step_execution_context is 'What a step needs to go on after a restart.';
comment on column batch.batch_step_execution_context.step_execution_id is 'The step execution.';
comment on column batch.batch_step_execution_context.short_context is 'The context, or its beginning.';
comment on column batch.batch_step_execution_context.serialized_context is 'The whole context when it is too long for the short one.';

comment on table batch.batch_job_execution_context is 'What a job needs to go on after a restart.';
comment on column batch.batch_job_execution_context.job_execution_id is 'The job execution.';
comment on column batch.batch_job_execution_context.short_context is 'The context, or its beginning.';
comment on column batch.batch_job_execution_context.serialized_context is 'The whole context when it is too long for the short one.';
