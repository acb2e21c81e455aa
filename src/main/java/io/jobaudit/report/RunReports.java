package io.jobaudit.report;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;

/** The files that a run leaves, one after the other. */
final class RunReports {

	private final ReportQueries queries;

	private final ZoneId zone;

	private final int maxRows;

	RunReports(ReportQueries queries, ZoneId zone, int maxRows) {
		this.queries = queries;
		this.zone = zone;
		this.maxRows = maxRows;
	}

	WrittenReports writeTo(StagedDirectory staged) {
		AuditedRun run = AuditedRun.read(this.queries);
		List<ReportFile> files = new ArrayList<>();
		for (WorkbookDefinition definition : Workbooks.ALL) {
			WorkbookFile workbook = new WorkbookFile(definition, run, this.queries, this.zone, this.maxRows);
			// POI's scratch files hold what the workbook holds, so they stay with it and
			// go with it.
			files.add(TempFile.withStrategy(new DefaultTempFileCreationStrategy(staged.scratch().toFile()),
					() -> write(staged, definition.fileName(), workbook::writeTo)));
		}
		files.add(write(staged, "failed-jobs.csv", new FailedJobsCsv(this.queries, this.zone)::writeTo));
		files.add(write(staged, "unreadable-ids.csv", new UnreadableIdsCsv(this.queries)::writeTo));
		String summary = RunSummary.of(run, this.queries, files).json();
		write(staged, RunSummary.FILE_NAME, (out) -> {
			out.write(summary.getBytes(StandardCharsets.UTF_8));
			return 1;
		});
		return new WrittenReports(staged.target(), files, summary);
	}

	private ReportFile write(StagedDirectory staged, String name, Content content) {
		Path file = staged.file(name);
		try {
			long rows;
			try (OutputStream out = new BufferedOutputStream(stoppable(Directories.createFile(file)))) {
				rows = content.writeTo(out);
			}
			return new ReportFile(staged.target().resolve(name), Sha256.of(file), rows);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write " + file, ex);
		}
	}

	private OutputStream stoppable(OutputStream file) {
		return new FilterOutputStream(file) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				RunReports.this.queries.requireGoingOn();
				this.out.write(bytes, offset, length);
			}

		};
	}

	/** Writes a file's bytes and tells how many detail rows they hold. */
	private interface Content {

		long writeTo(OutputStream out) throws IOException;

	}

}
