package io.jobaudit.cli;

import io.jobaudit.RunId;
import io.jobaudit.ids.BadInputException;

/** The number of a run as an operator gives it. */
final class RunNumber {

	private RunNumber() {
	}

	/**
	 * The run of a number.
	 * @throws BadInputException when no run can have it
	 */
	static RunId toRunId(long number) {
		if (number < 0) {
			throw new BadInputException(
					"the number of a run is 1 or more, but is %d; job-audit runs lists the runs".formatted(number));
		}
		return new RunId(number);
	}

}
