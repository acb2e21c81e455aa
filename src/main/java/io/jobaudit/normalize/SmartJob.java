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
 * @param state state as the API gives it
 * @param jobType job type, free text
 * @param errorCode why the job failed; kept in any state
 * @param errorMessage the failure in words; kept in any state
 * @param totalTokens tokens used; null unless {@code usageStatus} is {@code REPORTED}
 * @param promptTokens tokens of the prompt
 * @param completionTokens tokens of the completion
 * @param usageStatus whether the answer reports tokens
 * @param title title
 * @param description description
 * @param userId id of the submitting user
 * @param userData the submitter's own text
 * @param inputFile OSS URL, media id or text
 * @param outputBucket OSS bucket of the output
 * @param outputObject OSS object of the output
 * @param mediaId media id of the output
 * @param mediaUrl URL of the output media
 * @param output output, by job type a media id, JSON, a URL
 * @param editingConfig editing configuration, usually JSON in a text
 * @param jobParameters parameters of the input configuration, usually JSON in a text
 * @param createTime when the job was created, in microseconds
 * @param modifiedTime when the job last changed, in microseconds
 * @param requestId the vendor's request id
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

}
