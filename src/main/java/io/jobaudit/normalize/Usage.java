package io.jobaudit.normalize;

import org.jspecify.annotations.Nullable;

/**
 * The tokens of a job, as far as the answer reports them.
 *
 * @param status whether it does
 * @param total null unless {@code status} is {@code REPORTED}
 * @param prompt null when not reported
 * @param completion null when not reported
 */
record Usage(UsageStatus status, @Nullable Long total, @Nullable Long prompt, @Nullable Long completion) {

	static final Usage ABSENT = new Usage(UsageStatus.ABSENT, null, null, null);

	static final Usage UNREADABLE = new Usage(UsageStatus.UNREADABLE, null, null, null);

	static Usage reported(long total, @Nullable Long prompt, @Nullable Long completion) {
		return new Usage(UsageStatus.REPORTED, total, prompt, completion);
	}

}
