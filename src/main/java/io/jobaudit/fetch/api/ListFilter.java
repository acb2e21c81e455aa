package io.jobaudit.fetch.api;

import org.jspecify.annotations.Nullable;

/**
 * Which jobs of the account are listed.
 *
 * @param jobType their type, null for all
 * @param state their state, null for all
 */
public record ListFilter(@Nullable String jobType, @Nullable String state) {

	/** All jobs of the account. */
	public static final ListFilter ALL = new ListFilter(null, null);

	/** The operation and its parameters, such as {@code ListSmartJobs type=ASR}. */
	@Override
	public String toString() {
		return ListRequest.ACTION + ((this.jobType != null) ? " type=" + this.jobType : "")
				+ ((this.state != null) ? " state=" + this.state : "");
	}

}
