package io.jobaudit.cli;

import io.jobaudit.ExitStatus;

/**
 * What one check of the doctor has found.
 *
 * @param name what was looked at
 * @param status {@code COMPLETE} when nothing is wrong, else that of a run that meets it
 * @param warning whether it is well enough, but worth a look
 * @param finding what was found, or what is wrong and how to fix it
 */
record CheckResult(String name, ExitStatus status, boolean warning, String finding) {

	static CheckResult ok(String name, String finding) {
		return new CheckResult(name, ExitStatus.COMPLETE, false, finding);
	}

	static CheckResult warning(String name, String finding) {
		return new CheckResult(name, ExitStatus.COMPLETE, true, finding);
	}

	static CheckResult failed(String name, ExitStatus status, String finding) {
		return new CheckResult(name, status, false, finding);
	}

	/** One word for it. */
	String mark() {
		return (this.status != ExitStatus.COMPLETE) ? "FAIL" : this.warning ? "warn" : "ok";
	}

}
