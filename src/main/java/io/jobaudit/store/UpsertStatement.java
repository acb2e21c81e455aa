package io.jobaudit.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.normalize.Anomaly;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.store.SmartJobStore.StoredJob;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.database.ItemPreparedStatementSetter;
import tools.jackson.databind.json.JsonMapper;

/**
 * The upsert and its values, side by side: the values are in the order of the columns.
 */
record UpsertStatement(Account account, RunId runId) implements ItemPreparedStatementSetter<StoredJob> {

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

	@Override
	public void setValues(StoredJob stored, PreparedStatement statement) throws SQLException {
		SmartJob job = stored.job();
		ParameterCursor row = new ParameterCursor(statement);
		row.text(this.account.name()).text(job.jobId().value()).answered(job);
		row.number(job.aiResultBytes()).text(job.aiResultSha256()).text(job.raw());
		row.text(StoredAnomalies.write(job.anomalies())).text(stored.labels());
		row.number(this.runId.value()).number(this.runId.value()).instant(stored.fetchedAt());
	}

	/** Sets the parameters of a statement one after the other. */
	static final class ParameterCursor {

		private final PreparedStatement statement;

		private int index;

		ParameterCursor(PreparedStatement statement) {
			this.statement = statement;
		}

		/** What is read of an answer, from the state to the id of the request. */
		ParameterCursor answered(SmartJob job) throws SQLException {
			text(job.state()).text(job.jobType()).text(job.errorCode()).text(job.errorMessage());
			number(job.totalTokens()).number(job.promptTokens()).number(job.completionTokens());
			text(job.usageStatus().name()).text(job.title()).text(job.description());
			text(job.userId()).text(job.userData()).text(job.inputFile());
			text(job.outputBucket()).text(job.outputObject()).text(job.mediaId()).text(job.mediaUrl());
			text(job.output()).text(job.editingConfig()).text(job.jobParameters());
			return instant(job.createTime()).instant(job.modifiedTime()).text(job.requestId());
		}

		ParameterCursor text(@Nullable String value) throws SQLException {
			this.statement.setString(++this.index, value);
			return this;
		}

		ParameterCursor number(@Nullable Long value) throws SQLException {
			this.statement.setObject(++this.index, value, Types.BIGINT);
			return this;
		}

		ParameterCursor instant(@Nullable Instant value) throws SQLException {
			Object time = (value != null) ? value.atOffset(ZoneOffset.UTC) : null;
			this.statement.setObject(++this.index, time, Types.TIMESTAMP_WITH_TIMEZONE);
			return this;
		}

	}

	/**
	 * Anomalies as a row keeps them: an array of objects with {@code kind}, {@code path}
	 * and {@code detail}; in rows of earlier releases, an array of texts
	 * {@code kind: path: detail}.
	 */
	static final class StoredAnomalies {

		private static final JsonMapper JSON = JsonMapper.shared();

		static String write(List<Anomaly> anomalies) {
			return JSON.writeValueAsString(anomalies);
		}

		static List<Anomaly> read(String json) {
			return JSON.readTree(json)
				.valueStream()
				.map((node) -> node.isString() ? Anomaly.parse(node.stringValue())
						: JSON.treeToValue(node, Anomaly.class))
				.toList();
		}

	}

}
