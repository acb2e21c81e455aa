package io.jobaudit.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import io.jobaudit.report.subject.ReportQueries;
import org.jspecify.annotations.Nullable;

/**
 * A file that is being written: writing can be stopped, and a failure of the file system
 * is remembered, since POI does not always pass it on.
 */
final class ReportOutput extends FilterOutputStream {

	private final ReportQueries queries;

	private @Nullable IOException failure;

	/**
	 * Creates an output.
	 * @param queries say when to stop
	 */
	ReportOutput(OutputStream file, ReportQueries queries) {
		super(file);
		this.queries = queries;
	}

	/** The failure of the file system; null while there is none. */
	@Nullable IOException failure() {
		return this.failure;
	}

	@Override
	public void write(byte[] bytes, int offset, int length) throws IOException {
		this.queries.checkNotStopped();
		try {
			this.out.write(bytes, offset, length);
		}
		catch (IOException ex) {
			this.failure = ex;
			throw ex;
		}
	}

}
