package io.jobaudit.report.csv;

import java.io.IOException;
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
import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvTable;
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
		CsvTable table = new CsvTable("budget file " + file, COLUMNS);
		Map<Budget, Long> found = new HashMap<>();
		List<Budget> budgets = new ArrayList<>();
		for (CsvTable.Row row : rows(file, table)) {
			Budget budget = new BudgetRow(table, row).read();
			Long before = found.putIfAbsent(budget.key(), row.line());
			if (before != null) {
				throw fault(table, row, "%s has a budget for %s in %s on line %d already; remove one of the two lines"
					.formatted(budget.costCentre(), budget.month(), budget.currency(), before));
			}
			budgets.add(budget);
		}
		if (budgets.isEmpty()) {
			throw new ConfigurationException(
					"%s: no budgets; write one line per budget below the line %s, or remove the file"
						.formatted(table.file(), table.header()));
		}
		return new Budgets(budgets);
	}

	private static List<CsvTable.Row> rows(Path file, CsvTable table) {
		try {
			return table.read(Files.newInputStream(file));
		}
		catch (CsvException ex) {
			throw new ConfigurationException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new ConfigurationException("%s: the file cannot be read: %s; create it, or correct audit.budgets.file"
				.formatted(table.file(), FailureReason.ofFile(ex)), ex);
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

	private static ConfigurationException fault(CsvTable table, CsvTable.Row row, String problem) {
		return new ConfigurationException(CsvException.message(table.file(), row.line(), problem));
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

	/** A row of the file. */
	private record BudgetRow(CsvTable table, CsvTable.Row row) {

		private Budget read() {
			return new Budget(costCentre(), currency(), month(), amount());
		}

		private String costCentre() {
			String centre = this.row.value("cost_centre");
			if (centre.isEmpty()) {
				throw fault("cost_centre is empty; write the cost centre, or * for all together");
			}
			return centre;
		}

		private String currency() {
			String code = this.row.value("currency");
			try {
				return Currency.getInstance(code).getCurrencyCode();
			}
			catch (IllegalArgumentException ex) {
				throw fault("currency is \"%s\"; write an ISO 4217 code, e.g. CNY".formatted(code));
			}
		}

		private YearMonth month() {
			String month = this.row.value("month");
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
			String amount = this.row.value("amount");
			if (!AMOUNT.matcher(amount).matches() || new BigDecimal(amount).signum() == 0) {
				throw fault("amount is \"%s\"; write a number above 0 with at most 12 decimal places, e.g. 5000"
					.formatted(amount));
			}
			return new BigDecimal(amount);
		}

		private ConfigurationException fault(String problem) {
			return Budgets.fault(this.table, this.row, problem);
		}

	}

}
