package io.jobaudit.report.csv;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.jobaudit.ConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BudgetsTest {

	@TempDir
	private Path directory = Path.of("");

	@Test
	void theSampleIsRead() {
		Budgets budgets = Budgets.read(new BudgetProperties(Path.of("config/budgets.sample.csv")));

		assertThat(budgets.lines()).extracting(Object::toString)
			.containsExactly("Budget[costCentre=CC-Marketing, currency=CNY, month=2026-11, amount=5000]",
					"Budget[costCentre=CC-Research, currency=CNY, month=2026-11, amount=1200.50]",
					"Budget[costCentre=*, currency=CNY, month=2026-11, amount=8000]");
	}

	@Test
	void columnsAreInAnyOrderAndNamesAreWhatTheyAre() throws IOException {
		assertThat(read("amount,month,currency,cost_centre\n0.5,2026-10,JPY,\"A \"\"quoted\"\", 市场部\"\n").json())
			.contains("\"cost_centre\":\"A \\\"quoted\\\", 市场部\"", "\"amount\":\"0.5\"", "\"month\":\"2026-10-01\"",
					"\"currency\":\"JPY\"");
	}

	@Test
	void withoutTheDefaultFileThereAreNoBudgets() {
		assertThat(Budgets.read(BudgetProperties.standard()).json()).isEqualTo("[]");
	}

	@Test
	void aMissingFileThatIsConfiguredIsNamed() {
		assertThatExceptionOfType(ConfigurationException.class)
			.isThrownBy(() -> Budgets.read(new BudgetProperties(this.directory.resolve("none.csv"))))
			.withMessageContaining("none.csv: the file cannot be read")
			.withMessageContaining("audit.budgets.file");
		assertThatIllegalArgumentException().isThrownBy(() -> new BudgetProperties(Path.of(" ")))
			.withMessageContaining("audit.budgets.file takes a file name");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					``|no budgets; write one line per budget below the line cost_centre,currency,month,amount, or remove the file
					`cost_centre,currency,amount`|line 1: missing column "month"; begin the file with the line cost_centre,currency,month,amount
					`cost_centre,currency,month,month,amount`|line 1: duplicate column "month"
					`cost_center,currency,month,amount`|line 1: unknown column "cost_center", did you mean "cost_centre"?
					`cost_centre,currency,month,amount\\nA,CNY,2026-10,1\\n,CNY,2026-10,1`|line 3: cost_centre is empty; write the cost centre, or * for all together
					`cost_centre,currency,month,amount\\nA,RMB,2026-10,1`|line 2: currency is "RMB"; write an ISO 4217 code, e.g. CNY
					`cost_centre,currency,month,amount\\nA,CNY,2026-13,1`|line 2: month is "2026-13"; write a month, e.g. 2026-10
					`cost_centre,currency,month,amount\\nA,CNY,Oct,1`|line 2: month is "Oct"
					`cost_centre,currency,month,amount\\nA,CNY,2026-10,0.0`|line 2: amount is "0.0"; write a number above 0 with at most 12 decimal places, e.g. 5000
					`cost_centre,currency,month,amount\\nA,CNY,2026-10,-5`|line 2: amount is "-5"
					`cost_centre,currency,month,amount\\nA,CNY,2026-10,5,000`|line 2: the row has 5 cells, but the header has 4: [A, CNY, 2026-10, 5, 000]; quote the cell that contains a comma
					`cost_centre,currency,month,amount\\nA,CNY,2026-10,5\\nA,USD,2026-10,5\\nA,CNY,2026-10,6`|line 4: A has a budget for 2026-10 in CNY on line 2 already; remove one of the two lines
					`cost_centre,"currency`|line 1: the quotes of this row do not match
					""")
	void aFaultIsNamedWithItsLineItsValueAndTheFix(String text, String message) {
		assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> read(text.replace("\\n", "\n")))
			.withMessageContaining("budget file")
			.withMessageContaining(message);
	}

	private Budgets read(String text) throws IOException {
		return Budgets.read(new BudgetProperties(Files.writeString(this.directory.resolve("budgets.csv"), text)));
	}

}
