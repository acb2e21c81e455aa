package io.jobaudit.report;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.RunId;
import io.jobaudit.report.csv.FocusCsv;
import io.jobaudit.report.csv.UnreadableIdsCsv;
import io.jobaudit.report.definition.QueryRules;
import io.jobaudit.report.definition.ReportDefinitionException;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.subject.AuditedPeriod;
import io.jobaudit.report.subject.AuditedRun;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportScope;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.UnknownRunException;
import io.jobaudit.report.xlsx.TableSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Writes the reports of a run or a period, whole or not at all, from one snapshot of the
 * database.
 */
public final class ReportWriter {

	private final DataSource dataSource;

	private final ReportProperties properties;

	private final List<WorkbookDefinition> workbooks;

	private final TransactionTemplate snapshot;

	private final int maxRows;

	/**
	 * Reads what the workbooks are.
	 * @throws ReportDefinitionException when one is not what it must be
	 */
	public ReportWriter(DataSource dataSource, ReportProperties properties) {
		this(dataSource, properties, TableSheet.MAX_ROWS);
	}

	/** With sheets that go on after fewer rows than a spreadsheet could take. */
	ReportWriter(DataSource dataSource, ReportProperties properties, int maxRows) {
		this.dataSource = dataSource;
		this.properties = properties;
		this.maxRows = maxRows;
		this.workbooks = Workbooks.load(properties.definitions(),
				Set.of(UnreadableIdsCsv.FILE_NAME, FocusCsv.FILE_NAME));
		this.snapshot = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.snapshot.setReadOnly(true);
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		// A caller's transaction has another isolation, and may hold rows that are not
		// committed.
		this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Asks the database whether every query is one, reads only, and has the columns that
	 * its sheet names. No query is executed.
	 * @throws ReportDefinitionException when one does not
	 * @throws DataAccessException if the database does not answer
	 */
	public void requireUsableQueries() {
		QueryRules rules = new QueryRules(this.dataSource, ReportScope.ofRun(new RunId(0), this.properties));
		this.snapshot.executeWithoutResult((status) -> {
			this.workbooks.forEach(rules::check);
			rules.check(FocusCsv.query());
		});
	}

	/**
	 * Writes {@code run-<runId>/} below {@code audit.report.directory}, in place of an
	 * earlier one.
	 * @param stopping asked again and again whether to stop half-way
	 * @throws ReportStoppedException if so
	 * @throws ReportNotWrittenException if the file system does not take the reports
	 * @throws UnknownRunException if there is no such run
	 * @throws DataAccessException if the database does not answer
	 */
	public WrittenReports write(RunId runId, BooleanSupplier stopping) {
		return write(AuditedRun.directoryName(runId), ReportScope.ofRun(runId, this.properties), stopping,
				(queries, staged) -> new RunReports(this.workbooks, queries, this.maxRows).writeTo(staged));
	}

	/**
	 * Writes the reports of a period, as {@link #write(RunId, BooleanSupplier)} does
	 * those of a run. Those of a closed month are the files that were kept when it was
	 * closed.
	 * @param account whose jobs
	 * @throws ClosedInOtherZoneException when the month is closed with the days of
	 * another zone
	 */
	public WrittenReports write(ReportPeriod period, Account account, BooleanSupplier stopping) {
		return write(period.directoryName(), ReportScope.ofPeriod(period, account, this.properties), stopping,
				(queries, staged) -> closed(period, account).map((closed) -> closed.writeTo(staged, stopping))
					.orElseGet(() -> writePeriod(period, queries, staged)));
	}

	private Optional<ClosedMonthReports> closed(ReportPeriod period, Account account) {
		return Optional.ofNullable(period.month())
			.flatMap((month) -> ClosedMonthReports.find(this.dataSource, account, month, this.properties.zone()));
	}

	private WrittenReports writePeriod(ReportPeriod period, ReportQueries queries, StagedDirectory staged) {
		ReportSubject subject = AuditedPeriod.read(period, queries).subject();
		ReportFiles files = new ReportFiles(staged, subject, queries.within(subject.scope()), this.maxRows);
		files.writeAll(this.workbooks);
		return new WrittenReports(staged.target(), files.written(), "");
	}

	private WrittenReports write(String directoryName, ReportScope scope, BooleanSupplier stopping,
			BiFunction<ReportQueries, StagedDirectory, WrittenReports> content) {
		try (StagedDirectory staged = StagedDirectory.create(this.properties.directory(), directoryName)) {
			ReportQueries queries = new ReportQueries(this.dataSource, scope, stopping);
			WrittenReports written = Objects
				.requireNonNull(this.snapshot.execute((status) -> content.apply(queries, staged)));
			staged.publish();
			return written;
		}
		catch (DataAccessException | TransactionException ex) {
			// What lies beneath may be an I/O error, of the connection.
			throw ex;
		}
		catch (IOException | RuntimeException ex) {
			throw failure(directoryName, ex);
		}
	}

	private RuntimeException failure(String directoryName, Exception failure) {
		IOException cause = ioCause(failure);
		if (cause != null) {
			return new ReportNotWrittenException(directoryName, this.properties.directory(), cause);
		}
		return (failure instanceof RuntimeException unchecked) ? unchecked : new IllegalStateException(failure);
	}

	/** POI wraps what the file system says in exceptions of several kinds. */
	private static @Nullable IOException ioCause(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException io) {
				return io;
			}
		}
		return null;
	}

}
