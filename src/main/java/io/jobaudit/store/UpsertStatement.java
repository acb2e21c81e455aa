package io.jobaudit.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.normalize.SmartJob;
import org.springframework.batch.infrastructure.item.database.ItemPreparedStatementSetter;

/**
 * The upsert and its values, side by side: the values are in the order of the columns.
 */
final class UpsertStatement implements ItemPreparedStatementSetter<StoredJob> {

	static final String SQL = """
			insert into audit.smart_job (account, job_id, state, job_type, error_code, error_message,
			  total_tokens, prompt_tokens, completion_tokens, usage_status, title, description, user_id, user_data,
			  input_file, output_bucket, output_object, media_id, media_url, output, editing_config, job_parameters,
			  create_time, modified_time, request_id, ai_result_bytes, ai_result_sha256, raw, anomalies, labels,
			  first_run_id, last_run_id, fetched_at)
			values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
			  cast(? as jsonb), cast(? as jsonb), cast(? as jsonb), ?, ?, ?)
			on conflict (account, job_id) do update set
			  state = excluded.state, job_type = excluded.job_type, error_code = excluded.error_code,
			  error_message = excluded.error_message, total_tokens = excluded.total_tokens,
			  prompt_tokens = excluded.prompt_tokens, completion_tokens = excluded.completion_tokens,
			  usage_status = excluded.usage_status, title = excluded.title, description = excluded.description,
			  user_id = excluded.user_id, user_data = excluded.user_data, input_file = excluded.input_file,
			  output_bucket = excluded.output_bucket, output_object = excluded.output_object,
			  media_id = excluded.media_id, media_url = excluded.media_url, output = excluded.output,
			  editing_config = excluded.editing_config, job_parameters = excluded.job_parameters,
			  create_time = excluded.create_time, modified_time = excluded.modified_time,
			  request_id = excluded.request_id, ai_result_bytes = excluded.ai_result_bytes,
			  ai_result_sha256 = excluded.ai_result_sha256, raw = excluded.raw, anomalies = excluded.anomalies,
			  labels = smart_job.labels || excluded.labels, last_run_id = excluded.last_run_id,
			  fetched_at = excluded.fetched_at
			""";

	private final Account account;

	private final RunId runId;

	UpsertStatement(Account account, RunId runId) {
		this.account = account;
		this.runId = runId;
	}

	@Override
	public void setValues(StoredJob stored, PreparedStatement statement) throws SQLException {
		SmartJob job = stored.job();
		ParameterCursor row = new ParameterCursor(statement);
		row.text(this.account.name()).text(job.jobId().value()).text(job.state()).text(job.jobType());
		row.text(job.errorCode()).text(job.errorMessage());
		row.number(job.totalTokens()).number(job.promptTokens()).number(job.completionTokens());
		row.text(job.usageStatus().name()).text(job.title()).text(job.description());
		row.text(job.userId()).text(job.userData()).text(job.inputFile());
		row.text(job.outputBucket()).text(job.outputObject()).text(job.mediaId()).text(job.mediaUrl());
		row.text(job.output()).text(job.editingConfig()).text(job.jobParameters());
		row.instant(job.createTime()).instant(job.modifiedTime()).text(job.requestId());
		row.number(job.aiResultBytes()).text(job.aiResultSha256()).text(job.raw());
		row.text(StoredAnomalies.write(job.anomalies())).text(stored.labels());
		row.number(this.runId.value()).number(this.runId.value()).instant(stored.fetchedAt());
	}

}
