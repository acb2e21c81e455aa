package io.jobaudit.report;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;

/** The reports could not be written; earlier reports are unchanged. */
public class ReportNotWrittenException extends AuditException {

	private static final long serialVersionUID = 1L;

	private static final String MESSAGE = "cannot write the reports %s to %s: %s."
			+ " The directory must be writable for this user and its disk must have free space;"
			+ " choose another directory with --reports or audit.report.directory";

	ReportNotWrittenException(String name, Path directory, IOException cause) {
		super(ExitStatus.OUTPUT, MESSAGE.formatted(name, directory.toAbsolutePath(), reason(cause)), cause);
	}

	private static String reason(IOException cause) {
		if (cause instanceof FileAlreadyExistsException inTheWay) {
			return inTheWay.getFile() + " exists and is not a directory";
		}
		if (cause instanceof AccessDeniedException denied) {
			return "no permission to write " + denied.getFile();
		}
		if (cause instanceof NoSuchFileException missing) {
			return missing.getFile() + " does not exist";
		}
		return String.valueOf(cause.getMessage());
	}

}
