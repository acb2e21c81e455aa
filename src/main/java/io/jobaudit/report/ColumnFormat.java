package io.jobaudit.report;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/** What kind of value a column holds, and how a cell shows it. */
enum ColumnFormat {

	/** A whole number of something. */
	COUNT("#,##0"),

	/** A number with a fraction. */
	AMOUNT("#,##0.00"),

	/** A share, held as a fraction of 1. */
	PERCENT("0.0%"),

	/** A moment, shown in the report's zone. */
	INSTANT("yyyy-mm-dd hh:mm:ss"),

	/** A day. */
	DATE("yyyy-mm-dd"),

	/** Anything else, shown as it is. */
	TEXT("@");

	private final String pattern;

	ColumnFormat(String pattern) {
		this.pattern = pattern;
	}

	static ColumnFormat of(ResultSetMetaData metaData, int column) throws SQLException {
		if (metaData.getColumnLabel(column).endsWith("%")) {
			return PERCENT;
		}
		return switch (metaData.getColumnTypeName(column)) {
			case "int8" -> COUNT;
			case "numeric" -> isWhole(metaData, column) ? COUNT : AMOUNT;
			case "timestamptz" -> INSTANT;
			case "date" -> DATE;
			default -> TEXT;
		};
	}

	/**
	 * A sum of bigint is a numeric; it is cast to numeric(38, 0) rather than back to
	 * bigint, which it may overflow.
	 */
	private static boolean isWhole(ResultSetMetaData metaData, int column) throws SQLException {
		return metaData.getPrecision(column) > 0 && metaData.getScale(column) == 0;
	}

	/** Format code of a cell. */
	String pattern() {
		return this.pattern;
	}

	boolean isNumber() {
		return this == COUNT || this == AMOUNT || this == PERCENT;
	}

	/**
	 * A column's value in the current row: BigDecimal, OffsetDateTime, LocalDate or
	 * String.
	 */
	@Nullable Object read(ResultSet row, int column) throws SQLException {
		return switch (this) {
			case COUNT, AMOUNT, PERCENT -> row.getBigDecimal(column);
			case INSTANT -> row.getObject(column, OffsetDateTime.class);
			case DATE -> row.getObject(column, LocalDate.class);
			case TEXT -> row.getString(column);
		};
	}

}
