package io.jobaudit.report;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

import io.jobaudit.report.subject.ReportQueries;
import org.jspecify.annotations.Nullable;

/**
 * A file while it is written: it can be left off half-way, and it remembers why the file
 * system took no more, which POI does not always hand on.
 */
final class ReportOutput extends FilterOutputStream {

	private final ReportQueries queries;

	private @Nullable IOException failure;

	/**
	 * Creates an output.
	 * @param queries tells whether to go on
	 */
	ReportOutput(OutputStream file, ReportQueries queries) {
		super(file);
		this.queries = queries;
	}

	/** Why the file system took no more; null while it takes all. */
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
