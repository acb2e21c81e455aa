package io.jobaudit.report.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.ConfigurationException;
import io.jobaudit.report.csv.AccountsMap.Accounts;
import io.jobaudit.report.subject.BookingProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccountsMapTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void aCostCentreHasItsAccountsOrThoseOfAllOthers() throws IOException {
		AccountsMap map = AccountsMap
			.read(file("credit_account,cost_centre,debit_account\n2100,CC-1,6420\n2101,*,6490\n"))
			.orElseThrow();

		assertThat(map.of("CC-1")).contains(new Accounts("6420", "2100"));
		assertThat(map.of("Rounding")).contains(new Accounts("6490", "2101"));
	}

	@Test
	void withoutALineForAllOthersACostCentreMayHaveNone() throws IOException {
		AccountsMap map = AccountsMap.read(file("cost_centre,debit_account,credit_account\nCC-1,6420,2100\n"))
			.orElseThrow();

		assertThat(map.of("CC-2")).isEmpty();
	}

	@Test
	void theDefaultFileMayBeMissingAndAnyOtherMustExist() {
		assertThat(AccountsMap.read(new BookingProperties(Path.of(BookingProperties.DEFAULT_FILE)))).isEmpty();
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> AccountsMap.read(new BookingProperties(this.directory.resolve("gone.csv"))))
			.withMessageEndingWith(
					"gone.csv: no such file; create it, or name another with audit.booking.accounts-map");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					cost_centre,debit_account|, line 1: missing column "credit_account"; begin the file with the line cost_centre,debit_account,credit_account
					cost_center,debit_account,credit_account|, line 1: unknown column "cost_center", did you mean "cost_centre"? Begin the file with the line cost_centre,debit_account,credit_account
					cost_centre,cost_centre,debit_account,credit_account|, line 1: duplicate column "cost_centre"; remove one of them
					cost_centre,debit_account,credit_account|: no accounts; write one line per cost centre below the line cost_centre,debit_account,credit_account, or remove the file
					cost_centre,debit_account,credit_account;CC-1,6420|, line 2: the row has 2 cells, but the header has 3: [CC-1, 6420]; write a comma for each column, even where it is empty
					cost_centre,debit_account,credit_account;CC-1,6420,2,1|, line 2: the row has 4 cells, but the header has 3: [CC-1, 6420, 2, 1]; quote the cell that contains a comma
					cost_centre,debit_account,credit_account;CC-1,,2100|, line 2: debit_account is empty; write the account to debit, e.g. 6420
					cost_centre,debit_account,credit_account;,6420,2100|, line 2: cost_centre is empty; write the cost centre, or * for all others
					cost_centre,debit_account,credit_account;CC-1,6420,2100;CC-1,6421,2100|, line 3: cost_centre "CC-1" is also on line 2; remove one of the two lines
					cost_centre,debit_account,credit_account;"CC-1,6420,2100|, line 2: the quotes of this row do not match; write a quote inside a quoted value twice, and close each quoted value
					""")
	void aFaultNamesLineValueAndFix(String content, String fault) throws IOException {
		BookingProperties properties = file(content.replace(';', '\n') + '\n');

		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> AccountsMap.read(properties))
			.withMessage("accounts map " + properties.accountsMap() + fault);
	}

	private BookingProperties file(String content) throws IOException {
		Path file = this.directory.resolve("accounts.csv");
		Files.writeString(file, content);
		return new BookingProperties(file);
	}

}
