package io.jobaudit.cli;

/** The program's entry. */
public final class JobAudit {

	private JobAudit() {
	}

	public static void main(String[] arguments) {
	}

}
