package io.jobaudit.report;

import java.nio.file.Path;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** A directory has reports that would be lost if others were written there. */
public class OtherReportsException extends AuditException {

	private static final long serialVersionUID = 1L;

	OtherReportsException(Path directory, String found) {
		super(ExitStatus.OUTPUT,
				("%s has %s; it is not replaced. Move the directory away, or choose another one for the"
						+ " reports of this database with --reports or audit.report.directory")
					.formatted(directory.toAbsolutePath(), found));
	}

}
