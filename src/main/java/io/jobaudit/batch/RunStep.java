package io.jobaudit.batch;

import org.springframework.batch.core.step.Step;

/** One step of the job, made for one run. */
interface RunStep {

	Step of(OpenRun open);

	/** Whether runs have this step. */
	default boolean isEnabled() {
		return true;
	}

}
