package io.jobaudit.billing;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import io.jobaudit.csv.CsvTable;
import org.jspecify.annotations.Nullable;

/** The cells of one line of the price file. */
record PriceCells(Path file, CsvTable.Row row) {

	private static final Pattern PRICE = Pattern.compile("\\d{1,20}(\\.\\d{1,12})?");

	private static final Pattern DAY = Pattern.compile("[12]\\d{3}-\\d\\d-\\d\\d");

	/**
	 * Reads the values.
	 * @throws PriceFileException when a column does not take its value
	 */
	PriceFile.PriceLine read() {
		LocalDate validFrom = day(PriceColumn.VALID_FROM);
		LocalDate validTo = value(PriceColumn.VALID_TO).isEmpty() ? null : day(PriceColumn.VALID_TO);
		if (validTo != null && validTo.isBefore(validFrom)) {
			throw fault("valid_to %s is before valid_from %s; write the price's last day, or leave it empty for no end"
				.formatted(validTo, validFrom));
		}
		boolean isKnown = !value(PriceColumn.CURRENCY).isEmpty() || !value(PriceColumn.PRICE_PER_1000_TOKENS).isEmpty();
		Price price = !isKnown ? Price.unknown(jobType(), validFrom, validTo)
				: new Price(jobType(), currency(), price(), validFrom, validTo, note());
		return new PriceFile.PriceLine(this.row.line(), price);
	}

	private String jobType() {
		if (value(PriceColumn.JOB_TYPE).isEmpty()) {
			throw fault("job_type is empty; write the job type of the price, e.g. TextGenerate");
		}
		return value(PriceColumn.JOB_TYPE);
	}

	private String currency() {
		String code = value(PriceColumn.CURRENCY);
		try {
			return Currency.getInstance(code).getCurrencyCode();
		}
		catch (IllegalArgumentException ex) {
			throw fault("currency is \"%s\"; write an ISO 4217 code, e.g. CNY".formatted(code));
		}
	}

	private BigDecimal price() {
		String price = value(PriceColumn.PRICE_PER_1000_TOKENS);
		if (!PRICE.matcher(price).matches()) {
			throw fault(
					"price_per_1000_tokens is \"%s\"; write a number of 0 or more with at most 12 decimal places, e.g. 0.0035"
						.formatted(price));
		}
		return new BigDecimal(price);
	}

	private LocalDate day(PriceColumn column) {
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
		if (value(PriceColumn.NOTE).indexOf('\0') >= 0) {
			throw fault("note contains a NUL character; remove it");
		}
		return value(PriceColumn.NOTE).isEmpty() ? null : value(PriceColumn.NOTE);
	}

	private String value(PriceColumn column) {
		return this.row.value(column.title());
	}

	private PriceFileException fault(String problem) {
		return new PriceFileException(this.file, this.row.line(), problem);
	}

	/** The columns of the price file. */
	enum PriceColumn {

		JOB_TYPE, CURRENCY, PRICE_PER_1000_TOKENS, VALID_FROM, VALID_TO, NOTE;

		/** The names of all columns. */
		static List<String> titles() {
			return Arrays.stream(values()).map(PriceColumn::title).toList();
		}

		String title() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

}
