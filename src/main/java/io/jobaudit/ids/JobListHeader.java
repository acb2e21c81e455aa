package io.jobaudit.ids;

import java.util.List;

/**
 * Header of the account's own list as {@code discover} writes it. Where it is an input,
 * its other columns are no labels: what they say of a job was true when it was listed.
 */
public final class JobListHeader {

	/** The columns, the id's first. */
	public static final List<String> COLUMNS = List.of("job_id", "job_type", "state", "create_time");

	private JobListHeader() {
	}

}
