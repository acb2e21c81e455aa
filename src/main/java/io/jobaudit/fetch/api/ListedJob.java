package io.jobaudit.fetch.api;

import java.time.DateTimeException;
import java.time.Instant;

import io.jobaudit.PostgresText;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A job as it appears in the account's list.
 *
 * @param jobId its id as the API writes it, well-formed or not
 * @param jobType its type, null when the list does not say
 * @param state its state, null when the list does not say
 * @param createTime when it was created, null when that is unreadable
 */
public record ListedJob(String jobId, @Nullable String jobType, @Nullable String state, @Nullable Instant createTime) {

	private static final int MAX_LENGTH = 200;

	private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

	static ListedJob of(ObjectNode job) {
		return new ListedJob(text(AnswerReader.field(job, "JobId")), textOrNull(job, "JobType"),
				textOrNull(job, "JobState"), time(AnswerReader.field(job, "CreateTime")));
	}

	private static @Nullable String textOrNull(ObjectNode job, String name) {
		String value = AnswerReader.field(job, name);
		return value.isEmpty() ? null : text(value);
	}

	private static String text(String value) {
		return PostgresText.of(PostgresText.cut(value, MAX_LENGTH));
	}

	private static @Nullable Instant time(String value) {
		try {
			Instant time = Instant.parse(value);
			return (time.isBefore(EARLIEST) || !time.isBefore(END)) ? null : time;
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

}
