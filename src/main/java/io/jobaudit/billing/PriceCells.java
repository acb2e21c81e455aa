package io.jobaudit.billing;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Map;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The cells of one line of the price file.
 *
 * @param file the file
 * @param line the line's number
 * @param values each column's value
 */
record PriceCells(Path file, long line, Map<PriceHeader.PriceColumn, String> values) {

	private static final Pattern PRICE = Pattern.compile("\\d{1,20}(\\.\\d{1,12})?");

	private static final Pattern DAY = Pattern.compile("[12]\\d{3}-\\d\\d-\\d\\d");

	/**
	 * Reads the values.
	 * @throws PriceFileException when a column does not take its value
	 */
	PriceFile.PriceLine read() {
		LocalDate validFrom = day(PriceHeader.PriceColumn.VALID_FROM);
		LocalDate validTo = value(PriceHeader.PriceColumn.VALID_TO).isEmpty() ? null
				: day(PriceHeader.PriceColumn.VALID_TO);
		if (validTo != null && validTo.isBefore(validFrom)) {
			throw fault("valid_to %s is before valid_from %s; write the price's last day, or leave it empty for no end"
				.formatted(validTo, validFrom));
		}
		return new PriceFile.PriceLine(this.line,
				new Price(jobType(), currency(), price(), validFrom, validTo, note()));
	}

	private String jobType() {
		if (value(PriceHeader.PriceColumn.JOB_TYPE).isEmpty()) {
			throw fault("job_type is empty; write the job type of the price, e.g. TextGenerate");
		}
		return value(PriceHeader.PriceColumn.JOB_TYPE);
	}

	private String currency() {
		String code = value(PriceHeader.PriceColumn.CURRENCY);
		try {
			return Currency.getInstance(code).getCurrencyCode();
		}
		catch (IllegalArgumentException ex) {
			throw fault("currency is \"%s\"; write an ISO 4217 code, e.g. CNY".formatted(code));
		}
	}

	private BigDecimal price() {
		String price = value(PriceHeader.PriceColumn.PRICE_PER_1000_TOKENS);
		if (!PRICE.matcher(price).matches()) {
			throw fault(
					"price_per_1000_tokens is \"%s\"; write a number of 0 or more with at most 12 decimal places, e.g. 0.0035"
						.formatted(price));
		}
		return new BigDecimal(price);
	}

	private LocalDate day(PriceHeader.PriceColumn column) {
		String day = value(column);
		try {
			if (DAY.matcher(day).matches()) {
				return LocalDate.parse(day);
			}
		}
		catch (DateTimeException ex) {
			// reported below
		}
		throw fault("%s is \"%s\"; write a date, e.g. 2026-10-01".formatted(column.title(), day));
	}

	private @Nullable String note() {
		if (value(PriceHeader.PriceColumn.NOTE).indexOf('\0') >= 0) {
			throw fault("note contains a NUL character; remove it");
		}
		return value(PriceHeader.PriceColumn.NOTE).isEmpty() ? null : value(PriceHeader.PriceColumn.NOTE);
	}

	private String value(PriceHeader.PriceColumn column) {
		return this.values.getOrDefault(column, "");
	}

	private PriceFileException fault(String problem) {
		return new PriceFileException(this.file, this.line, problem);
	}

}
