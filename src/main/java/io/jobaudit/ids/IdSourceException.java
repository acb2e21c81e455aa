package io.jobaudit.ids;

import java.io.IOException;
import java.nio.file.Path;

import io.jobaudit.AuditException;
import io.jobaudit.ExitStatus;
import io.jobaudit.FailureReason;

/** The place that ids come from, or are kept in meanwhile, does not do its work. */
public class IdSourceException extends AuditException {

	private static final long serialVersionUID = 1L;

	IdSourceException(ExitStatus status, String message, Throwable cause) {
		super(status, message, cause);
	}

	/** The ids cannot be kept in a temporary file. */
	static IdSourceException unspoolable(String source, IOException cause) {
		Path directory = Path.of(System.getProperty("java.io.tmpdir"));
		return new IdSourceException(ExitStatus.OUTPUT,
				"%s: the ids cannot be kept in a temporary file in %s: %s; make room there, or name another directory with -Djava.io.tmpdir"
					.formatted(source, directory, FailureReason.ofFile(cause)),
				cause);
	}

}
