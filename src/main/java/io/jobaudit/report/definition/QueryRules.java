package io.jobaudit.report.definition;

import java.sql.PreparedStatement;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

import javax.sql.DataSource;

import io.jobaudit.report.definition.LocatedText.SourceLocation;
import io.jobaudit.report.subject.ReportQuery;
import io.jobaudit.report.subject.ReportScope;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Checks the reports' queries with the database, without executing them. */
public final class QueryRules {

	private final QueryCheck check;

	public QueryRules(DataSource dataSource, ReportScope scope) {
		this.check = new QueryCheck(dataSource, scope);
	}

	/** Called in a read-only transaction. */
	public void check(WorkbookDefinition workbook) {
		workbook.tables().forEach((sheet) -> checkColumns(sheet, workbook.query(sheet)));
		ReportQuery summary = workbook.summary();
		if (summary != null) {
			checkColumns(summary, Set.of("section", "label", "amount", "share", "note", "is_check"),
					Set.of("format", "currency", "link", "formula"));
		}
		ReportQuery audit = workbook.audit();
		if (audit != null) {
			checkColumns(audit, Set.of("sheet", "figure", "basis", "recomputed"), Set.of());
		}
	}

	/** Also called in a read-only transaction, for a query with any columns. */
	public void check(ReportQuery query) {
		this.check.columnTypes(query);
	}

	private void checkColumns(SheetDefinition sheet, ReportQuery query) {
		Map<String, String> types = this.check.columnTypes(query);
		for (ColumnDefinition column : sheet.columns()) {
			String type = types.get(column.name().text());
			if (type == null) {
				throw ReportDefinitionException.unknownColumn(column.name(), query.file(), types.keySet());
			}
			requireType(column, type, query);
		}
		types.keySet()
			.forEach((name) -> sheet.name()
				.require(sheet.has(name), "the sheet \"%s\" does not list the column \"%s\" of %s", sheet.name(), name,
						query.file()));
	}

	private static String names(Set<String> columns) {
		return String.join(", ", new TreeSet<>(columns));
	}

	private static void requireType(ColumnDefinition column, String type, ReportQuery query) {
		Set<String> takes = column.format().types();
		column.name()
			.require(takes.isEmpty() || takes.contains(type),
					"the format %s takes %s, but the column \"%s\" of %s has the type %s",
					YamlValue.name(column.format()), names(takes), column.name(), query.file(), type);
	}

	private void checkColumns(ReportQuery query, Set<String> wanted, Set<String> optional) {
		SqlText.of(query).references().forEach(LocatedText::known);
		Set<String> found = this.check.columnTypes(query).keySet();
		Set<String> known = new TreeSet<>(wanted);
		known.addAll(optional);
		SourceLocation.of(query.file())
			.require(found.containsAll(wanted) && known.containsAll(found), "expected the columns %s%s, but found %s",
					names(wanted), optional.isEmpty() ? "" : " and optionally " + names(optional), names(found));
	}

	/** Lets the database prepare a query, and reports where it is wrong. */
	private static final class QueryCheck {

		/** PostgreSQL accepts only a reading query for a cursor. */
		private static final String CURSOR = "declare checked no scroll cursor for ";

		/** SQLSTATEs of faulty queries: syntax, names, types, writes, schemas, size. */
		private static final List<String> FAULTS = List.of("42", "22", "0A", "25006", "2F", "3F", "54");

		/** SQLSTATEs by which the driver reports a connection that is lost or busy. */
		private static final List<String> DRIVERS_STATES = List.of("08", "57", "53");

		private final NamedParameterJdbcTemplate jdbc;

		private final ReportScope scope;

		QueryCheck(DataSource dataSource, ReportScope scope) {
			this.jdbc = new NamedParameterJdbcTemplate(dataSource);
			this.scope = scope;
		}

		/** The driver's type names of a query's columns, by column name. */
		Map<String, String> columnTypes(ReportQuery query) {
			SqlText text = SqlText.of(query);
			text.requireOneStatement();
			SqlParameterSource parameters = new KnownParameters(this.scope, text);
			try {
				Map<String, String> types = this.jdbc.execute(query.sql(), parameters,
						(prepared) -> types(prepared, query));
				requireReading(text, parameters);
				return Objects.requireNonNull(types);
			}
			catch (DataAccessException ex) {
				throw translated(ex, text, 0);
			}
			catch (StringIndexOutOfBoundsException ex) {
				// Spring's parser of parameters does not check where a text ends.
				throw SqlText.endless(query, ex);
			}
		}

		private void requireReading(SqlText text, SqlParameterSource parameters) {
			try {
				this.jdbc.update(CURSOR + text.query().sql(), parameters);
				this.jdbc.getJdbcOperations().execute("close checked");
			}
			catch (DataAccessException ex) {
				throw translated(ex, text, CURSOR.length());
			}
		}

		private static Map<String, String> types(PreparedStatement prepared, ReportQuery query) throws SQLException {
			ResultSetMetaData metaData = prepared.getMetaData();
			if (metaData == null) {
				throw new ReportDefinitionException(SourceLocation.of(query.file()),
						"expected a query that returns rows");
			}
			Map<String, String> types = new LinkedHashMap<>();
			for (int column = 1; column <= metaData.getColumnCount(); column++) {
				String name = metaData.getColumnLabel(column);
				boolean isNew = types.put(name, metaData.getColumnTypeName(column)) == null;
				SourceLocation.of(query.file()).require(isNew, "duplicate column \"%s\"", name);
			}
			return types;
		}

		private static RuntimeException translated(DataAccessException failure, SqlText text, int before) {
			Throwable cause = failure.getMostSpecificCause();
			ServerErrorMessage error = (cause instanceof PSQLException server) ? server.getServerErrorMessage() : null;
			if (error == null && isDriversOwn(cause)) {
				return new ReportDefinitionException(SourceLocation.of(text.query().file()),
						"invalid SQL: " + cause.getMessage(), failure);
			}
			String state = (error != null) ? String.valueOf(error.getSQLState()) : "";
			if (error == null || state.equals("42501") || FAULTS.stream().noneMatch(state::startsWith)) {
				return failure;
			}
			return new ReportDefinitionException(place(error, text, before),
					"expected a query that PostgreSQL can run and that only reads; PostgreSQL reports: "
							+ error.getMessage(),
					failure);
		}

		/** The driver reads the text itself before the server does. */
		private static boolean isDriversOwn(Throwable cause) {
			return cause instanceof SQLException failure
					&& (failure.getSQLState() == null
							|| DRIVERS_STATES.stream().noneMatch(failure.getSQLState()::startsWith))
					|| cause instanceof InvalidDataAccessApiUsageException;
		}

		private static SourceLocation place(ServerErrorMessage error, SqlText text, int before) {
			int position = error.getPosition();
			return (position > 0) ? text.place(position - before) : SourceLocation.of(text.query().file());
		}

		/** The parameters of a query; any other name is refused. */
		private static final class KnownParameters extends MapSqlParameterSource {

			private final SqlText text;

			KnownParameters(ReportScope scope, SqlText text) {
				this.text = text;
				for (String name : Objects.requireNonNull(scope.parameters().getParameterNames())) {
					addValue(name, scope.parameters().getValue(name), scope.parameters().getSqlType(name));
				}
				addValues(text.query().parameters());
			}

			@Override
			public boolean hasValue(String name) {
				if (!super.hasValue(name)) {
					throw ReportDefinitionException.unknown("parameter", this.text.parameter(name),
							Arrays.stream(getParameterNames()).map((known) -> ":" + known).toList());
				}
				return true;
			}

		}

	}

}
