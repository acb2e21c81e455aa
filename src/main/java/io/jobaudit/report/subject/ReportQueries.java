package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Runs queries with the subject of the reports as their parameters. */
public final class ReportQueries {

	/** SQLSTATE of a write in the snapshot that reports are read from. */
	private static final String READ_ONLY = "25006";

	private static final String MAY_STORE = "select has_database_privilege(current_database(), 'TEMP')"
			+ " and current_setting('transaction_read_only') = 'off'";

	private static final String OF_SUBJECT = "(:run_id, :account, :from, :to)";

	private static final SharedResult JOBS = SharedResult.called("report_job", OF_SUBJECT);

	private static final SharedResult CORRECTIONS = SharedResult.called("report_correction", OF_SUBJECT);

	private static final SharedResult BOOKINGS = SharedResult.derived("report_booking", OF_SUBJECT);

	private static final SharedResult SPEND_LINES = SharedResult.derived("spend_line",
			"(:run_id, :account, :from, :to, :zone, :group_by)");

	/** Results that many queries use; the last ones are derived from those before. */
	private static final List<SharedResult> SHARED = List.of(CORRECTIONS,
			SharedResult.called("failure_kind", "(:run_id, :previous_run_id, :account, :from, :to, :previous_from)"),
			SharedResult.called("spend_movement", "(:run_id, :account, :from, :to, :previous_from, :group_by)"),
			SharedResult.called("budget_use",
					"(:account, :run_id, :from, :to, :as_of, :zone, :group_by, cast(:budgets as jsonb))"),
			BOOKINGS, SPEND_LINES, SharedResult.derived("expiring_job", "(:run_id, :account, :from, :to, :as_of)"));

	private final NamedParameterJdbcTemplate jdbc;

	private final ReportScope scope;

	private final ReportWatch watch;

	/** The results that are stored already. */
	private final List<SharedResult> stored = new ArrayList<>();

	/** 0 while unknown. */
	private long jobs;

	/** The rows of sheets that are small. */
	private final Map<ReportQuery, List<List<@Nullable Object>>> rows = new HashMap<>();

	private String file = "";

	private long rowsOfFile;

	/**
	 * Creates the queries.
	 * @param watch called at each row
	 */
	public ReportQueries(DataSource dataSource, ReportScope scope, ReportWatch watch) {
		this(new NamedParameterJdbcTemplate(dataSource), scope, watch);
		this.jdbc.getJdbcTemplate().setFetchSize(RowsAhead.BATCH);
	}

	private ReportQueries(NamedParameterJdbcTemplate jdbc, ReportScope scope, ReportWatch watch) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.watch = watch;
	}

	/**
	 * Evaluates the jobs of the reports once, if the role may create temporary tables.
	 * Called once in a transaction.
	 */
	public void storeJobs() {
		if (mayStore()) {
			this.jobs = store(JOBS);
		}
	}

	private boolean mayStore() {
		JdbcOperations statements = this.jdbc.getJdbcOperations();
		// Compiling costs more than it saves: the queries are many and short.
		statements.execute("set local jit = off");
		return Boolean.TRUE.equals(statements.queryForObject(MAY_STORE, Boolean.class));
	}

	/**
	 * The queries of a narrower scope. Results that many of them use are evaluated once,
	 * too. Called once in a transaction, which is read-only from then on.
	 */
	public ReportQueries within(ReportScope narrower) {
		ReportQueries queries = new ReportQueries(this.jdbc, narrower, this.watch);
		queries.jobs = this.jobs;
		queries.stored.addAll(this.stored);
		if (!this.stored.isEmpty()) {
			SHARED.forEach(queries::store);
		}
		this.jdbc.getJdbcOperations().execute("set transaction read only");
		return queries;
	}

	/**
	 * The queries about several accounts, and with {@link #ofAccount} those about each.
	 * Results that many of them use are evaluated once, as {@link #storeJobs} does.
	 * Called once in a transaction, which is read-only from then on.
	 * @param accounts their names, as JSON
	 */
	public ReportQueries ofAccounts(String accounts) {
		ReportQueries queries = new ReportQueries(this.jdbc, this.scope, this.watch);
		JdbcOperations statements = this.jdbc.getJdbcOperations();
		if (mayStore()) {
			for (SharedResult result : List.of(JOBS, CORRECTIONS)) {
				queries.jobs += store(result.ofAccounts(accounts));
				statements.execute("create index on pg_temp." + result.name() + " (account)");
			}
			List.of(BOOKINGS, SPEND_LINES).forEach(this::store);
			this.stored.stream().flatMap(SharedResult::byAccount).forEach(queries.stored::add);
		}
		statements.execute("set transaction read only");
		return queries;
	}

	/** The queries about one of several accounts. */
	public ReportQueries ofAccount(ReportScope account) {
		ReportQueries queries = new ReportQueries(this.jdbc, account, this.watch);
		queries.jobs = this.jobs;
		queries.stored.addAll(this.stored);
		return queries;
	}

	private int store(SharedResult result) {
		int count = this.jdbc.update(
				"create temporary table " + result.name() + " on commit drop as " + sql(result.query()),
				this.scope.parameters().addValues(result.query().parameters()));
		this.stored.add(result);
		return count;
	}

	/** The text that is sent to the database. */
	private String sql(ReportQuery query) {
		String sql = query.sql();
		for (SharedResult table : this.stored) {
			sql = sql.replace(table.call(), table.rows());
		}
		return sql;
	}

	/** Rows of a query that were remembered; null when they are to be read. */
	public @Nullable List<List<@Nullable Object>> remembered(ReportQuery query) {
		return this.rows.get(query);
	}

	public void remember(ReportQuery query, List<List<@Nullable Object>> all) {
		this.rows.put(query, all);
	}

	public ReportScope scope() {
		return this.scope;
	}

	/** Passes on each row, while the next ones are read, and returns their number. */
	public <T> long forEach(ReportQuery query, RowMapper<T> mapper, Consumer<T> writer) {
		return forEach(query, (RowLayout<T>) (columns) -> mapper, writer);
	}

	/** The same for a query that decides which columns there are. */
	public <T> long forEach(ReportQuery query, RowLayout<T> layout, Consumer<T> writer) {
		return extract(query,
				(rows) -> new RowsAhead<>(rows, layout.mapper(columns(rows.getMetaData()))).forEach((row) -> {
					rowRead();
					writer.accept(row);
				}));
	}

	private static List<String> columns(ResultSetMetaData metaData) throws SQLException {
		List<String> columns = new ArrayList<>();
		for (int column = 1; column <= metaData.getColumnCount(); column++) {
			columns.add(metaData.getColumnLabel(column));
		}
		return columns;
	}

	public <T> T extract(ReportQuery query, ResultSetExtractor<T> extractor) {
		try {
			return this.jdbc.query(sql(query), this.scope.parameters().addValues(query.parameters()), extractor);
		}
		catch (DataAccessException ex) {
			if (ex.getRootCause() instanceof SQLException cause && READ_ONLY.equals(cause.getSQLState())) {
				throw new ConfigurationException(
						"%s: the query writes, but must only read: %s".formatted(query.file(), cause.getMessage()), ex);
			}
			throw ex;
		}
	}

	/** The columns of a query, which is not executed. */
	public List<String> columns(ReportQuery query) {
		return Objects.requireNonNull(this.jdbc.execute(sql(query),
				this.scope.parameters().addValues(query.parameters()), (prepared) -> columns(prepared.getMetaData())));
	}

	/** All rows at once, for small results. */
	public <T> List<T> list(ReportQuery query, RowMapper<T> mapper) {
		return extract(query, new RowMapperResultSetExtractor<>(mapper));
	}

	/** The instant in a column of the current row; null when the column is null. */
	static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
		return (value != null) ? value.toInstant() : null;
	}

	/** Rows that are read from now on are those of a file. */
	public void begin(String next) {
		this.file = next;
		this.rowsOfFile = 0;
	}

	private void rowRead() {
		checkNotStopped();
		this.rowsOfFile++;
		this.watch.writing(this.file, this.rowsOfFile, this.jobs);
	}

	/**
	 * Called wherever writing can be interrupted.
	 * @throws ReportStoppedException when it must stop
	 */
	public void checkNotStopped() {
		if (this.watch.isStopping()) {
			throw new ReportStoppedException();
		}
	}

	/** How the rows of a result are read. */
	public interface RowLayout<T> {

		/**
		 * Creates a mapper.
		 * @param columns their names, in the order of the result
		 */
		RowMapper<T> mapper(List<String> columns);

	}

	/**
	 * A result that many queries use, with the parameters of the report.
	 *
	 * @param name name of the function, and of its table
	 * @param call the call as it is in the queries
	 * @param rows the rows of the table, which the queries read instead
	 */
	private record SharedResult(String name, String call, ReportQuery query, String rows) {

		private static final String ACCOUNT = ":account";

		private static final String OWN_ACCOUNT = "a.account";

		static SharedResult called(String name, String arguments) {
			String call = "audit." + name + arguments;
			return new SharedResult(name, call, new ReportQuery(call, "select * from " + call), "pg_temp." + name);
		}

		/**
		 * The query has the same result as the function, and reads the stored results.
		 */
		static SharedResult derived(String name, String arguments) {
			return new SharedResult(name, "audit." + name + arguments, ReportQuery.packaged("shared/" + name),
					"pg_temp." + name);
		}

		/** The result for each account, in one table. */
		SharedResult ofAccounts(String accounts) {
			String each = this.call.replace(ACCOUNT, OWN_ACCOUNT);
			return new SharedResult(this.name, this.call,
					new ReportQuery(each,
							"select r.* from jsonb_array_elements_text(cast(:accounts as jsonb)) as a (account)"
									+ " cross join lateral " + each + " as r")
						.with("accounts", accounts),
					this.rows);
		}

		/** For queries about one account, and for those that join the accounts. */
		Stream<SharedResult> byAccount() {
			return Stream.of(ACCOUNT, OWN_ACCOUNT)
				.map((account) -> new SharedResult(this.name, this.call.replace(ACCOUNT, account), this.query,
						"(select * from %s where account = %s)".formatted(this.rows, account)));
		}

	}

}
