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

	private final List<WorkbookDefinition> workbooks;

	private final ReportQueries queries;

	private final ZoneId zone;

	private final int maxRows;

	RunReports(List<WorkbookDefinition> workbooks, ReportQueries queries, ZoneId zone, int maxRows) {
		this.workbooks = workbooks;
		this.queries = queries;
		this.zone = zone;
		this.maxRows = maxRows;
	}

	WrittenReports writeTo(StagedDirectory staged) {
		AuditedRun run = AuditedRun.read(this.queries);
		ReportQueries ofRun = this.queries.within(run.scope(this.zone));
		List<ReportFile> files = new ArrayList<>();
		for (WorkbookDefinition definition : this.workbooks) {
			WorkbookFile workbook = new WorkbookFile(definition, run, ofRun, this.zone, this.maxRows);
			// POI's scratch files hold what the workbook holds, so they stay with it and
			// go with it.
			files.add(TempFile.withStrategy(new DefaultTempFileCreationStrategy(staged.scratch().toFile()),
					() -> write(staged, definition.fileName(), workbook::writeTo)));
		}
		this.workbooks.forEach((definition) -> files.addAll(writeTables(staged, definition, ofRun)));
		files.add(write(staged, UnreadableIdsCsv.FILE_NAME, new UnreadableIdsCsv(ofRun)::writeTo));
		String summary = RunSummary.of(run, ofRun, files).json();
		write(staged, RunSummary.FILE_NAME, (out) -> {
			out.write(summary.getBytes(StandardCharsets.UTF_8));
			return 1;
		});
		return new WrittenReports(staged.target(), files, summary);
	}

	/** The sheets that are files of their own as well. */
	private List<ReportFile> writeTables(StagedDirectory staged, WorkbookDefinition definition, ReportQueries ofRun) {
		List<ReportFile> files = new ArrayList<>();
		for (SheetDefinition sheet : definition.tables()) {
			if (sheet.csv() != null) {
				TableCsv csv = new TableCsv(ofRun, definition.query(sheet), sheet.columns(), this.zone);
				files.add(write(staged, sheet.csv().text(), csv::writeTo));
			}
		}
		return files;
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
