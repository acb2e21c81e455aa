package io.jobaudit.store;

import java.sql.PreparedStatement;
import java.sql.SQLException;

import io.jobaudit.Account;
import io.jobaudit.normalize.SmartJob;
import org.springframework.jdbc.core.ParameterizedPreparedStatementSetter;

/**
 * Writes what a stored answer is read as: all columns except the answer itself and the
 * time of fetching.
 */
final class RenormalizeStatement implements ParameterizedPreparedStatementSetter<SmartJob> {

	static final String SQL = """
			update audit.smart_job set state = ?, job_type = ?, error_code = ?, error_message = ?,
			  total_tokens = ?, prompt_tokens = ?, completion_tokens = ?, usage_status = ?,
			  title = ?, description = ?, user_id = ?, user_data = ?, input_file = ?, output_bucket = ?, output_object = ?,
			  media_id = ?, media_url = ?, output = ?, editing_config = ?, job_parameters = ?,
			  create_time = ?, modified_time = ?, request_id = ?, anomalies = cast(? as jsonb)
			where account = ? and job_id = ?
			""";

	private final Account account;

	RenormalizeStatement(Account account) {
		this.account = account;
	}

	@Override
	public void setValues(PreparedStatement statement, SmartJob job) throws SQLException {
		ParameterCursor row = new ParameterCursor(statement);
		row.text(job.state()).text(job.jobType()).text(job.errorCode()).text(job.errorMessage());
		row.number(job.totalTokens()).number(job.promptTokens()).number(job.completionTokens());
		row.text(job.usageStatus().name()).text(job.title()).text(job.description());
		row.text(job.userId()).text(job.userData()).text(job.inputFile());
		row.text(job.outputBucket()).text(job.outputObject()).text(job.mediaId()).text(job.mediaUrl());
		row.text(job.output()).text(job.editingConfig()).text(job.jobParameters());
		row.instant(job.createTime()).instant(job.modifiedTime()).text(job.requestId());
		row.text(StoredAnomalies.write(job.anomalies())).text(this.account.name()).text(job.jobId().value());
	}

}
