package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import io.jobaudit.ConfigurationException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Runs queries with the subject of the reports as their parameters. */
public final class ReportQueries {

	/** SQLSTATE of a write in the snapshot that reports are read from. */
	private static final String READ_ONLY = "25006";

	private final NamedParameterJdbcTemplate jdbc;

	private final ReportScope scope;

	private final BooleanSupplier stopping;

	/**
	 * Creates the queries.
	 * @param stopping asked at each row; true to stop
	 */
	public ReportQueries(DataSource dataSource, ReportScope scope, BooleanSupplier stopping) {
		this(new NamedParameterJdbcTemplate(dataSource), scope, stopping);
		this.jdbc.getJdbcTemplate().setFetchSize(500);
	}

	private ReportQueries(NamedParameterJdbcTemplate jdbc, ReportScope scope, BooleanSupplier stopping) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.stopping = stopping;
	}

	public ReportQueries within(ReportScope narrower) {
		return new ReportQueries(this.jdbc, narrower, this.stopping);
	}

	public ReportScope scope() {
		return this.scope;
	}

	/** Passes on each row as it arrives. */
	public void forEach(ReportQuery query, RowCallbackHandler handler) {
		extract(query, (rows) -> {
			while (rows.next()) {
				checkNotStopped();
				handler.processRow(rows);
			}
			return true;
		});
	}

	public <T> T extract(ReportQuery query, ResultSetExtractor<T> extractor) {
		try {
			return this.jdbc.query(query.sql(), this.scope.parameters(), extractor);
		}
		catch (DataAccessException ex) {
			if (ex.getRootCause() instanceof SQLException cause && READ_ONLY.equals(cause.getSQLState())) {
				throw new ConfigurationException(
						"%s: the query writes, but must only read: %s".formatted(query.file(), cause.getMessage()), ex);
			}
			throw ex;
		}
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

	/**
	 * Called wherever writing can be interrupted.
	 * @throws ReportStoppedException when it must stop
	 */
	public void checkNotStopped() {
		if (this.stopping.getAsBoolean()) {
			throw new ReportStoppedException();
		}
	}

}
