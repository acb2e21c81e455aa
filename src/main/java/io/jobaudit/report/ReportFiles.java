package io.jobaudit.report;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;

/** Files of one subject, written one after the other into a staged directory. */
final class ReportFiles {

	private final StagedDirectory staged;

	private final ReportSubject subject;

	private final ReportQueries queries;

	private final int maxRows;

	private final List<ReportFile> written = new ArrayList<>();

	/**
	 * Creates the files' writer.
	 * @param queries bound to the subject
	 */
	ReportFiles(StagedDirectory staged, ReportSubject subject, ReportQueries queries, int maxRows) {
		this.staged = staged;
		this.subject = subject;
		this.queries = queries;
		this.maxRows = maxRows;
	}

	/** What is written so far, in order. */
	List<ReportFile> written() {
		return List.copyOf(this.written);
	}

	/** Writes what runs and periods have in common. */
	void writeAll(List<WorkbookDefinition> workbooks) {
		for (WorkbookDefinition definition : workbooks) {
			WorkbookFile workbook = new WorkbookFile(definition, this.subject, this.queries, this.maxRows);
			// POI's scratch files hold what the workbook holds, so they stay with it and
			// go with it.
			TempFile.withStrategy(new DefaultTempFileCreationStrategy(this.staged.scratch().toFile()), () -> {
				write(definition.fileName(), workbook::writeTo);
				return null;
			});
		}
		write(SummaryPage.FILE_NAME, new SummaryPage(workbooks, this.subject, this.queries)::writeTo);
		workbooks.forEach(this::writeTables);
		write(FocusCsv.FILE_NAME, new FocusCsv(this.queries)::writeTo);
	}

	/** Writes a file. */
	void write(String name, Content content) {
		Path file = this.staged.file(name);
		try {
			long rows;
			try (OutputStream out = new BufferedOutputStream(stoppable(Directories.createFile(file)))) {
				rows = content.writeTo(out);
			}
			this.written.add(new ReportFile(this.staged.target().resolve(name), Sha256.of(file), rows));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write " + file, ex);
		}
	}

	/** The sheets that are files of their own as well. */
	private void writeTables(WorkbookDefinition definition) {
		for (SheetDefinition sheet : definition.tables()) {
			if (sheet.csv() != null) {
				TableCsv csv = new TableCsv(this.queries, definition.query(sheet), sheet, this.queries.scope().zone());
				write(sheet.csv().text(), csv::writeTo);
			}
		}
	}

	private OutputStream stoppable(OutputStream file) {
		return new FilterOutputStream(file) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				ReportFiles.this.queries.requireGoingOn();
				this.out.write(bytes, offset, length);
			}

		};
	}

	/** Writes a file's bytes and tells how many detail rows they hold. */
	interface Content {

		long writeTo(OutputStream out) throws IOException;

	}

}
