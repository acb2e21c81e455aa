package io.jobaudit.ids;

import java.util.List;

/**
 * Header of the list that {@code discover} writes. When the list is an input, its other
 * columns do not become labels: they describe a job at the time it was listed.
 */
public final class JobListHeader {

	/** The columns; the first is the id. */
	public static final List<String> COLUMNS = List.of("job_id", "job_type", "state", "create_time");

	private JobListHeader() {
	}

}
