package io.jobaudit.report.definition;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;

import io.jobaudit.ReportTexts;
import org.jspecify.annotations.Nullable;

/** The kind of a column's values, and how cells show them. */
public enum ColumnFormat {

	/** Shown as it is. */
	TEXT("@"),

	/** A text of ours, which is translated. */
	WORD("@"),

	/** A text that may look like a number. */
	ID("@"),

	/** A whole number of something. */
	COUNT("#,##0"),

	/** A whole number of tokens. */
	TOKENS("#,##0"),

	/** A number with a fraction. */
	DECIMAL("#,##0.00"),

	/** An amount in a currency, rounded to the currency's digits. */
	MONEY("#,##0.00"),

	/** An amount in a currency as it is: a price, or what a single job costs. */
	PRICE("#,##0.00##########"),

	/** A share, held as a fraction of 1. */
	PERCENT("0.0%"),

	/** An instant, shown in the report's time zone. */
	INSTANT("yyyy-mm-dd hh:mm:ss"),

	/** A day. */
	DATE("yyyy-mm-dd"),

	/** A number of seconds, shown as hours, minutes and seconds. */
	DURATION("[h]:mm:ss"),

	/** A text that leads to a row of another sheet. */
	LINK("@"),

	/** The address of a page, which opens it. */
	URL("@");

	/** Type names of the JDBC driver. */
	private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric", "float4", "float8");

	private final String pattern;

	ColumnFormat(String pattern) {
		this.pattern = pattern;
	}

	public static ColumnFormat of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	public String pattern() {
		return this.pattern;
	}

	public ColumnFormat ofSum() {
		return (this == PRICE) ? MONEY : this;
	}

	public boolean isMoney() {
		return this == MONEY || this == PRICE;
	}

	public boolean isNumber() {
		return types() == NUMBERS;
	}

	/** A value as people read it in a language: what we say ourselves is translated. */
	@Nullable public Object said(@Nullable Object value, ReportTexts texts) {
		if (!(value instanceof String text)) {
			return value;
		}
		return switch (this) {
			case WORD -> texts.word(text);
			case TEXT, ID -> texts.nothing(text);
			default -> text;
		};
	}

	/** The PostgreSQL types that it accepts; any when empty. */
	Set<String> types() {
		return switch (this) {
			case COUNT, TOKENS, DECIMAL, MONEY, PRICE, PERCENT, DURATION -> NUMBERS;
			case INSTANT -> Set.of("timestamptz");
			case DATE -> Set.of("date");
			case TEXT, WORD, ID, LINK, URL -> Set.of();
		};
	}

	/** The current row's value: BigDecimal, OffsetDateTime, LocalDate or String. */
	@Nullable public Object read(ResultSet row, int column) throws SQLException {
		return switch (this) {
			case COUNT, TOKENS, DECIMAL, MONEY, PRICE, PERCENT, DURATION -> row.getBigDecimal(column);
			case INSTANT -> row.getObject(column, OffsetDateTime.class);
			case DATE -> row.getObject(column, LocalDate.class);
			case TEXT, WORD, ID, LINK, URL -> row.getString(column);
		};
	}

}
