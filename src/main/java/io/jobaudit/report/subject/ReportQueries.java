package io.jobaudit.report.subject;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;

/** Runs queries with the subject of the reports as their parameters. */
public final class ReportQueries {

	private static final int FETCH_SIZE = 500;

	private final NamedParameterJdbcTemplate jdbc;

	private final ReportScope scope;

	private final BooleanSupplier stopping;

	/**
	 * Creates the queries.
	 * @param stopping asked at each row; true to stop
	 */
	public ReportQueries(DataSource dataSource, ReportScope scope, BooleanSupplier stopping) {
		this(new NamedParameterJdbcTemplate(streaming(dataSource)), scope, stopping);
	}

	private ReportQueries(NamedParameterJdbcTemplate jdbc, ReportScope scope, BooleanSupplier stopping) {
		this.jdbc = jdbc;
		this.scope = scope;
		this.stopping = stopping;
	}

	private static JdbcTemplate streaming(DataSource dataSource) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setFetchSize(FETCH_SIZE);
		return template;
	}

	/** The same queries with more parameters. */
	public ReportQueries within(ReportScope narrower) {
		return new ReportQueries(this.jdbc, narrower, this.stopping);
	}

	public ReportScope scope() {
		return this.scope;
	}

	/** Passes on each row as it arrives. */
	public void forEach(ReportQuery query, RowCallbackHandler handler) {
		this.jdbc.query(query.sql(), this.scope.parameters(), (RowCallbackHandler) (row) -> {
			checkNotStopped();
			handler.processRow(row);
		});
	}

	public <T> T extract(ReportQuery query, ResultSetExtractor<T> extractor) {
		return this.jdbc.query(query.sql(), this.scope.parameters(), extractor);
	}

	/** All rows at once, for small results. */
	public <T> List<T> list(ReportQuery query, RowMapper<T> mapper) {
		return this.jdbc.query(query.sql(), this.scope.parameters(), mapper);
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
