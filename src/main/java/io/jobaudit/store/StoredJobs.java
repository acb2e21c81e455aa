package io.jobaudit.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.SmartJobId;
import io.jobaudit.normalize.SmartJob;
import io.jobaudit.normalize.SmartJob.UsageStatus;
import io.jobaudit.store.UpsertStatement.ParameterCursor;
import io.jobaudit.store.UpsertStatement.StoredAnomalies;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The stored jobs of an account, a page at a time, to be corrected. */
public record StoredJobs(JdbcClient client, JdbcOperations jdbc, Account account) {

	/**
	 * The next rows in the order of their ids, without those whose answer was erased.
	 * @param run only jobs of this run, null for all
	 * @param after the last id of the previous page, empty for the first
	 */
	public List<SmartJobStore.StoredJob> page(@Nullable RunId run, String after, int rows) {
		String jobs = (run == null)
				? "audit.smart_job j where j.account = :account and j.job_id > :after and j.erased_at is null order by j.job_id"
				: """
						(select i.job_id from audit.v_item i where i.run_id = :run and i.job_id > :after order by i.job_id) as i
						cross join lateral (
						  select * from audit.smart_job s where s.account = :account and s.job_id = i.job_id and s.erased_at is null offset 0) as j""";
		return this.client
			.sql("select j.*, j.raw::text as raw_text, j.anomalies::text as anomalies_text,"
					+ " j.labels::text as labels_text from " + jobs + " limit :rows")
			.param("account", this.account.name())
			.param("after", after)
			.param("run", (run != null) ? run.value() : null)
			.param("rows", rows)
			.query((row, number) -> new SmartJobStore.StoredJob(of(row), row.getString("labels_text"),
					row.getObject("fetched_at", OffsetDateTime.class).toInstant()))
			.list();
	}

	/** Corrects stored rows; a trigger logs what has changed. */
	public void update(List<SmartJob> jobs) {
		if (!jobs.isEmpty()) {
			this.jdbc.batchUpdate(RenormalizeStatement.SQL, jobs, jobs.size(), new RenormalizeStatement(this.account));
		}
	}

	private static SmartJob of(ResultSet row) throws SQLException {
		return new SmartJob(new SmartJobId(row.getString("job_id")), row.getString("state"), row.getString("job_type"),
				row.getString("error_code"), row.getString("error_message"), number(row, "total_tokens"),
				number(row, "prompt_tokens"), number(row, "completion_tokens"),
				UsageStatus.valueOf(row.getString("usage_status")), row.getString("title"),
				row.getString("description"), row.getString("user_id"), row.getString("user_data"),
				row.getString("input_file"), row.getString("output_bucket"), row.getString("output_object"),
				row.getString("media_id"), row.getString("media_url"), row.getString("output"),
				row.getString("editing_config"), row.getString("job_parameters"), instant(row, "create_time"),
				instant(row, "modified_time"), row.getString("request_id"), number(row, "ai_result_bytes"),
				row.getString("ai_result_sha256"), row.getString("raw_text"),
				StoredAnomalies.read(row.getString("anomalies_text")));
	}

	private static @Nullable Long number(ResultSet row, String column) throws SQLException {
		return row.getObject(column, Long.class);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	/** Writes all columns but the answer itself and the time of fetching. */
	private record RenormalizeStatement(Account account) implements ParameterizedPreparedStatementSetter<SmartJob> {

		static final String SQL = """
				update audit.smart_job set state = ?, job_type = ?, error_code = ?, error_message = ?,
				  total_tokens = ?, prompt_tokens = ?, completion_tokens = ?, usage_status = ?,
				  title = ?, description = ?, user_id = ?, user_data = ?, input_file = ?, output_bucket = ?, output_object = ?,
				  media_id = ?, media_url = ?, output = ?, editing_config = ?, job_parameters = ?,
				  create_time = ?, modified_time = ?, request_id = ?, anomalies = cast(? as jsonb)
				where account = ? and job_id = ?
				""";

		@Override
		public void setValues(PreparedStatement statement, SmartJob job) throws SQLException {
			ParameterCursor row = new ParameterCursor(statement).answered(job);
			row.text(StoredAnomalies.write(job.anomalies())).text(this.account.name()).text(job.jobId().value());
		}

	}

}
