package io.jobaudit.billing;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;

import io.jobaudit.ExitStatus;
import io.jobaudit.billing.Bill.BillException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BillTest {

	private static final String HEADER = "BillingCycle,ProductCode,BillingItem,Usage,UsageUnit,PretaxAmount,Currency\n";

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	@TempDir
	private Path directory = Path.of("");

	@Test
	void addsTheLinesOfTheMonthAndProductByTypeAndCurrency() throws IOException {
		Bill bill = read(HEADER + """
				2026-10,ice,ASR,1000,Token,0.35,CNY
				2026-09,ice,ASR,1000,Token,9,CNY
				2026-10,ecs,ecs.g8,1,Hour,7.25,CNY
				2026-10,ICE,ASR,500,Token,"1,234.5678",cny
				2026-10,ice,ASR,2,Token,0.1,USD
				2026-10,ice,text_llm,,,-3,CNY
				2026-10,ice,Text_LLM,4,Token,1.5,CNY
				""", properties(List.of(), List.of("TEXT_LLM=TextGenerate")));

		assertThat(bill.types()).extracting(Object::toString)
			.containsExactly(
					"BilledType[jobType=ASR, currency=CNY, lines=2, amount=1234.9178, usage=1500, unit=Token, digits=4]",
					"BilledType[jobType=ASR, currency=USD, lines=1, amount=0.1, usage=2, unit=Token, digits=1]",
					"BilledType[jobType=TextGenerate, currency=CNY, lines=2, amount=-1.5, usage=null, unit=null, digits=1]");
		assertThat(List.of(bill.lines(), bill.otherMonths(), bill.otherProducts())).containsExactly(5L, 1L, 1L);
		assertThat(bill.asRows().get(0)).containsEntry("amount", "1234.9178").containsEntry("usage", "1500");
		assertThat(bill.asRows().get(2)).containsEntry("usage", null);
	}

	@Test
	void differentUnitsAreNotAddedUp() throws IOException {
		Bill bill = read(HEADER + """
				2026-10,ice,ASR,1000,Token,1,CNY
				2026-10,ice,ASR,2,1000 Token,1,CNY
				""", properties(List.of(), List.of()));

		assertThat(bill.types()).singleElement().satisfies((type) -> {
			assertThat(type.usage()).isNull();
			assertThat(type.unit()).isNull();
		});
	}

	/** As the console exports them, in either language. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Billing Cycle,Product Code,Billing Item,Usage,Usage Unit,Pretax Amount,Currency
			\uFEFFBillingMonth,productcode,billing_item_code,usage,usageunit,PretaxAmount,Currency
			账期,产品Code,计费项,用量,用量单位,应付金额,币种
			BillingCycle,ProductCode,CommodityCode,Usage,UsageUnit,PretaxAmount,Currency
			""")
	void knowsTheNamesOfTheVendorsExports(String header) throws IOException {
		Bill bill = read(header + "\n202610,ice,ASR,1,Token,0.5,CNY\n", properties(List.of(), List.of()));

		assertThat(bill.types()).singleElement()
			.hasToString("BilledType[jobType=ASR, currency=CNY, lines=1, amount=0.5, usage=1, unit=Token, digits=1]");
	}

	@Test
	void columnsOfOtherNamesAreConfiguredAndThoseThatNeedNotBeThereAreNot() throws IOException {
		Bill bill = read("Day,What,Payable,Cur\n2026-10-31,ASR,12,CNY\n2026/10,ASR,3,CNY\n",
				properties(List.of("month=Day", "item=What", "amount = Payable", "currency=Cur"), List.of()));

		assertThat(bill.types()).singleElement()
			.hasToString("BilledType[jobType=ASR, currency=CNY, lines=2, amount=15, usage=null, unit=null, digits=0]");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					`BillingCycle,BillingItem,Currency`|line 1: no column "PretaxAmount"; name the column of the amount with audit.bill.columns=amount=NAME, of [BillingCycle, BillingItem, Currency]
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-10,ASR,abc,CNY`|line 2: the amount is "abc", but must be a number such as 12.34; correct the line, or name another column with audit.bill.columns=amount=NAME
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-13,ASR,1,CNY`|line 2: the month is "2026-13", but must be a month, e.g. 2026-10
					`BillingCycle,BillingItem,PretaxAmount,Currency\\nOctober,ASR,1,CNY`|the month is "October", but must be a month
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-10,ASR,1,yuan`|the currency is "YUAN", but must be an ISO 4217 code, e.g. CNY
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-10,,1,CNY`|the item is "", but must be a value
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-10,ASR,1`|line 2: the row has 3 cells, but the header has more; quote the cell that contains a line end
					`BillingCycle,BillingItem,PretaxAmount,Currency\\n2026-09,ASR,1,CNY`|no line of 2026-10, but of [2026-09]; export the bill of that month
					`BillingCycle,BillingItem,PretaxAmount,Currency`|no line of 2026-10; export the bill of that month
					`BillingCycle,ProductCode,BillingItem,PretaxAmount,Currency\\n2026-10,ecs,x,1,CNY`|no line of 2026-10 has the product ice, but there are [ecs]; name yours with audit.bill.products
					``|the file is empty; export the bill's details again
					`BillingCycle,"Item`|the quotes of this row do not match
					""")
	void aFaultIsNamedWithItsLineItsValueAndTheFix(String text, String message) {
		assertThatExceptionOfType(BillException.class)
			.isThrownBy(() -> read(text.replace("\\n", "\n"), properties(List.of(), List.of())))
			.withMessageContaining(message)
			.withMessageContaining("bill.csv")
			.satisfies((fault) -> assertThat(fault.status()).isEqualTo(ExitStatus.INPUT));
	}

	@Test
	void aColumnThatIsConfiguredMustBeThere() {
		assertThatExceptionOfType(BillException.class).isThrownBy(
				() -> read(HEADER + "2026-10,ice,ASR,1,Token,1,CNY\n", properties(List.of("usage=Tokens"), List.of())))
			.withMessageContaining("no column \"Tokens\"");
	}

	@Test
	void aMissingFileIsNamed() {
		assertThatExceptionOfType(BillException.class)
			.isThrownBy(() -> Bill.read(this.directory.resolve("none.csv"), OCTOBER, properties(List.of(), List.of())))
			.withMessageContaining("none.csv: the file cannot be read");
	}

	@Test
	void settingsThatMakeNoSenseAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> properties(List.of("payable=Amount"), List.of()))
			.withMessage(
					"audit.bill.columns knows month, product, item, currency, amount, usage and unit, but got payable");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(List.of("amount"), List.of()))
			.withMessage("audit.bill.columns takes pairs such as amount=PretaxAmount, but got amount");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(List.of(), List.of("=ASR")))
			.withMessage("audit.bill.items takes pairs such as ice_llm_text=TextGenerate, but got =ASR");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(List.of(), List.of("x=")));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BillProperties(List.of(), List.of(), List.of(), BigDecimal.ZERO))
			.withMessage("audit.bill.products takes product codes such as ice, but is empty");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new BillProperties(List.of("ice"), List.of(), List.of(), new BigDecimal("-1")))
			.withMessage("audit.bill.tolerance takes an amount of 0 or more such as 0.01, but got -1");
	}

	private Bill read(String text, BillProperties properties) throws IOException {
		return Bill.read(Files.writeString(this.directory.resolve("bill.csv"), text, StandardCharsets.UTF_8), OCTOBER,
				properties);
	}

	private static BillProperties properties(List<String> columns, List<String> items) {
		return new BillProperties(List.of("ice"), columns, items, new BigDecimal("0.01"));
	}

}
