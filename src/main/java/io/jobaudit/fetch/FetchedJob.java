package io.jobaudit.fetch;

import java.time.Instant;

import io.jobaudit.Outcome;
import io.jobaudit.fetch.api.ApiAnswer;
import io.jobaudit.fetch.api.ApiAnswer.JobAnswer;
import io.jobaudit.fetch.api.ApiError;
import tools.jackson.databind.node.JsonNodeFactory;

/** An id with its outcome. */
public sealed interface FetchedJob {

	/** The item that was fetched. */
	PendingItem item();

	/** Its outcome. */
	Outcome outcome();

	/** Calls made for it. */
	int attempts();

	/** When the outcome was known. */
	Instant decidedAt();

	/** An id with the last answer about it, which no retry can change. */
	static FetchedJob of(PendingItem item, ApiAnswer answer, int attempts, Instant decidedAt) {
		return (answer instanceof ApiError error)
				? new NotFetched(item, outcome(item, error), error, attempts, decidedAt)
				: new Found(item, (JobAnswer) answer, attempts, decidedAt);
	}

	private static Outcome outcome(PendingItem item, ApiError error) {
		return switch (error.errorClass()) {
			case NOT_FOUND -> item.storedOverAYear() ? Outcome.EXPIRED : Outcome.NOT_FOUND;
			case REFUSED, UNKNOWN -> Outcome.REFUSED;
			default -> Outcome.UNREADABLE;
		};
	}

	/** The API answered with the job. */
	record Found(PendingItem item, JobAnswer answer, int attempts, Instant decidedAt) implements FetchedJob {

		@Override
		public Outcome outcome() {
			return Outcome.FETCHED;
		}

		/** The same without the answer's body, which may take megabytes. */
		public Found withoutBody() {
			JobAnswer empty = new JobAnswer(this.answer.httpStatus(), this.answer.requestId(),
					JsonNodeFactory.instance.objectNode(), this.answer.bytesReplaced(), this.answer.duplicateFields());
			return new Found(this.item, empty, this.attempts, this.decidedAt);
		}

	}

	/** Already stored in a final state, so that no call was made. */
	record Unchanged(PendingItem item, Instant decidedAt) implements FetchedJob {

		@Override
		public Outcome outcome() {
			return Outcome.UNCHANGED;
		}

		@Override
		public int attempts() {
			return 0;
		}

	}

	/** There is no job to store; {@code error} says why. */
	record NotFetched(PendingItem item, Outcome outcome, ApiError error, int attempts,
			Instant decidedAt) implements FetchedJob {
	}

}
