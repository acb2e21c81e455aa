package io.jobaudit.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.jobaudit.report.csv.FocusCsv;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.jspecify.annotations.Nullable;

/** A {@code focus.csv} or {@code focus-unpriced.csv} read back. */
record FocusFile(List<String> header, List<Charge> charges) {

	static FocusFile of(WrittenReports reports) {
		return of(reports, FocusCsv.FocusPart.CHARGES);
	}

	static FocusFile of(WrittenReports reports, FocusCsv.FocusPart part) {
		CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).setNullString("").get();
		try (CSVParser parser = CSVParser.parse(reports.directory().resolve(part.fileName()), StandardCharsets.UTF_8,
				format)) {
			List<Charge> charges = parser.stream().map((line) -> new Charge(new HashMap<>(line.toMap()))).toList();
			return new FocusFile(parser.getHeaderNames(), charges);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The row of a job, not of a correction. */
	Charge charge(String jobId) {
		List<Charge> found = this.charges.stream()
			.filter((charge) -> jobId.equals(charge.text("x_JobId")) && !charge.isCorrection())
			.toList();
		if (found.size() != 1) {
			throw new AssertionError("expected one row of %s, but found %s".formatted(jobId, found));
		}
		return found.get(0);
	}

	/** What it costs, by currency. */
	Map<String, BigDecimal> billedCosts() {
		return this.charges.stream()
			.filter((charge) -> charge.text("BilledCost") != null && charge.text("BillingCurrency") != null)
			.collect(Collectors.toMap((charge) -> Objects.requireNonNull(charge.text("BillingCurrency")),
					(charge) -> charge.number("BilledCost").stripTrailingZeros(),
					(one, other) -> one.add(other).stripTrailingZeros(), TreeMap::new));
	}

	BigDecimal tokens() {
		return this.charges.stream()
			.filter((charge) -> charge.text("ConsumedQuantity") != null)
			.map((charge) -> charge.number("ConsumedQuantity"))
			.reduce(BigDecimal.ZERO, BigDecimal::add);
	}

	/** A row, by column; an empty cell is null. */
	record Charge(Map<String, @Nullable String> cells) {

		@Nullable String text(String column) {
			if (!this.cells.containsKey(column)) {
				throw new AssertionError("no column " + column);
			}
			return this.cells.get(column);
		}

		BigDecimal number(String column) {
			return new BigDecimal(Objects.requireNonNull(text(column), column));
		}

		Instant instant(String column) {
			return Instant.parse(Objects.requireNonNull(text(column), column));
		}

		boolean isCorrection() {
			return text("ChargeClass") != null;
		}

	}

}
