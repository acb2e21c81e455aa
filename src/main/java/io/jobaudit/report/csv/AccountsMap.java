package io.jobaudit.report.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.jobaudit.ConfigurationException;
import io.jobaudit.FailureReason;
import io.jobaudit.csv.CsvException;
import io.jobaudit.csv.CsvTable;
import io.jobaudit.report.subject.BookingProperties;

/**
 * The accounts that a cost centre is booked to.
 *
 * @param byCostCentre accounts by cost centre; those of {@code *} are for all others
 */
public record AccountsMap(Map<String, Accounts> byCostCentre) {

	private static final String ALL_OTHERS = "*";

	private static final String COST_CENTRE = "cost_centre";

	private static final String DEBIT = "debit_account";

	private static final String CREDIT = "credit_account";

	public AccountsMap {
		byCostCentre = Map.copyOf(byCostCentre);
	}

	/**
	 * Reads the file; empty when there is none.
	 * @throws ConfigurationException when it has a fault or is missing although it is
	 * configured
	 */
	public static Optional<AccountsMap> read(BookingProperties properties) {
		Path file = properties.accountsMap();
		if (Files.exists(file)) {
			return Optional.of(read(file));
		}
		if (file.equals(Path.of(BookingProperties.DEFAULT_FILE))) {
			return Optional.empty();
		}
		throw new ConfigurationException(name(file.toAbsolutePath())
				+ ": no such file; create it, or name another with audit.booking.accounts-map");
	}

	private static AccountsMap read(Path file) {
		Map<String, Accounts> map = new HashMap<>();
		Map<String, Long> lines = new HashMap<>();
		CsvTable table = new CsvTable(name(file), List.of(COST_CENTRE, DEBIT, CREDIT));
		for (CsvTable.Row row : rows(file, table)) {
			String costCentre = required(table, row, COST_CENTRE, "the cost centre, or * for all others");
			Accounts accounts = new Accounts(required(table, row, DEBIT, "the account to debit, e.g. 6420"),
					required(table, row, CREDIT, "the account to credit, e.g. 2100"));
			if (map.put(costCentre, accounts) != null) {
				throw fault(table, row, "cost_centre \"%s\" is also on line %d; remove one of the two lines"
					.formatted(costCentre, lines.get(costCentre)));
			}
			lines.put(costCentre, row.line());
		}
		if (map.isEmpty()) {
			throw new ConfigurationException(
					"%s: no accounts; write one line per cost centre below the line %s, or remove the file"
						.formatted(table.file(), table.header()));
		}
		return new AccountsMap(map);
	}

	private static List<CsvTable.Row> rows(Path file, CsvTable table) {
		try {
			return table.read(Files.newInputStream(file));
		}
		catch (CsvException ex) {
			throw new ConfigurationException(String.valueOf(ex.getMessage()), ex);
		}
		catch (IOException ex) {
			throw new ConfigurationException("%s: the file cannot be read: %s; let this user read it"
				.formatted(table.file(), FailureReason.ofFile(ex)), ex);
		}
	}

	private static String required(CsvTable table, CsvTable.Row row, String column, String meaning) {
		String value = row.value(column);
		if (value.isEmpty()) {
			throw fault(table, row, "%s is empty; write %s".formatted(column, meaning));
		}
		return value;
	}

	private static ConfigurationException fault(CsvTable table, CsvTable.Row row, String problem) {
		return new ConfigurationException(CsvException.message(table.file(), row.line(), problem));
	}

	private static String name(Path file) {
		return "accounts map " + file;
	}

	/** The accounts of a cost centre; empty when it has none. */
	Optional<Accounts> of(String costCentre) {
		return Optional.ofNullable(this.byCostCentre.getOrDefault(costCentre, this.byCostCentre.get(ALL_OTHERS)));
	}

	/** Where an amount is booked. */
	record Accounts(String debit, String credit) {
	}

}
