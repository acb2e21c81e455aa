package io.jobaudit.normalize;

import java.time.Instant;
import java.util.List;

import io.jobaudit.SmartJobId;
import org.jspecify.annotations.Nullable;

/**
 * A smart job as a row of {@code audit.smart_job}. Every text can be stored by
 * PostgreSQL: no NUL, no lone surrogate.
 *
 * @param jobId the requested id, never the one in the answer
 * @param errorMessage the failure in words; kept in any state
 * @param usageStatus whether the answer reports tokens
 * @param inputFile OSS URL, media id or text
 * @param output output, by job type a media id, JSON, a URL
 * @param editingConfig editing configuration, usually JSON in a text
 * @param jobParameters parameters of the input configuration, usually JSON in a text
 * @param createTime when the job was created, in microseconds
 * @param modifiedTime when the job last changed, in microseconds
 * @param aiResultBytes length of AiResult as received, or of its compact JSON when it is
 * not text, in bytes of UTF-8
 * @param aiResultSha256 SHA-256 of these bytes in hex
 * @param raw the answer as JSON that PostgreSQL's jsonb accepts
 * @param anomalies what could not be read as documented
 */
public record SmartJob(SmartJobId jobId, @Nullable String state, @Nullable String jobType, @Nullable String errorCode,
		@Nullable String errorMessage, @Nullable Long totalTokens, @Nullable Long promptTokens,
		@Nullable Long completionTokens, UsageStatus usageStatus, @Nullable String title, @Nullable String description,
		@Nullable String userId, @Nullable String userData, @Nullable String inputFile, @Nullable String outputBucket,
		@Nullable String outputObject, @Nullable String mediaId, @Nullable String mediaUrl, @Nullable String output,
		@Nullable String editingConfig, @Nullable String jobParameters, @Nullable Instant createTime,
		@Nullable Instant modifiedTime, @Nullable String requestId, @Nullable Long aiResultBytes,
		@Nullable String aiResultSha256, String raw, List<Anomaly> anomalies) {

	public SmartJob {
		anomalies = List.copyOf(anomalies);
	}

	/** Whether an answer reports the job's tokens. */
	public enum UsageStatus {

		/** The API reports a figure. */
		REPORTED,

		/** No usage in the answer, which is not zero. */
		ABSENT,

		/** The answer has a usage that cannot be read; it is kept in the raw answer. */
		UNREADABLE

	}

}
