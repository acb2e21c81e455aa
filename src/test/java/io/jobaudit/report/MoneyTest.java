package io.jobaudit.report;

import java.math.BigDecimal;
import java.nio.file.Path;

import javax.sql.DataSource;

import io.jobaudit.Money;
import io.jobaudit.TestPostgres;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MoneyTest {

	private static final String DEFINITION = """
			title: Costs
			sheets:
			  - name: Costs
			    title: Costs
			    csv: costs.csv
			    columns:
			      - {header: Currency, format: text}
			      - {header: Price, format: price, currency: Currency}
			      - {header: Spend, format: money, currency: Currency, total: true}
			""";

	private static final String SUMMARY = """
			select 'Costs' as section, 'In ' || currency as label, 0.0055 as amount, null::numeric as share, null as note,
			  false as is_check, 'money' as format, currency from (values ('JPY'), ('KWD')) as v (currency)
			""";

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "CNY, 0.005, 0.01, '#,##0.00'", "CNY, -0.005, -0.01, '#,##0.00'", "JPY, 0.5, 1, '#,##0'",
			"KWD, 0.0005, 0.001, '#,##0.000'", "XXX, 0.005, 0.01, '#,##0.00'", "(no price), 0.005, 0.01, '#,##0.00'",
			", 0.0049, 0.00, '#,##0.00'" })
	void anAmountIsRoundedHalfUpToTheDigitsOfItsCurrency(String currency, BigDecimal exact, BigDecimal rounded,
			String pattern) {
		assertThat(Money.rounded(exact, currency)).isEqualTo(rounded);
		assertThat(Money.pattern(currency)).isEqualTo(pattern);
	}

	@Test
	void cellsSummaryAndCsvShowMoneyRoundedAndPricesAsTheyAre() {
		// given
		WrittenReports reports = write("""
				select currency as "Currency", 0.00071 as "Price", 1234.5675 as "Spend"
				from (values (1, 'JPY'), (2, 'KWD'), (3, 'CNY')) as v (n, currency) order by n""");
		// when
		ReadWorkbook workbook = ReadWorkbook.of(reports, "costs.xlsx");
		// then
		assertThat(workbook.column("Costs", "Spend")).containsExactly("1,235", "1,234.568", "1,234.57", "1,234.57",
				"1,235", "1,234.568");
		assertThat(workbook.cell("Costs", 2, "Spend").getNumericCellValue()).isEqualTo(1234.568);
		assertThat(workbook.column("Costs", "Price")).startsWith("0.00071");
		assertThat(workbook.figure("In JPY")).isEqualTo("0");
		assertThat(workbook.figure("In KWD")).isEqualTo("0.006");
		assertThat(reports.directory().resolve("costs.csv")).content()
			.isEqualTo("Currency,Price,Spend\r\nJPY,0.00071,1235\r\nKWD,0.00071,1234.568\r\nCNY,0.00071,1234.57\r\n");
	}

	@Test
	void anAmountOfMoreDigitsThanACellHoldsIsATextWithAllOfThem() {
		ReadWorkbook workbook = ReadWorkbook.of(write("""
				select 'CNY' as "Currency", 1 as "Price", 12345678901234.56 as "Spend\""""), "costs.xlsx");

		Cell spend = workbook.cell("Costs", 1, "Spend");
		assertThat(spend.getCellType()).isEqualTo(CellType.STRING);
		assertThat(spend.getStringCellValue()).isEqualTo("12345678901234.56");
	}

	private WrittenReports write(String sql) {
		DataSource database = TestPostgres.migratedDatabase();
		SiteDirectory site = new SiteDirectory(this.directory).file("costs/workbook.yml", DEFINITION)
			.file("costs/costs.sql", sql)
			.file("costs/summary.sql", SUMMARY);
		ReportWriter writer = new ReportWriter(database, site.properties());
		writer.requireUsableQueries();
		return writer.write(new RunSeed(database).close(), () -> false);
	}

}
