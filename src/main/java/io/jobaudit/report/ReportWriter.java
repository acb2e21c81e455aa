package io.jobaudit.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.Account;
import io.jobaudit.ConfigurationException;
import io.jobaudit.RunId;
import io.jobaudit.report.BillReconciliation.BillToCompare;
import io.jobaudit.report.ReportFiles.FocusCharges;
import io.jobaudit.report.RunDirectory.OtherReportsException;
import io.jobaudit.report.StagedDirectory.ReportNotWrittenException;
import io.jobaudit.report.WrittenReports.ReportFile;
import io.jobaudit.report.csv.AccountsMap;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.Budgets;
import io.jobaudit.report.csv.CsvStyle;
import io.jobaudit.report.csv.FocusCsv;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.csv.JournalCsv;
import io.jobaudit.report.csv.UnreadableIdsCsv;
import io.jobaudit.report.definition.QueryRules;
import io.jobaudit.report.definition.ReportDefinitionException;
import io.jobaudit.report.definition.ReportKind;
import io.jobaudit.report.definition.WorkbookDefinition;
import io.jobaudit.report.definition.Workbooks;
import io.jobaudit.report.html.PageAnswer;
import io.jobaudit.report.subject.AuditedPeriod;
import io.jobaudit.report.subject.AuditedRun;
import io.jobaudit.report.subject.AuditedRun.UnknownRunException;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import io.jobaudit.report.subject.ReportProperties;
import io.jobaudit.report.subject.ReportQueries;
import io.jobaudit.report.subject.ReportScope;
import io.jobaudit.report.subject.ReportStoppedException;
import io.jobaudit.report.subject.ReportSubject;
import io.jobaudit.report.subject.ReportWatch;
import io.jobaudit.report.xlsx.TableSheet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes the reports of a run or period from one snapshot: all or none. */
@Component
@DependsOnDatabaseInitialization
@EnableConfigurationProperties({ ReportProperties.class, FocusProperties.class, BudgetProperties.class,
		BookingProperties.class })
public final class ReportWriter {

	private final DataSource dataSource;

	private final ReportProperties properties;

	private final FocusProperties focus;

	private final BudgetProperties budgets;

	private final List<WorkbookDefinition> workbooks;

	private final TransactionTemplate snapshot;

	private final @Nullable AccountsMap accounts;

	private final int maxRows;

	/**
	 * Reads the definitions of the workbooks and the accounts.
	 * @throws ReportDefinitionException when one is invalid
	 * @throws io.jobaudit.ConfigurationException when the accounts are
	 */
	@Autowired
	public ReportWriter(DataSource dataSource, ReportProperties properties, FocusProperties focus,
			BudgetProperties budgets, BookingProperties booking) {
		this(dataSource, properties, focus, budgets, AccountsMap.read(booking).orElse(null), TableSheet.MAX_ROWS);
	}

	/** With the defaults of FOCUS, and without a journal. */
	public ReportWriter(DataSource dataSource, ReportProperties properties) {
		this(dataSource, properties, TableSheet.MAX_ROWS);
	}

	/** With fewer rows in a sheet than a spreadsheet allows. */
	ReportWriter(DataSource dataSource, ReportProperties properties, int maxRows) {
		this(dataSource, properties, FocusProperties.standard(), BudgetProperties.standard(), null, maxRows);
	}

	private ReportWriter(DataSource dataSource, ReportProperties properties, FocusProperties focus,
			BudgetProperties budgets, @Nullable AccountsMap accounts, int maxRows) {
		this.dataSource = dataSource;
		this.properties = properties;
		this.focus = focus;
		this.budgets = budgets;
		this.accounts = accounts;
		this.maxRows = maxRows;
		this.workbooks = workbooks(properties);
		this.snapshot = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
		// A caller's transaction has another isolation level, and may see uncommitted
		// rows.
		this.snapshot.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	private static List<WorkbookDefinition> workbooks(ReportProperties properties) {
		return Workbooks.load(properties.definitions(), Set.of(UnreadableIdsCsv.FILE_NAME,
				FocusCsv.FocusPart.CHARGES.fileName(), FocusCsv.FocusPart.UNPRICED.fileName(), JournalCsv.FILE_NAME));
	}

	/**
	 * Checks the definitions of the workbooks, but not their queries.
	 * @throws ReportDefinitionException when one is invalid
	 */
	public static void requireValidDefinitions(ReportProperties properties) {
		workbooks(properties);
	}

	/**
	 * Checks the budget file alone, if there is one.
	 * @throws ConfigurationException when it has a fault
	 */
	public static void requireValidBudgets(BudgetProperties properties) {
		Budgets.read(properties);
	}

	/**
	 * Checks the accounts of cost centres, if there is a file.
	 * @throws io.jobaudit.ConfigurationException when it has a fault
	 */
	public static void requireValidAccounts(BookingProperties booking) {
		AccountsMap.read(booking);
	}

	/** Time zone of the reports. */
	public ZoneId zone() {
		return this.properties.zone();
	}

	/**
	 * Checks with the database, without executing them, that the queries of workbooks
	 * that the site has changed are valid, only read, and have the columns of their
	 * sheets; and that the budgets can be read. The packaged queries belong to the
	 * version of the tables.
	 * @throws ReportDefinitionException when one is invalid
	 * @throws DataAccessException when the database does not answer
	 */
	public void requireUsableQueries() {
		requireValidBudgets(this.budgets);
		Set<String> changed = Workbooks.ofSite(this.properties.definitions());
		if (!changed.isEmpty()) {
			reading((rules) -> check(rules, changed::contains));
		}
	}

	/** As {@link #requireUsableQueries()}, with the packaged queries. */
	public void requireAllUsableQueries() {
		requireValidBudgets(this.budgets);
		reading((rules) -> {
			check(rules, (workbook) -> true);
			rules.check(FocusCsv.query(this.focus, FocusCsv.FocusPart.CHARGES, null));
		});
	}

	private void check(QueryRules rules, Predicate<String> wanted) {
		Stream
			.concat(this.workbooks.stream(),
					Stream.of(
							BillReconciliation.withBill(Workbooks.reconciliation(this.properties.definitions()),
									BillToCompare.NONE, this.focus.billingCurrency()),
							AccountsReport.withoutAccounts(Workbooks.accounts(this.properties.definitions()))))
			.filter((workbook) -> wanted.test(workbook.name()))
			.forEach(rules::check);
	}

	private void reading(Consumer<QueryRules> checks) {
		TransactionTemplate reading = new TransactionTemplate(new JdbcTransactionManager(this.dataSource),
				this.snapshot);
		reading.setReadOnly(true);
		reading.executeWithoutResult((status) -> checks
			.accept(new QueryRules(this.dataSource, ReportScope.ofRun(new RunId(0), this.properties))));
	}

	/**
	 * Checks that the reports of a run can be written, before it makes its first call.
	 * @param runId a stored run, or the number of the next one
	 * @throws ReportNotWrittenException when the file system refuses to write
	 * @throws OtherReportsException when its directory has the reports of another run
	 */
	public void requireDirectory(RunId runId) {
		String name = AuditedRun.directoryName(runId);
		try (StagedDirectory staged = StagedDirectory.createTrial(this.properties.directory(), name)) {
			IOException refusal = staged.refusal();
			if (refusal != null) {
				throw refusal;
			}
			new RunDirectory(this.dataSource).requireFor(staged.target(), runId);
		}
		catch (IOException ex) {
			throw new ReportNotWrittenException(name, this.properties.directory(), ex);
		}
	}

	/**
	 * Checks that no reports of another run are where those of a run will be; writes
	 * nothing.
	 * @throws OtherReportsException when there are
	 */
	public void requireOwnDirectory(RunId runId) {
		new RunDirectory(this.dataSource)
			.requireFor(this.properties.directory().resolve(AuditedRun.directoryName(runId)), runId);
	}

	/**
	 * Writes {@code run-<runId>/} below {@code audit.report.directory}, and replaces
	 * earlier reports of the same run.
	 * @param watch may stop the reports
	 * @throws ReportStoppedException when stopped
	 * @throws ReportNotWrittenException when the file system refuses the reports
	 * @throws OtherReportsException when its directory has the reports of another run
	 * @throws UnknownRunException when the run is unknown or purged
	 * @throws DataAccessException when the database does not answer
	 */
	public WrittenReports write(RunId runId, ReportWatch watch) {
		return write(AuditedRun.directoryName(runId), ReportScope.ofRun(runId, this.properties), watch,
				(queries, staged) -> {
					WrittenReports written = writeRun(queries, staged);
					new RunDirectory(this.dataSource).requireFor(staged.target(), runId);
					return written;
				});
	}

	/**
	 * Writes the reports of a period, as {@link #write(RunId, ReportWatch)} does for a
	 * run. For a closed month, these are the files that were archived when it was closed.
	 * @throws ConfigurationException when the month is closed in another time zone
	 */
	public WrittenReports write(ReportPeriod period, Account account, ReportWatch watch) {
		return write(period.directoryName(), ReportScope.ofPeriod(period, account, this.properties), watch,
				(queries, staged) -> closed(period, account).map((closed) -> closed.writeTo(staged, watch::isStopping))
					.orElseGet(() -> writePeriod(period, queries, staged)));
	}

	private Optional<ClosedMonthReports> closed(ReportPeriod period, Account account) {
		return Optional.ofNullable(period.month())
			.flatMap((month) -> ClosedMonthReports.find(this.dataSource, account, month, this.properties.zone()));
	}

	private CsvStyle csvStyle() {
		return new CsvStyle(this.properties.csvForSpreadsheets());
	}

	private List<WorkbookDefinition> workbooks(ReportKind kind) {
		return this.workbooks.stream().map((workbook) -> workbook.of(kind)).toList();
	}

	private ReportScope withBudgets(ReportSubject subject) {
		return subject.scope().withBudgets(Budgets.read(this.budgets).json());
	}

	private WrittenReports writeRun(ReportQueries queries, StagedDirectory staged) {
		queries.storeJobs();
		AuditedRun run = AuditedRun.read(queries);
		ReportSubject subject = run.subject(queries.scope(), this.properties.language());
		ReportQueries ofRun = queries.within(withBudgets(subject));
		ReportFiles files = new ReportFiles(staged, subject, ofRun, this.maxRows, csvStyle());
		PageAnswer answer = files.writeAll(workbooks(ReportKind.RUN), this.focus);
		files.write(UnreadableIdsCsv.FILE_NAME, new UnreadableIdsCsv(ofRun, csvStyle())::writeTo);
		List<ReportFile> summarized = files.written();
		String summary = RunSummary.of(run, ofRun, this.focus, answer, subject.texts(), summarized).json();
		files.write(RunSummary.FILE_NAME, (out) -> {
			out.write(summary.getBytes(StandardCharsets.UTF_8));
			return 1L;
		});
		return new WrittenReports(staged.target(), summarized, summary);
	}

	private WrittenReports writePeriod(ReportPeriod period, ReportQueries queries, StagedDirectory staged) {
		queries.storeJobs();
		ReportSubject subject = AuditedPeriod.read(period, queries).subject(this.properties.language());
		ReportFiles files = new ReportFiles(staged, subject, queries.within(withBudgets(subject)), this.maxRows,
				csvStyle());
		List<WorkbookDefinition> workbooks = workbooks(ReportKind.PERIOD);
		files.writeAll(workbooks, this.focus);
		if (this.accounts != null) {
			files.writeJournal(workbooks, this.accounts);
		}
		return new WrittenReports(staged.target(), files.written(), "");
	}

	/**
	 * Compares a month with the vendor's bill and writes {@code reconciliation-<month>/},
	 * as {@link #write(RunId, ReportWatch)} does. It only reads views and functions that
	 * every role may use.
	 */
	public BillReconciliation reconcile(ReportPeriod month, Account account, BillToCompare bill, ReportWatch watch) {
		WorkbookDefinition workbook = BillReconciliation
			.withBill(Workbooks.reconciliation(this.properties.definitions()), bill, this.focus.billingCurrency());
		return write(BillReconciliation.directoryName(month), ReportScope.ofPeriod(month, account, this.properties),
				watch, (queries, staged) -> {
					ReportSubject subject = BillReconciliation.subject(month, queries.scope(), bill,
							this.properties.language());
					ReportQueries ofMonth = queries.within(subject.scope());
					return BillReconciliation.of(staged.target(),
							new ReportFiles(staged, subject, ofMonth, this.maxRows, csvStyle()), ofMonth, workbook);
				});
	}

	/** The accounts that have runs, by name. */
	public List<Account> accounts() {
		return AccountsReport.known(this.dataSource);
	}

	/**
	 * Writes {@code accounts-<period>/} about several accounts, as
	 * {@link #write(RunId, ReportWatch)} does, from the prices that are stored.
	 * @param accounts the accounts, each with the properties of its charges
	 */
	public WrittenReports write(ReportPeriod period, Map<Account, FocusProperties> accounts, ReportWatch watch) {
		AccountsReport report = new AccountsReport(accounts, period);
		WorkbookDefinition workbook = report.of(Workbooks.accounts(this.properties.definitions()));
		return write(report.directoryName(), ReportScope.ofPeriod(period, null, this.properties), watch,
				(queries, staged) -> {
					ReportQueries ofAll = queries.ofAccounts(report.names());
					ReportSubject subject = report.subject(queries.scope(), this.properties.language());
					ReportFiles files = new ReportFiles(staged, subject, ofAll, this.maxRows, csvStyle());
					files.writeWorkbook(workbook);
					files.writeFocus(report.accounts()
						.entrySet()
						.stream()
						.map((account) -> new FocusCharges(
								ofAll.ofAccount(ReportScope.ofPeriod(period, account.getKey(), this.properties)),
								account.getValue()))
						.toList());
					return new WrittenReports(staged.target(), files.written(), "");
				});
	}

	private <T> T write(String directoryName, ReportScope scope, ReportWatch watch,
			BiFunction<ReportQueries, StagedDirectory, T> content) {
		try (StagedDirectory staged = StagedDirectory.create(this.properties.directory(), directoryName)) {
			ReportQueries queries = new ReportQueries(this.dataSource, scope, watch);
			T written = Objects.requireNonNull(this.snapshot.execute((status) -> content.apply(queries, staged)));
			staged.publish();
			return written;
		}
		catch (DataAccessException | TransactionException ex) {
			// Its cause may be an I/O error of the connection.
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

	/** POI wraps failures of the file system in various exceptions. */
	private static @Nullable IOException ioCause(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof IOException io) {
				return io;
			}
		}
		return null;
	}

}
