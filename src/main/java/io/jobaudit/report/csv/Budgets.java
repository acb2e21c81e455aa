package io.jobaudit.report.csv;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.jobaudit.ConfigurationException;
import io.jobaudit.DidYouMean;
import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvLine;
import io.jobaudit.csv.CsvReader;
import tools.jackson.databind.json.JsonMapper;

/** What cost centres may spend in a month, from the budget file. */
public record Budgets(List<Budget> lines) {

	private static final List<String> COLUMNS = List.of("cost_centre", "currency", "month", "amount");

	private static final Pattern AMOUNT = Pattern.compile("\\d{1,20}(\\.\\d{1,12})?");

	private static final Pattern MONTH = Pattern.compile("[12]\\d{3}-\\d\\d");

	public Budgets {
		lines = List.copyOf(lines);
	}

	/**
	 * Reads the file; without the default file there are no budgets.
	 * @throws ConfigurationException when the file has a fault, which the message names
	 * with its line, its value and the fix
	 */
	public static Budgets read(BudgetProperties properties) {
		Path file = properties.file();
		if (!Files.exists(file) && properties.isDefault()) {
			return new Budgets(List.of());
		}
		String name = "budget file " + file;
		try (InputStream in = Files.newInputStream(file); CsvReader csv = new CsvReader(name, in)) {
			CsvLine header = csv.next();
			if (header == null) {
				throw new ConfigurationException(
						"%s: the file is empty; begin it with the line %s".formatted(name, String.join(",", COLUMNS)));
			}
			requireColumns(name, header);
			Map<Budget, Long> found = new HashMap<>();
			List<Budget> lines = new ArrayList<>();
			for (CsvLine line = csv.next(); line != null; line = csv.next()) {
				Budget budget = new Cells(name, header, line).read();
				Long before = found.putIfAbsent(budget.key(), line.number());
				if (before != null) {
					throw fault(name, line.number(),
							"%s has a budget for %s in %s on line %d already; remove one of the two lines"
								.formatted(budget.costCentre(), budget.month(), budget.currency(), before));
				}
				lines.add(budget);
			}
			return new Budgets(lines);
		}
		catch (CsvException ex) {
			throw new ConfigurationException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new ConfigurationException("%s: the file cannot be read: %s; create it, or correct audit.budgets.file"
				.formatted(name, FailureReason.ofFile(ex)), ex);
		}
	}

	/**
	 * The parameter {@code :budgets} of the queries: amounts are texts, which are exact.
	 */
	public String json() {
		return JsonMapper.shared()
			.writeValueAsString(this.lines.stream()
				.map((budget) -> Map.of("cost_centre", budget.costCentre(), "currency", budget.currency(), "month",
						budget.month().atDay(1).toString(), "amount", budget.amount().toPlainString()))
				.toList());
	}

	private static void requireColumns(String name, CsvLine header) {
		for (String title : header.cells()) {
			if (!title.isEmpty() && !COLUMNS.contains(title)) {
				throw fault(name, header.number(),
						"unknown column \"%s\", did you mean \"%s\"? Begin the file with the line %s".formatted(title,
								DidYouMean.of(title, COLUMNS).orElseThrow(), String.join(",", COLUMNS)));
			}
		}
		for (String column : COLUMNS) {
			long times = header.cells().stream().filter(column::equals).count();
			if (times != 1) {
				throw fault(name, header.number(), "%s column \"%s\"; begin the file with the line %s"
					.formatted((times == 0) ? "missing" : "duplicate", column, String.join(",", COLUMNS)));
			}
		}
	}

	private static ConfigurationException fault(String name, long line, String problem) {
		return new ConfigurationException(CsvException.message(name, line, problem));
	}

	/**
	 * What a cost centre may spend.
	 *
	 * @param costCentre its name; {@code *} for all together
	 */
	public record Budget(String costCentre, String currency, YearMonth month, BigDecimal amount) {

		/** The same for every amount. */
		private Budget key() {
			return new Budget(this.costCentre, this.currency, this.month, BigDecimal.ZERO);
		}

	}

	/** The cells of a line. */
	private record Cells(String name, CsvLine header, CsvLine line) {

		private Budget read() {
			if (this.line.cells().size() != this.header.cells().size()) {
				throw fault("the row has %d cells, but the header has %d; quote the cell that contains a comma"
					.formatted(this.line.cells().size(), this.header.cells().size()));
			}
			return new Budget(costCentre(), currency(), month(), amount());
		}

		private String costCentre() {
			String centre = value("cost_centre");
			if (centre.isEmpty()) {
				throw fault("cost_centre is empty; write the cost centre, or * for all together");
			}
			return centre;
		}

		private String currency() {
			String code = value("currency");
			try {
				return Currency.getInstance(code).getCurrencyCode();
			}
			catch (IllegalArgumentException ex) {
				throw fault("currency is \"%s\"; write an ISO 4217 code, e.g. CNY".formatted(code));
			}
		}

		private YearMonth month() {
			String month = value("month");
			try {
				if (MONTH.matcher(month).matches()) {
					return YearMonth.parse(month);
				}
			}
			catch (DateTimeException ex) {
				// reported below
			}
			throw fault("month is \"%s\"; write a month, e.g. 2026-10".formatted(month));
		}

		private BigDecimal amount() {
			String amount = value("amount");
			if (!AMOUNT.matcher(amount).matches() || new BigDecimal(amount).signum() == 0) {
				throw fault("amount is \"%s\"; write a number above 0 with at most 12 decimal places, e.g. 5000"
					.formatted(amount));
			}
			return new BigDecimal(amount);
		}

		private String value(String column) {
			return this.line.cells().get(this.header.cells().indexOf(column));
		}

		private ConfigurationException fault(String problem) {
			return Budgets.fault(this.name, this.line.number(), problem);
		}

	}

}
