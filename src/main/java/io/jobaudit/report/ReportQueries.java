package io.jobaudit.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

import java.util.function.BooleanSupplier;

import javax.sql.DataSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** The queries of {@code sql/report} with a run and a zone bound to them. */
final class ReportQueries {

	private static final int FETCH_SIZE = 500;

	private final NamedParameterJdbcTemplate jdbc;

	private final long runId;

	private final SqlParameterSource parameters;

	private final BooleanSupplier stopping;

	/**
	 * Creates the queries.
	 * @param stopping asked at each row whether to stop half-way
	 */
	ReportQueries(DataSource dataSource, long runId, ZoneId zone, BooleanSupplier stopping) {
		JdbcTemplate template = new JdbcTemplate(dataSource);
		template.setFetchSize(FETCH_SIZE);
		this.runId = runId;
		this.jdbc = new NamedParameterJdbcTemplate(template);
		this.parameters = new MapSqlParameterSource("run_id", runId).addValue("zone", postgresName(zone));
		this.stopping = stopping;
	}

	long runId() {
		return this.runId;
	}

	/** Hands each row on as it comes. */
	void forEach(String query, RowCallbackHandler handler) {
		this.jdbc.query(sql(query), this.parameters, (RowCallbackHandler) (row) -> {
			requireGoingOn();
			handler.processRow(row);
		});
	}

	<T> T extract(String query, ResultSetExtractor<T> extractor) {
		return this.jdbc.query(sql(query), this.parameters, extractor);
	}

	/** All rows at once: for results known to be small. */
	<T> List<T> list(String query, RowMapper<T> mapper) {
		return this.jdbc.query(sql(query), this.parameters, mapper);
	}

	/**
	 * Called wherever writing can be left off.
	 * @throws ReportStoppedException when the run is to stop
	 */
	void requireGoingOn() {
		if (this.stopping.getAsBoolean()) {
			throw new ReportStoppedException(this.runId);
		}
	}

	/**
	 * Text of a query.
	 * @param query path below {@code sql/report}, without {@code .sql}
	 */
	static String sql(String query) {
		String path = "/sql/report/" + query + ".sql";
		try (InputStream resource = ReportQueries.class.getResourceAsStream(path)) {
			if (resource == null) {
				throw new IllegalStateException("the class path has no " + path);
			}
			return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("cannot read " + path, ex);
		}
	}

	/**
	 * PostgreSQL reads {@code GMT+08:00} as POSIX does, eight hours west: a fixed offset
	 * goes there with its sign turned round.
	 */
	static String postgresName(ZoneId zone) {
		if (!zone.getRules().isFixedOffset()) {
			return zone.getId();
		}
		ZoneOffset offset = zone.getRules().getOffset(Instant.EPOCH);
		Duration west = Duration.ofSeconds(-offset.getTotalSeconds());
		return "<%s>%s%02d:%02d:%02d".formatted(offset.getId().replace("Z", "UTC").replace(":", ""),
				west.isNegative() ? "-" : "+", Math.abs(west.toHours()), Math.abs(west.toMinutesPart()),
				Math.abs(west.toSecondsPart()));
	}

}
