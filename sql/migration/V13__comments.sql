-- Comments in plain English, and the notes of the closing statement. Nothing else changes here.
-- From here on, each migration only expands: src/docs/SCHEMA.md says what the jar of the previous release tolerates.

comment on schema audit is 'job-audit: the runs, the outcome of each id, and the last answer of the API for each smart job.';
comment on schema batch is 'Spring Batch''s metadata tables. Only the framework writes to them.';

comment on table audit.audit_input is 'The files of a run''s input, in order. Runs of older releases have no rows here.';
comment on column audit.audit_input.source is 'File name as the operator gave it.';
comment on column audit.audit_input.sha256 is 'SHA-256 of the file''s bytes, in hex.';
comment on column audit.audit_input.line_offset is 'Number of input lines before this file: line 7 of the file has line_offset + 7 in audit_item.item_no and audit_rejected_line.line_no.';

comment on table audit.audit_item is 'The ledger of a run: one row per distinct id. Each id gets exactly one outcome.';
comment on column audit.audit_item.item_no is 'Input line on which the id appears first, counted from 1.';
comment on column audit.audit_item.labels is 'The other columns of the input line, as header and value.';
comment on column audit.audit_item.outcome is 'FETCHED: the API''s answer is stored. UNCHANGED: already stored in a final state, so the API was not called. NOT_FOUND: the API does not know the id. EXPIRED: stored earlier, more than a year old, and the API no longer knows it. REFUSED: the API refuses to answer for this id. UNREADABLE: no usable answer after all retries. Null: pending.';
comment on column audit.audit_item.http_status is 'HTTP status of the last answer; null without an answer.';
comment on column audit.audit_item.code is 'Error code of the last answer; without an answer, a code of job-audit.';
comment on column audit.audit_item.attempts is 'Number of API calls for this id; 0 for UNCHANGED.';
comment on column audit.audit_item.decided_at is 'When the outcome was decided; null while pending.';

comment on table audit.audit_listed_job is 'The jobs that the API listed during a completeness check, whether or not the run''s input contains them.';
comment on column audit.audit_listed_job.run_id is 'The run that made the check.';
comment on column audit.audit_listed_job.job_id is 'Id of the smart job in the list.';
comment on column audit.audit_listed_job.job_type is 'Job type in the list.';
comment on column audit.audit_listed_job.state is 'State in the list.';
comment on column audit.audit_listed_job.create_time is 'Creation time in the list.';

comment on table audit.audit_listing is 'Runs with a completeness check: one row as soon as all jobs of the account are listed.';
comment on column audit.audit_listing.listed_at is 'When the last page of the list was read.';
comment on column audit.audit_listing.total_count is 'Number of jobs of the account according to the API; null when the API gives no number.';

comment on table audit.audit_rejected_line is 'Input lines that were rejected, and why.';
comment on column audit.audit_rejected_line.content is 'The id on the line or, without an id, all cells; at most 1,000 characters, control characters replaced.';
comment on column audit.audit_rejected_line.reason is 'DUPLICATE, or why the line is malformed: EMPTY, TOO_LONG, BAD_CHARACTER, SHORT_ROW.';

comment on table audit.audit_run is 'One row per audit run: its input, its result and its counts.';
comment on column audit.audit_run.run_id is 'Number of the run; the directory of its reports is run-N.';
comment on column audit.audit_run.account is 'Name of the cloud account (audit.account); several accounts can share a database.';
comment on column audit.audit_run.region is 'API region (audit.api.region).';
comment on column audit.audit_run.status is 'RUNNING, COMPLETED, FAILED or STOPPED. Only a COMPLETED run needs no restart.';
comment on column audit.audit_run.input_source is 'Source of the ids as the operator gave it.';
comment on column audit.audit_run.input_sha256 is 'SHA-256 of the input''s bytes, in hex. A run with the same input resumes an unfinished run.';
comment on column audit.audit_run.input_id_column is 'Id column that the operator named; null when job-audit found it.';
comment on column audit.audit_run.lines_read is 'Data lines of the input, without the header and blank lines. Null until the import is complete.';
comment on column audit.audit_run.distinct_ids is 'Distinct well-formed ids of the input. Null until the import is complete.';
comment on column audit.audit_run.duplicates is 'Lines with an id that an earlier line has. Null until the import is complete.';
comment on column audit.audit_run.finished_at is 'When the run was completed, or when it ended for another reason.';
comment on column audit.audit_run.exit_code is 'Exit code of the process that ended the run. It is set before the reports are written.';
comment on column audit.audit_run.settings is 'Settings of the run, without secrets.';
comment on column audit.audit_run.api_calls is 'API calls for the ids decided so far, including retries.';
comment on column audit.audit_run.api_throttled is 'API calls that were throttled.';
comment on column audit.audit_run.api_retries is 'API calls that were retries.';
comment on column audit.audit_run.api_waited_ms is 'Milliseconds that calls waited for the rate limit, added up over concurrent calls.';
comment on column audit.audit_run.api_fetch_ms is 'Milliseconds from the first call to the last answer, without the time between a stop and a restart.';
comment on column audit.audit_run.report_directory is 'Directory of the run''s reports; null until they are written.';
comment on column audit.audit_run.summary is 'Content of run-summary.json.';
comment on column audit.audit_run.parent_run_id is 'The earlier run whose ids this run repeats; null for other runs.';
comment on column audit.audit_run.parent_part is 'Which ids of the earlier run: unreadable, failed, not-final, not-found, refused or expired.';
comment on column audit.audit_run.purged_at is 'When the run''s ids and rejected lines were deleted; the run and its counts are kept.';

comment on column audit.closed_file.close_id is 'The closing (month_close).';
comment on column audit.closed_file.sha256 is 'SHA-256 of the content, in hex.';
comment on column audit.closed_file.rows is 'Number of detail rows in the file.';
comment on column audit.closed_file.content is 'Content of the file.';

comment on table audit.closed_job is 'The jobs of a closed month as they were booked. These rows never change.';
comment on column audit.closed_job.close_id is 'The closing (month_close).';
comment on column audit.closed_job.state is 'State when the month was closed.';
comment on column audit.closed_job.job_type is 'Job type when the month was closed.';
comment on column audit.closed_job.error_code is 'Error code when the month was closed.';
comment on column audit.closed_job.total_tokens is 'Tokens booked; null means unknown, not zero.';
comment on column audit.closed_job.usage_status is 'REPORTED, ABSENT or UNREADABLE; see smart_job.usage_status.';
comment on column audit.closed_job.spend is 'Cost of the job, not rounded; null unless PRICED.';

comment on table audit.month_close is 'One row per closing of a month. The row of a reopened month is kept, with user and reason.';
comment on column audit.month_close.zone is 'Time zone of the month''s start and end.';
comment on column audit.month_close.starts_at is 'Start of the month.';
comment on column audit.month_close.ends_at is 'End of the month, exclusive.';
comment on column audit.month_close.closed_at is 'When the month was closed; later findings are corrections.';
comment on column audit.month_close.closed_by is 'Operating system user who closed the month.';
comment on column audit.month_close.last_change_id is 'Last row of smart_job_change when the month was closed; later rows are corrections, whatever their time. Null: closed_at decides.';
comment on column audit.month_close.filed_at is 'When the month''s files were stored; null until then.';
comment on column audit.month_close.reopened_at is 'When the month was reopened; null while it is closed.';
comment on column audit.month_close.reopened_by is 'Operating system user who reopened the month.';
comment on column audit.month_close.reopen_reason is 'Reason for reopening the month.';

comment on table audit.price is 'Token prices, as last loaded from the price file. A job type has at most one price at any time.';
comment on column audit.price.job_type is 'Job type with this price.';
comment on column audit.price.currency is 'ISO 4217 code of the currency.';
comment on column audit.price.price_per_1000_tokens is 'Price of 1,000 tokens, not rounded.';
comment on column audit.price.valid_from is 'First day of the price, in audit.report.zone.';
comment on column audit.price.valid_to is 'Last day of the price, in audit.report.zone; null without an end.';
comment on column audit.price.starts_at is 'Start of the first day.';
comment on column audit.price.ends_at is 'End of the last day, exclusive; null without an end.';
comment on column audit.price.note is 'Note in the price file.';

comment on table audit.smart_job is 'The last answer of the API for each smart job: one row per account and job.';
comment on column audit.smart_job.job_id is 'Id of the smart job, as sent to the API.';
comment on column audit.smart_job.state is 'State reported by the API. Finished and Failed are final; every other state can change.';
comment on column audit.smart_job.job_type is 'Job type reported by the API.';
comment on column audit.smart_job.error_code is 'Error code; null unless the job failed.';
comment on column audit.smart_job.error_message is 'Error message; null unless the job failed.';
comment on column audit.smart_job.total_tokens is 'Tokens used. Null means not reported or not readable; it does not mean zero.';
comment on column audit.smart_job.prompt_tokens is 'Tokens of the prompt; null when not reported.';
comment on column audit.smart_job.completion_tokens is 'Tokens of the completion; null when not reported.';
comment on column audit.smart_job.usage_status is 'REPORTED: total_tokens is the number from the API. ABSENT: the answer contains no usage. UNREADABLE: the usage could not be read; see raw.';
comment on column audit.smart_job.title is 'Title of the job.';
comment on column audit.smart_job.description is 'Description of the job.';
comment on column audit.smart_job.user_data is 'Text set by the user who submitted the job, usually JSON.';
comment on column audit.smart_job.output is 'Output: a media id, a JSON array, a URL or {}, depending on the job type.';
comment on column audit.smart_job.editing_config is 'Editing configuration, JSON as text. Not documented by the vendor.';
comment on column audit.smart_job.job_parameters is 'Parameters of the input configuration, JSON as text. Not documented by the vendor.';
comment on column audit.smart_job.labels is 'Labels from the inputs that contain the job; the value of the latest input is kept.';
comment on column audit.smart_job.ai_result_bytes is 'Length of AiResult in bytes (UTF-8); null without AiResult.';
comment on column audit.smart_job.ai_result_sha256 is 'SHA-256 of AiResult, in hex; null without AiResult.';
comment on column audit.smart_job.raw is 'The answer as JSON, without AiResult unless audit.store.ai-result is keep. Characters that PostgreSQL cannot store are replaced; see anomalies.';
comment on column audit.smart_job.anomalies is 'Array of deviations from the documented answer, such as an unknown field or state, an invalid time, unreadable usage or replaced characters. Each is an object with kind, path and detail; older rows have a text, kind: path: detail.';
comment on column audit.smart_job.first_run_id is 'The run that first stored the job.';
comment on column audit.smart_job.last_run_id is 'The run that last fetched the job.';
comment on column audit.smart_job.fetched_at is 'When the answer was received.';

comment on table audit.smart_job_change is 'Change history: one row for every change of a stored job''s state, type, error or usage. A trigger adds the rows; no row is changed or deleted before its job is purged.';
comment on column audit.smart_job_change.change_id is 'Number of the change, ascending.';
comment on column audit.smart_job_change.run_id is 'The run that found the change.';
comment on column audit.smart_job_change.changed_at is 'When the change was found.';
comment on column audit.smart_job_change.cause is 'FETCHED: the API''s answer changed. RENORMALIZED: a newer release reads the same answer differently.';

comment on view audit.v_booked_job is 'Every job as it is booked: as it was when its month was closed, otherwise as it is now. A job first seen after its month was closed is only in v_correction.';
comment on column audit.v_booked_job.state is 'State reported by the API.';
comment on column audit.v_booked_job.error_code is 'Error code; null unless the job failed.';
comment on column audit.v_booked_job.error_message is 'Error message.';
comment on column audit.v_booked_job.total_tokens is 'Tokens used; null means unknown, not zero.';
comment on column audit.v_booked_job.usage_status is 'REPORTED, ABSENT or UNREADABLE; see smart_job.usage_status.';
comment on column audit.v_booked_job.title is 'Title of the job.';
comment on column audit.v_booked_job.user_data is 'Text set by the user who submitted the job.';
comment on column audit.v_booked_job.labels is 'Labels from the inputs that contain the job.';
comment on column audit.v_booked_job.anomalies is 'Deviations from the documented answer.';
comment on column audit.v_booked_job.fetched_at is 'When the answer was received.';
comment on column audit.v_booked_job.spend_status is 'FREE: the job failed. UNKNOWN: no usage, or usage that cannot be read. UNPRICED: tokens without a price. PRICED: tokens with a price.';
comment on column audit.v_booked_job.spend is 'Cost of the job, not rounded; null unless PRICED.';

comment on view audit.v_change is 'Change history: every change of a stored job''s state, type, error or usage, with old and new values.';
comment on column audit.v_change.change_id is 'Number of the change, ascending.';
comment on column audit.v_change.run_id is 'The run that found the change.';
comment on column audit.v_change.changed_at is 'When the change was found.';
comment on column audit.v_change.cause is 'FETCHED: the API''s answer changed. RENORMALIZED: a newer release reads the same answer differently.';

comment on view audit.v_completeness is 'One row per run with a completeness check: listed = in_both + listed_not_named, named = in_both + not_listed + unknown_to_api.';
comment on column audit.v_completeness.listed_at is 'When the last page of the list was read.';
comment on column audit.v_completeness.total_count is 'Number of jobs of the account according to the API; null when the API gives no number.';
comment on column audit.v_completeness.listed is 'Distinct jobs in the API''s list.';
comment on column audit.v_completeness.in_both is 'Ids in both the list and the input.';
comment on column audit.v_completeness.listed_not_named is 'Jobs in the list that the input does not contain: created_since + audited_before + never_audited.';
comment on column audit.v_completeness.created_since is 'Of listed_not_named: jobs created after the run started.';
comment on column audit.v_completeness.audited_before is 'Of listed_not_named: jobs stored by an earlier run.';
comment on column audit.v_completeness.never_audited is 'Of listed_not_named: jobs that no run has stored.';
comment on column audit.v_completeness.not_listed is 'Ids in the input that are missing from the list; the API knows them, or gave no usable answer.';
comment on column audit.v_completeness.unknown_to_api is 'Ids in the input that are missing from the list because the API does not know them, or no longer.';

comment on view audit.v_completeness_gap is 'Differences found by completeness checks: jobs that are only in the API''s list, and ids that are only in the run''s input.';
comment on column audit.v_completeness_gap.gap is 'Only in the list: CREATED_SINCE (after the run started), AUDITED_BEFORE (stored by an earlier run) or NEVER_AUDITED. Only in the input: UNKNOWN_TO_API (not found, or no longer known after a year) or NOT_LISTED.';
comment on column audit.v_completeness_gap.job_type is 'Job type, from the list or as stored.';
comment on column audit.v_completeness_gap.state is 'State, from the list or as stored.';
comment on column audit.v_completeness_gap.create_time is 'When the job was created, from the list or as stored.';
comment on column audit.v_completeness_gap.item_no is 'Input line; null for a job that is only in the list.';
comment on column audit.v_completeness_gap.outcome is 'Outcome of the id; null for a job that is only in the list.';
comment on column audit.v_completeness_gap.labels is 'Labels of the input line; null for a job that is only in the list.';

comment on view audit.v_correction is 'Corrections of closed months. A correction is booked in the month in which it was found.';
comment on column audit.v_correction.change_id is 'Number of the change (v_change); 0 for LATE.';
comment on column audit.v_correction.seen_at is 'When the correction was found; its month books it.';
comment on column audit.v_correction.run_id is 'The run that found the correction.';
comment on column audit.v_correction.reason is 'CHANGED: the stored job changed. LATE: the job was first seen after the month was closed.';
comment on column audit.v_correction.job_type is 'Job type under which the amount is booked. A changed job type gives two rows.';
comment on column audit.v_correction.tokens is 'Tokens to add; negative to subtract.';
comment on column audit.v_correction.spend is 'Amount to add, negative to subtract, not rounded; null without a price.';

comment on view audit.v_failure is 'Every stored job in state Failed, with the run that first saw the failure.';
comment on column audit.v_failure.job_type is 'Job type; (no type) for a job without one.';
comment on column audit.v_failure.error_code is 'Error code; (no code) for a failure without one.';
comment on column audit.v_failure.error_message is 'Error message.';
comment on column audit.v_failure.failed_run_id is 'The run that first saw the failure. For a job that failed again after a recovery, the run that first saw the new failure.';

comment on view audit.v_job is 'Every stored job as it is now, with its cost at the price of the day it was created.';
comment on column audit.v_job.state is 'State reported by the API.';
comment on column audit.v_job.error_code is 'Error code; null unless the job failed.';
comment on column audit.v_job.error_message is 'Error message.';
comment on column audit.v_job.total_tokens is 'Tokens used; null means unknown, not zero.';
comment on column audit.v_job.usage_status is 'REPORTED, ABSENT or UNREADABLE; see smart_job.usage_status.';
comment on column audit.v_job.title is 'Title of the job.';
comment on column audit.v_job.user_data is 'Text set by the user who submitted the job.';
comment on column audit.v_job.labels is 'Labels from the inputs that contain the job.';
comment on column audit.v_job.anomalies is 'Deviations from the documented answer.';
comment on column audit.v_job.fetched_at is 'When the answer was received.';
comment on column audit.v_job.spend_status is 'FREE: the job failed. UNKNOWN: no usage, or usage that cannot be read. UNPRICED: tokens without a price. PRICED: tokens with a price.';
comment on column audit.v_job.spend is 'Cost of the job, not rounded; null unless PRICED.';

comment on view audit.v_month_close is 'One row per closing of a month. The row of a reopened month is kept, with user and reason.';
comment on column audit.v_month_close.zone is 'Time zone of the month''s start and end.';
comment on column audit.v_month_close.starts_at is 'Start of the month.';
comment on column audit.v_month_close.ends_at is 'End of the month, exclusive.';
comment on column audit.v_month_close.closed_at is 'When the month was closed; later findings are corrections.';
comment on column audit.v_month_close.closed_by is 'Operating system user who closed the month.';
comment on column audit.v_month_close.reopened_at is 'When the month was reopened; null while it is closed.';
comment on column audit.v_month_close.reopened_by is 'Operating system user who reopened the month.';
comment on column audit.v_month_close.reopen_reason is 'Reason for reopening the month.';

comment on view audit.v_price is 'Token prices, as last loaded from the price file.';
comment on column audit.v_price.job_type is 'Job type with this price.';
comment on column audit.v_price.currency is 'ISO 4217 code of the currency.';
comment on column audit.v_price.price_per_1000_tokens is 'Price of 1,000 tokens, not rounded.';
comment on column audit.v_price.valid_from is 'First day of the price, in audit.report.zone.';
comment on column audit.v_price.valid_to is 'Last day of the price, in audit.report.zone; null without an end.';
comment on column audit.v_price.starts_at is 'Start of the first day.';
comment on column audit.v_price.ends_at is 'End of the last day, exclusive; null without an end.';
comment on column audit.v_price.note is 'Note in the price file.';

comment on view audit.v_recovery is 'Every failure that is over: the job was stored as Failed, and a later answer had another state.';
comment on column audit.v_recovery.job_type is 'Job type while the job was failed; (no type) for a job without one.';
comment on column audit.v_recovery.error_code is 'Error code of the failure; (no code) for a failure without one.';
comment on column audit.v_recovery.error_message is 'Error message.';
comment on column audit.v_recovery.failed_run_id is 'The run that first saw the failure.';
comment on column audit.v_recovery.run_id is 'The run that first saw the recovery.';
comment on column audit.v_recovery.new_state is 'State after the recovery.';

comment on view audit.v_run_count is 'The closing statement of each run, counted from the rows now.';
comment on column audit.v_run_count.lines_read is 'Data lines counted by the import.';
comment on column audit.v_run_count.distinct_ids is 'Distinct ids counted by the import.';
comment on column audit.v_run_count.duplicates is 'Duplicate lines counted by the import.';
comment on column audit.v_run_count.malformed is 'Malformed lines counted by the import.';
comment on column audit.v_run_count.items is 'Rows of the run in audit_item, counted now.';
comment on column audit.v_run_count.pending is 'Ids without an outcome.';

comment on view audit.v_run_job is 'The jobs of a run that have a stored state: fetched by the run, or stored before (UNCHANGED, EXPIRED). The values are those of now.';
comment on column audit.v_run_job.item_no is 'Input line on which the id appears first.';
comment on column audit.v_run_job.decided_at is 'When the outcome was decided.';
comment on column audit.v_run_job.item_labels is 'Labels from the run''s input.';
comment on column audit.v_run_job.state is 'State reported by the API.';
comment on column audit.v_run_job.error_code is 'Error code; null unless the job failed.';
comment on column audit.v_run_job.error_message is 'Error message.';
comment on column audit.v_run_job.total_tokens is 'Tokens used; null means unknown, not zero.';
comment on column audit.v_run_job.usage_status is 'REPORTED, ABSENT or UNREADABLE; see smart_job.usage_status.';
comment on column audit.v_run_job.title is 'Title of the job.';
comment on column audit.v_run_job.user_data is 'Text set by the user who submitted the job.';
comment on column audit.v_run_job.anomalies is 'Deviations from the documented answer.';
comment on column audit.v_run_job.fetched_at is 'When the answer was received.';
comment on column audit.v_run_job.spend_status is 'FREE: the job failed. UNKNOWN: no usage, or usage that cannot be read. UNPRICED: tokens without a price. PRICED: tokens with a price.';
comment on column audit.v_run_job.spend is 'Cost of the job, not rounded; null unless PRICED.';

comment on view audit.v_run_spend is 'Cost of the jobs of each run, with the current state of the jobs. Do not add up amounts in different currencies.';
comment on column audit.v_run_spend.spend_status is 'FREE: the job failed. UNKNOWN: no usage, or usage that cannot be read. UNPRICED: tokens without a price. PRICED: tokens with a price.';
comment on column audit.v_run_spend.total_tokens is 'Tokens used; null means unknown, not zero.';
comment on column audit.v_run_spend.spend is 'Cost of the jobs, not rounded; null unless PRICED.';

comment on view audit.v_run_statement is 'The closing statement of each run, one row per line, with its two checks.';
comment on column audit.v_run_statement.label is 'Name of the count.';
comment on column audit.v_run_statement.amount is 'The count; null until the import is complete.';
comment on column audit.v_run_statement.note is 'Meaning of the count.';
comment on column audit.v_run_statement.is_check is 'True for a check: its amount must be 0.';

comment on table batch.batch_job_execution is 'One attempt to run a job instance; a restart adds another.';
comment on column batch.batch_job_execution.job_instance_id is 'The job instance.';
comment on column batch.batch_job_execution.create_time is 'When the execution was created, in the local time of the process.';
comment on column batch.batch_job_execution.start_time is 'When the execution started, in the local time of the process.';
comment on column batch.batch_job_execution.end_time is 'When the execution ended; null while it runs, or when the process was killed.';
comment on column batch.batch_job_execution.exit_message is 'Stack trace or message that belongs to the exit status.';

comment on table batch.batch_job_execution_context is 'State that a job needs after a restart.';

comment on column batch.batch_job_execution_params.parameter_name is 'Name of the parameter.';
comment on column batch.batch_job_execution_params.parameter_value is 'Value of the parameter as text.';
comment on column batch.batch_job_execution_params.identifying is 'Y when the parameter is part of the job key.';

comment on table batch.batch_step_execution is 'One attempt to run a step of an execution, with its counts.';
comment on column batch.batch_step_execution.create_time is 'When the execution was created.';
comment on column batch.batch_step_execution.start_time is 'When the execution started.';
comment on column batch.batch_step_execution.end_time is 'When the execution ended; null while it runs, or when the process was killed.';
comment on column batch.batch_step_execution.status is 'BatchStatus, as in batch_job_execution.';
comment on column batch.batch_step_execution.filter_count is 'Items filtered by the processor.';
comment on column batch.batch_step_execution.read_skip_count is 'Items skipped while reading; always 0, because the job skips nothing.';
comment on column batch.batch_step_execution.write_skip_count is 'Items skipped while writing; always 0.';
comment on column batch.batch_step_execution.process_skip_count is 'Items skipped while processing; always 0.';
comment on column batch.batch_step_execution.exit_message is 'Stack trace or message that belongs to the exit status.';

comment on table batch.batch_step_execution_context is 'State that a step needs after a restart.';

comment on function audit.expiring_job(bigint, text, timestamptz, timestamptz, timestamptz) is 'The unfinished jobs of a run that the API deletes within 30 days of a given time, or has deleted. For a period: every such job of the account that was not deleted before it.';
comment on function audit.group_of(text, text, text, jsonb) is 'The value of a job for audit.report.group-by: user_id, user_data.PATH.INTO.JSON, or the name of a label.';
comment on function audit.log_smart_job_change() is 'Adds a row to smart_job_change for every change of a job.';
comment on function audit.report_job(bigint, text, timestamptz, timestamptz) is 'The jobs of a run or, without a run, the jobs of an account created in a period, end excluded.';
comment on function audit.seen_failure(bigint, bigint, text, timestamptz, timestamptz, timestamptz) is 'Every failure of an account, over or not: first seen NOW (by the run or in the period), in the PREVIOUS run or period, EARLIER or LATER.';
comment on function audit.spend_status(text, bigint, numeric) is 'FREE: the job failed. UNKNOWN: no usage, or usage that cannot be read. UNPRICED: tokens without a price. PRICED: tokens with a price.';
comment on function audit.unreadable_item(bigint, text, timestamptz, timestamptz) is 'The unreadable ids of a run. For a period: the last unreadable item of each id without another outcome since.';

create or replace view audit.v_run_statement as
select c.run_id, s.line_no, s.label, s.amount, s.note, s.is_check
from audit.v_run_count c
cross join lateral (values
  ( 1, 'Lines read',           c.lines_read,   'data lines of the input, without header and blank lines', false),
  ( 2, 'Distinct ids',         c.distinct_ids, 'well-formed ids, each counted once', false),
  ( 3, 'Duplicate lines',      c.duplicates,   'an earlier line has the same id', false),
  ( 4, 'Malformed lines',      c.malformed,    'no well-formed id', false),
  ( 5, 'Check',                c.lines_read - c.distinct_ids - c.duplicates - c.malformed,
                                               'lines - distinct - duplicates - malformed, must be 0', true),
  ( 6, 'Fetched',              c.fetched,      'the answer of the API is stored', false),
  ( 7, 'Unchanged',            c.unchanged,    'already stored in a final state, API not called', false),
  ( 8, 'Not found',            c.not_found,    'the API does not know the id', false),
  ( 9, 'Expired',              c.expired,      'stored earlier, no longer known to the API', false),
  (10, 'Refused',              c.refused,      'the API refuses to answer for the id', false),
  (11, 'Unreadable',           c.unreadable,   'no usable answer after all retries', false),
  (12, 'Pending',              c.pending,      'not decided yet: 0 when the run is complete', false),
  (13, 'Check',                c.distinct_ids - c.fetched - c.unchanged - c.not_found - c.expired - c.refused - c.unreadable - c.pending,
                                               'distinct ids - all outcomes - pending, must be 0', true)
) as s (line_no, label, amount, note, is_check);
