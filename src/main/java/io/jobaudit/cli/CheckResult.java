package io.jobaudit.cli;

/**
 * What one check of the doctor has found.
 *
 * @param name what was looked at
 * @param exitCode 0 when it is well, else that of a run that meets it
 * @param warning whether it is well enough, but worth a look
 * @param finding what was seen, or what is wrong and how it is mended
 */
record CheckResult(String name, int exitCode, boolean warning, String finding) {

	static CheckResult ok(String name, String finding) {
		return new CheckResult(name, ExitCode.COMPLETE, false, finding);
	}

	static CheckResult warning(String name, String finding) {
		return new CheckResult(name, ExitCode.COMPLETE, true, finding);
	}

	static CheckResult failed(String name, int exitCode, String finding) {
		return new CheckResult(name, exitCode, false, finding);
	}

	/** One word for it. */
	String mark() {
		return (this.exitCode != ExitCode.COMPLETE) ? "FAIL" : this.warning ? "warn" : "ok";
	}

}
