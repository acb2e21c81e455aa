package io.jobaudit.report;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.csv.AccountsMap;
import io.jobaudit.report.csv.CsvStyle;
import io.jobaudit.report.csv.FocusCsv;
import io.jobaudit.report.csv.FocusMetadata;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.csv.JournalCsv;
import io.jobaudit.report.csv.TableCsv;
import io.jobaudit.report.definition.SheetDefinition;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.html.PageAnswer;
import io.jobaudit.report.html.SummaryPage;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.table.KeyFigure;
import io.jobaudit.report.xlsx.WorkbookFile;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.commons.codec.digest.MessageDigestAlgorithms;
import org.apache.commons.io.function.IOFunction;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.util.DefaultTempFileCreationStrategy;
import org.apache.poi.util.TempFile;
import org.jspecify.annotations.Nullable;

/** Writes the files of one subject, one after the other, into a staged directory. */
final class ReportFiles {

	private final StagedDirectory staged;

	private final ReportSubject subject;

	private final ReportQueries queries;

	private final int maxRows;

	private final CsvStyle csvStyle;

	private final List<ReportFile> written = new ArrayList<>();

	ReportFiles(StagedDirectory staged, ReportSubject subject, ReportQueries queries, int maxRows, CsvStyle csvStyle) {
		this.staged = staged;
		this.subject = subject;
		this.queries = queries;
		this.maxRows = maxRows;
		this.csvStyle = csvStyle;
	}

	List<ReportFile> written() {
		return List.copyOf(this.written);
	}

	/**
	 * Writes the files that runs and periods have in common, and returns the main facts.
	 */
	PageAnswer writeAll(List<WorkbookDefinition> workbooks, FocusProperties focus) {
		Map<WorkbookDefinition, List<KeyFigure>> figures = new LinkedHashMap<>();
		workbooks.forEach((definition) -> figures.put(definition, writeWorkbook(definition)));
		PageAnswer answer = PageAnswer.of(this.queries, SummaryPage.checks(figures));
		write(SummaryPage.FILE_NAME, new SummaryPage(figures, this.subject, answer, this.queries)::writeTo);
		workbooks.forEach(this::writeTables);
		writeFocus(List.of(new FocusCharges(this.queries, focus)));
		return answer;
	}

	/** Writes the charges of one or more accounts in the format of FOCUS. */
	void writeFocus(List<FocusCharges> accounts) {
		for (FocusCsv.FocusPart part : FocusCsv.FocusPart.values()) {
			List<FocusCsv> charges = accounts.stream().map((account) -> account.of(part)).toList();
			write(part.fileName(), (out) -> FocusCsv.writeAll(charges, out));
		}
		FocusCharges first = accounts.get(0);
		write(FocusMetadata.FILE_NAME, new FocusMetadata(first.queries(), first.properties())::writeTo);
	}

	/** Returns the figures of its summary. */
	List<KeyFigure> writeWorkbook(WorkbookDefinition definition) {
		List<KeyFigure> figures = KeyFigure.read(this.queries, definition);
		WorkbookFile workbook = new WorkbookFile(definition, this.subject, figures, this.queries, this.maxRows);
		// POI's scratch files have the workbook's contents, so they are kept and
		// deleted with it.
		TempFile.withStrategy(new DefaultTempFileCreationStrategy(this.staged.scratch().toFile()), () -> {
			write(definition.fileName(), workbook::writeTo);
			return null;
		});
		return figures;
	}

	/** Writes the journal of a period, unless a site has no sheet Booking. */
	void writeJournal(List<WorkbookDefinition> workbooks, AccountsMap accounts) {
		for (WorkbookDefinition workbook : workbooks) {
			workbook.tables()
				.stream()
				.filter((sheet) -> workbook.name().equals(JournalCsv.WORKBOOK)
						&& sheet.name().text().equals(JournalCsv.SHEET))
				.forEach((sheet) -> write(JournalCsv.FILE_NAME,
						(out) -> new JournalCsv(this.queries, workbook.query(sheet), sheet, accounts).writeTo(out,
								this.subject)));
		}
	}

	void write(String name, IOFunction<OutputStream, Long> content) {
		Path file = this.staged.file(name);
		this.queries.begin(name);
		try {
			long rows = write(new ReportOutput(Directories.createFile(file), this.queries), content);
			this.written.add(new ReportFile(this.staged.target().resolve(name), sha256(file), rows));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot write " + file, ex);
		}
	}

	private long write(ReportOutput file, IOFunction<OutputStream, Long> content) throws IOException {
		try (OutputStream out = new BufferedOutputStream(file)) {
			return content.apply(out);
		}
		catch (RuntimeException ex) {
			IOException cause = (file.failure != null) ? file.failure : refusal(ex);
			if (cause != null) {
				cause.addSuppressed(ex);
				throw cause;
			}
			throw ex;
		}
	}

	static String sha256(Path file) throws IOException {
		return new DigestUtils(MessageDigestAlgorithms.SHA_256).digestAsHex(file);
	}

	/** POI does not report why a part could not be saved to its scratch file. */
	private @Nullable IOException refusal(RuntimeException failure) {
		return (failure instanceof OpenXML4JRuntimeException) ? this.staged.refusal() : null;
	}

	private void writeTables(WorkbookDefinition definition) {
		for (SheetDefinition sheet : definition.tables()) {
			if (sheet.csv() != null) {
				write(sheet.csv().text(),
						new TableCsv(this.queries, definition.query(sheet), sheet, this.csvStyle)::writeTo);
			}
		}
	}

	/** Charges of an account. */
	record FocusCharges(ReportQueries queries, FocusProperties properties) {

		private FocusCsv of(FocusCsv.FocusPart part) {
			return new FocusCsv(this.queries, this.properties, part);
		}

	}

	/** Can be stopped; remembers a failure, which POI does not always pass on. */
	private static final class ReportOutput extends FilterOutputStream {

		private final ReportQueries queries;

		private @Nullable IOException failure;

		private ReportOutput(OutputStream file, ReportQueries queries) {
			super(file);
			this.queries = queries;
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

}
