package io.jobaudit.report;

import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.jobaudit.RunId;
import io.jobaudit.TestPostgres;
import io.jobaudit.report.FocusFile.Charge;
import io.jobaudit.report.csv.BudgetProperties;
import io.jobaudit.report.csv.FocusCsv.FocusPart;
import io.jobaudit.report.csv.FocusProperties;
import io.jobaudit.report.subject.BookingProperties;
import io.jobaudit.report.subject.ReportPeriod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/** Checks each column against {@code focus-rules.csv}. */
@Tag("slow")
class FocusCsvTest {

	private static final RunId FIRST = new RunId(1);

	private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

	private static final YearMonth OCTOBER = YearMonth.of(2026, 10);

	private static final Map<String, String> SCHEMAS = Map.of("1.2", "31985b72-821e-3e8f-80fe-fab9b244caf4", "1.3",
			"7c393b96-ec8a-3f50-8244-1a4622d88dd2", "1.4", "5baa1817-25eb-3aa6-8f28-a159725c2b08");

	private final DataSource database = TestPostgres.migratedDatabase();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	@TempDir
	private Path directory;

	@BeforeEach
	void seed() {
		price("TextGenerate", "CNY", "0.0035", "2026-09-01", "2026-10-15");
		price("TextGenerate", "CNY", "0.004", "2026-10-15", null);
		price("Translate", "USD", "0.0123456789", "2026-09-01", null);
		price("Cheap", "CNY", "0.0001", "2026-09-01", null);
		new RunSeed(this.database).spent("september", "TextGenerate", 1234, "2026-09-30T15:59:59Z")
			.spent("october", "TextGenerate", 1001, "2026-09-30T16:00:00Z")
			.spent("dear", "TextGenerate", 10, "2026-10-15T00:00:00Z")
			.spent("dollars", "Translate", 7, "2026-10-10T03:04:05.678Z")
			.spent("cheap", "Cheap", 1, "2026-10-10T00:00:00Z")
			.spent("unpriced", "ASR", 500, "2026-10-11T03:04:05Z")
			.spent("nothing", "TextGenerate", 0, "2026-10-11T03:00:00Z")
			.spent("huge", "Translate", 9_000_000_000_000_000L, "2026-10-12T03:59:59Z")
			.job("unknown", "FETCHED",
					Map.of("state", "Finished", "job_type", "TextGenerate", "usage_status", "UNREADABLE", "create_time",
							"2026-10-13T00:00:00Z"))
			.failed("failed", "TextGenerate", "NoVoice", "x")
			.job("failed-late", "FETCHED",
					Map.of("state", "Failed", "job_type", "TextGenerate", "usage_status", "REPORTED", "total_tokens",
							99, "create_time", "2026-10-14T00:00:00Z"))
			.job("-hostile", "FETCHED",
					Map.of("state", "@state", "job_type", "=cmd|' /C calc'!A0", "usage_status", "REPORTED",
							"total_tokens", 3, "create_time", "2026-10-14T00:30:00Z"))
			.labels("-hostile", Map.of("=1+1", "@SUM(A1)", "quote \" and, comma", "two\r\nlines"))
			.unspent("timeless", "ASR", "ABSENT")
			.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1.2", "1.3", "1.4" })
	void itsColumnsAreThoseOfItsVersionFocusFirst(String version) throws IOException {
		// given
		List<FocusRule> rules = FocusRule.of(version);
		FocusProperties focus = new FocusProperties(version, "CNY", null);

		// when
		WrittenReports reports = new ReportWriter(this.database, ReportSettings.of(this.directory, SHANGHAI), focus,
				BudgetProperties.standard(), BookingProperties.standard())
			.write(FIRST, () -> false);

		// then
		FocusFile file = FocusFile.of(reports);
		assertThat(file.header()).containsExactlyElementsOf(rules.stream().map(FocusRule::column).toList());
		assertThat(FocusFile.of(reports, FocusPart.UNPRICED).header()).isEqualTo(file.header());
		assertThat(rules.stream().filter(FocusRule::isOfFocus).map(FocusRule::column)).isSorted()
			.allMatch((column) -> column.matches("([A-Z][a-z]+)+"));
		assertThat(rules.stream().filter((rule) -> !rule.isOfFocus()).map(FocusRule::column)).isSorted()
			.allMatch((column) -> column.matches("x_([A-Z][a-z]+)+"));
		rules.forEach((rule) -> assertThat(file.charges()).as(rule.column()).allSatisfy(rule::requireKept));
		JsonNode metadata = JsonMapper.shared()
			.readTree(Files.readString(reports.directory().resolve("focus-metadata.json")));
		assertThat(metadata.at("/DataGenerator").asString()).isEqualTo("job-audit");
		assertThat(metadata.at("/Schema/FocusVersion").asString()).isEqualTo(version);
		assertThat(metadata.at("/Schema/SchemaId").asString())
			.as("when the columns change, so does the date in FocusMetadata")
			.isEqualTo(SCHEMAS.get(version));
		assertThat(metadata.at("/Schema/ColumnDefinition").valueStream())
			.map((column) -> column.at("/ColumnName").asString() + " " + column.at("/DataType").asString()
					+ (column.has("Deprecated") ? " deprecated" : ""))
			.containsExactlyElementsOf(rules.stream()
				.map((rule) -> rule.column() + " " + rule.type().toUpperCase(Locale.ROOT)
						+ (version.equals("1.3") && rule.versions().equals("1.2-1.3") ? " deprecated" : ""))
				.toList());
		assertThat(metadata.at("/DatasetInstance/0/FocusDatasetId").asString("none"))
			.isEqualTo(version.equals("1.2") ? "none" : "CostAndUsage");
	}

	@Test
	void theMandatoryColumnsAreThoseOfTheSpecification() {
		List<String> always = List.of("BilledCost", "BillingAccountId", "BillingAccountName", "BillingCurrency",
				"BillingPeriodEnd", "BillingPeriodStart", "ChargeCategory", "ChargeClass", "ChargeDescription",
				"ChargePeriodEnd", "ChargePeriodStart", "ContractedCost", "EffectiveCost", "InvoiceIssuerName",
				"ListCost", "PricingQuantity", "PricingUnit", "ServiceCategory", "ServiceName");
		List<String> since = List.of("HostProviderName", "ServiceProviderName");
		List<String> until = List.of("ProviderName", "PublisherName");

		assertThat(mandatory("1.2")).hasSameElementsAs(joined(always, until));
		assertThat(mandatory("1.3")).hasSameElementsAs(joined(joined(always, until), since));
		assertThat(mandatory("1.4")).hasSameElementsAs(joined(always, since));
	}

	private static List<String> mandatory(String version) {
		return FocusRule.of(version)
			.stream()
			.filter((rule) -> rule.level().equals("Mandatory"))
			.map(FocusRule::column)
			.toList();
	}

	private static List<String> joined(List<String> some, List<String> others) {
		return Stream.concat(some.stream(), others.stream()).toList();
	}

	@Test
	void everyCellOfARunKeepsTheRulesOfItsColumn() {
		requireRulesKept(run(FIRST), 8);
		assertThat(unpriced(writer(SHANGHAI).write(FIRST, () -> false))).containsExactly("unpriced UNPRICED",
				"unknown UNKNOWN", "failed FREE", "'-hostile UNPRICED", "timeless UNKNOWN");
	}

	@Test
	void everyCellOfAMonthKeepsTheRulesOfItsColumn() {
		requireRulesKept(month(OCTOBER), 7);
		assertThat(unpriced(write(OCTOBER))).containsExactlyInAnyOrder("unpriced UNPRICED", "unknown UNKNOWN",
				"failed FREE", "'-hostile UNPRICED");
	}

	@Test
	void everyCellOfACorrectionKeepsTheRulesOfItsColumn() {
		// given
		closeOctober();
		RunId run = learnMore();

		// then
		requireRulesKept(run(run), 8);
		requireRulesKept(month(OCTOBER.plusMonths(1)), 5);
		assertThat(unpriced(write(OCTOBER.plusMonths(1)))).containsExactly("timeless UNKNOWN");
	}

	@Test
	void aCorrectionWithoutAPriceIsAmongTheUnpriced() {
		// given
		closeOctober();
		new RunSeed(this.database).spent("late", "ASR", 70, "2026-10-20T00:30:00Z").close();
		this.jdbc.sql("update audit.audit_item set decided_at = '2026-11-11 00:00+08' where job_id = 'late'").update();

		// then
		assertThat(unpriced(write(OCTOBER.plusMonths(1)))).containsExactly("timeless UNKNOWN", "late UNPRICED");
	}

	@Test
	void aLoaderTakesTheFileAndItsSumsAreThoseOfEachBillingAccount() throws Exception {
		// given
		FocusProperties focus = new FocusProperties("1.2", "CNY", "1234567890123456");
		WrittenReports reports = new ReportWriter(this.database, ReportSettings.of(this.directory, SHANGHAI), focus,
				BudgetProperties.standard(), BookingProperties.standard())
			.write(FIRST, () -> false);
		this.jdbc
			.sql("create table public.focus (%s)"
				.formatted(FocusRule.of("1.2").stream().map(FocusRule::ddl).collect(Collectors.joining(", "))))
			.update();

		// when
		copy(reports.directory().resolve("focus.csv"));

		// then
		assertThat(this.jdbc.sql("""
				select concat_ws(' ', "BillingAccountId", "BillingAccountName", "BillingCurrency", count(*),
				  trim_scale(sum("BilledCost")), trim_scale(sum("ListCost")), sum("ConsumedQuantity"))
				from public.focus group by "BillingAccountId", "BillingAccountName", "BillingCurrency" order by 1""")
			.query(String.class)
			.list()).containsExactly("1234567890123456 default CNY 6 0.0078626 0.0082091 2345",
					"1234567890123456/USD default (USD) USD 2 111111110100.0000864197523 111111110100.0000864197523 9000000000000007");
		assertThat(this.jdbc
			.sql("""
										select count(*) from public.focus
										where "ListUnitPrice" * "PricingQuantity" <> "ListCost" or "ContractedUnitPrice" * "PricingQuantity" <> "ContractedCost"
										or "ChargePeriodEnd" <= "ChargePeriodStart" or "ChargePeriodStart" < "BillingPeriodStart"
										or "BillingPeriodEnd" < "ChargePeriodEnd"
					""")
			.query(Long.class)
			.single()).isZero();
		assertThat(this.jdbc
			.sql("""
					select count(*) from (
					  select from public.focus group by "SkuPriceId"
					  having count(distinct "SkuId") > 1 or count(distinct "ListUnitPrice") > 1 or count(distinct "BillingCurrency") > 1) as f""")
			.query(Long.class)
			.single()).isZero();
	}

	/** By reflection: the compiler warns about annotations that the driver lacks. */
	private void copy(Path file) throws Exception {
		try (Connection connection = this.database.getConnection(); Reader text = Files.newBufferedReader(file)) {
			Class<?> driver = Class.forName("org.postgresql.PGConnection");
			Object copier = driver.getMethod("getCopyAPI").invoke(connection.unwrap(driver));
			copier.getClass()
				.getMethod("copyIn", String.class, Reader.class)
				.invoke(copier, "copy public.focus from stdin with (format csv, header match)", text);
		}
	}

	@Test
	void everyChargeHasTheInvoiceOfTheMonthThatBooksIt() {
		// given
		closeOctober();
		this.jdbc.sql("update audit.month_close set invoice_id = '=INV 7'").update();

		// when
		RunId run = learnMore();

		// then
		assertThat(run(run).charges()).allSatisfy(
				(charge) -> assertThat(charge.text("InvoiceId")).isEqualTo(charge.isCorrection() ? null : "'=INV 7"));
	}

	@Test
	void whoAndWhatAChargeIsForIsInItsColumns() {
		// given
		RunId run = new RunSeed(this.database)
			.job("whole", "FETCHED",
					Map.of("state", "Finished", "job_type", "TextGenerate", "usage_status", "REPORTED", "total_tokens",
							5, "create_time", "2026-10-14T00:00:00Z", "user_id", "1900000000000001", "title", "News"))
			.labels("whole", Map.of("cost_centre", "CC-7"))
			.close();

		// then
		assertThat(run(run).charge("whole").cells()).containsEntry("SubAccountId", "1900000000000001")
			.containsEntry("SubAccountName", "1900000000000001")
			.containsEntry("ResourceId", "whole")
			.containsEntry("ResourceName", "News")
			.containsEntry("RegionName", "China (Shanghai)")
			.containsEntry("SkuId", "ice/TextGenerate")
			.containsEntry("SkuPriceId", "ice/TextGenerate/CNY/0.0035")
			.containsEntry("x_CostCentre", "CC-7")
			.containsEntry("Tags", "{\"cost_centre\": \"CC-7\"}");
	}

	@Test
	void whatAJobCostsIsItsPriceTimesItsThousandsOfTokens() {
		// when
		FocusFile file = run(FIRST);

		// then
		assertThat(file.charge("october").cells()).containsEntry("BilledCost", "0.0035035")
			.containsEntry("BillingCurrency", "CNY")
			.containsEntry("ContractedUnitPrice", "0.0035")
			.containsEntry("ConsumedQuantity", "1001")
			.containsEntry("PricingQuantity", "1.001")
			.containsEntry("ChargeDescription", "Smart job of type TextGenerate: tokens at 0.0035 CNY per 1000")
			.containsEntry("BillingPeriodStart", "2026-09-30T16:00:00Z")
			.containsEntry("BillingPeriodEnd", "2026-10-31T16:00:00Z")
			.containsEntry("ChargePeriodStart", "2026-09-30T16:00:00Z")
			.containsEntry("ChargePeriodEnd", "2026-09-30T17:00:00Z")
			.containsEntry("x_State", "Finished");
		assertThat(file.charge("september").cells()).containsEntry("BillingPeriodEnd", "2026-09-30T16:00:00Z");
		assertThat(file.charge("dollars").cells()).containsEntry("BilledCost", "0.0000864197523")
			.containsEntry("BillingCurrency", "USD");
		assertThat(file.charge("cheap").cells()).as("no exponent").containsEntry("BilledCost", "0.0000001");
		assertThat(file.charge("huge").cells()).containsEntry("ConsumedQuantity", "9000000000000000")
			.containsEntry("BilledCost", "111111110100");
		assertThat(file.charge("nothing").cells()).containsEntry("BilledCost", "0")
			.containsEntry("x_SpendStatus", "PRICED");
	}

	@Test
	void whatIsNotKnownIsNullInAFileOfItsOwnAndAFailedJobIsFree() {
		// when
		WrittenReports reports = writer(SHANGHAI).write(FIRST, () -> false);
		FocusFile unpriced = FocusFile.of(reports, FocusPart.UNPRICED);

		// then
		assertThat(List.of(unpriced.charge("unpriced"), unpriced.charge("unknown"), unpriced.charge("timeless"),
				unpriced.charge("failed"), FocusFile.of(reports).charge("failed-late")))
			.extracting((charge) -> charge.text("x_SpendStatus"), (charge) -> charge.text("BilledCost"),
					(charge) -> charge.text("BillingCurrency"), (charge) -> charge.text("ListUnitPrice"),
					(charge) -> charge.text("ListCost"), (charge) -> charge.text("ConsumedQuantity"),
					(charge) -> charge.text("BillingPeriodStart"), (charge) -> charge.text("ChargePeriodEnd"))
			.containsExactly(
					tuple("UNPRICED", null, null, null, null, "500", "2026-09-30T16:00:00Z", "2026-10-11T04:00:00Z"),
					tuple("UNKNOWN", null, "CNY", "0.0035", null, null, "2026-09-30T16:00:00Z", "2026-10-13T01:00:00Z"),
					tuple("UNKNOWN", null, null, null, null, null, "2026-10-31T16:00:00Z", "2026-11-22T02:00:00Z"),
					tuple("FREE", "0", "CNY", "0.0035", null, null, "2026-09-30T16:00:00Z", "2026-10-01T03:00:00Z"),
					tuple("FREE", "0", "CNY", "0.0035", "0.0003465", "99", "2026-09-30T16:00:00Z",
							"2026-10-14T01:00:00Z"));
	}

	@Test
	void itsSumsAreThoseOfTheDatabase() {
		// when
		FocusFile run = run(FIRST);
		FocusFile month = month(OCTOBER);

		// then
		assertThat(run.billedCosts()).isEqualTo(spend("audit.v_run_job where run_id = 1"));
		assertThat(
				run.tokens().add(FocusFile.of(writer(SHANGHAI).write(FIRST, () -> false), FocusPart.UNPRICED).tokens()))
			.isEqualByComparingTo(tokens("audit.v_run_job where run_id = 1"));
		String created = """
				audit.v_job where create_time >= '2026-10-01 00:00+08' and create_time < '2026-11-01 00:00+08'""";
		assertThat(month.billedCosts()).isEqualTo(spend(created)).isNotEqualTo(run.billedCosts());
		assertThat(month.tokens().add(FocusFile.of(write(OCTOBER), FocusPart.UNPRICED).tokens()))
			.isEqualByComparingTo(tokens(created));
	}

	@Test
	void whatIsLearntOfAClosedMonthIsACorrectionInTheMonthInWhichItIsSeen() throws Exception {
		// given
		closeOctober();
		byte[] asClosed = Files.readAllBytes(write(OCTOBER).directory().resolve("focus.csv"));

		// when
		learnMore();

		// then
		assertThat(write(OCTOBER).directory().resolve("focus.csv")).as("the closed month").hasBinaryContent(asClosed);
		List<Charge> corrections = month(OCTOBER.plusMonths(1)).charges()
			.stream()
			.filter(Charge::isCorrection)
			.toList();
		assertThat(corrections)
			.allSatisfy((correction) -> assertThat(correction.cells()).containsEntry("ChargeClass", "Correction")
				.containsEntry("x_CorrectedMonth", "2026-10")
				.containsEntry("BillingPeriodStart", "2026-10-31T16:00:00Z")
				.containsEntry("BillingPeriodEnd", "2026-11-30T16:00:00Z"));
		assertThat(corrections)
			.extracting((charge) -> charge.text("x_JobId"), (charge) -> charge.text("x_JobType"),
					(charge) -> charge.text("ConsumedQuantity"), (charge) -> charge.text("BilledCost"),
					(charge) -> charge.text("BillingCurrency"), (charge) -> charge.text("ChargePeriodStart"))
			.containsExactly(tuple("dollars", "TextGenerate", "7", "0.0000245", "CNY", "2026-10-10T03:00:00Z"),
					tuple("dollars", "Translate", "-7", "-0.0000864197523", "USD", "2026-10-10T03:00:00Z"),
					tuple("failed-late", "TextGenerate", "0", "0.0003465", "CNY", "2026-10-14T00:00:00Z"),
					tuple("october", "TextGenerate", "500", "0.00175", "CNY", "2026-09-30T16:00:00Z"),
					tuple("overlooked", "TextGenerate", "40", "0.00016", "CNY", "2026-10-20T00:00:00Z"));
	}

	@Test
	void aRunThatCorrectsAClosedMonthCountsNothingTwice() {
		// given
		closeOctober();

		// when
		RunId run = learnMore();

		// then
		assertThat(run(run).charge("october").cells()).as("as it was booked").containsEntry("ConsumedQuantity", "1001");
		assertThat(run(run).billedCosts())
			.isEqualTo(Map.of("CNY", new BigDecimal("0.0057845"), "USD", BigDecimal.ZERO));
		assertThat(spend("audit.v_run_job where run_id = " + run)).as("as it is now")
			.isEqualTo(Map.of("CNY", new BigDecimal("0.0057845")));
		assertThat(run(run).tokens()).isEqualByComparingTo(tokens("audit.v_run_job where run_id = " + run));
	}

	@Test
	void textsOfStrangersRunNowhereAndLabelsAreOneJsonObject() {
		// when
		Charge charge = FocusFile.of(writer(SHANGHAI).write(FIRST, () -> false), FocusPart.UNPRICED)
			.charge("'-hostile");

		// then
		assertThat(charge.cells()).containsEntry("x_JobType", "'=cmd|' /C calc'!A0")
			.containsEntry("x_State", "'@state")
			.containsEntry("Tags", "{\"=1+1\": \"@SUM(A1)\", \"quote \\\" and, comma\": \"two\\r\\nlines\"}")
			.containsEntry("ChargeDescription", "Smart job of type =cmd|' /C calc'!A0: tokens without a price");
	}

	@ParameterizedTest
	@CsvSource({
			"Asia/Kolkata, 2026-09-30T18:40:00Z, 2026-09-30T18:30:00Z, 2026-09-30T19:30:00Z, 2026-09-30T18:30:00Z, 2026-10-31T18:30:00Z",
			"America/New_York, 2026-11-01T05:30:00Z, 2026-11-01T05:00:00Z, 2026-11-01T06:00:00Z, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
			"America/New_York, 2026-11-01T06:30:00Z, 2026-11-01T06:00:00Z, 2026-11-01T07:00:00Z, 2026-11-01T04:00:00Z, 2026-12-01T05:00:00Z",
			"UTC, 2026-12-31T23:59:59Z, 2026-12-31T23:00:00Z, 2027-01-01T00:00:00Z, 2026-12-01T00:00:00Z, 2027-01-01T00:00:00Z" })
	void theHourLiesInTheMonth(ZoneId zone, String created, String start, String end, String from, String to) {
		// given
		RunId run = new RunSeed(this.database).spent("edge", "ASR", 1, created).close();

		// when
		Charge charge = FocusFile.of(writer(zone).write(run, () -> false), FocusPart.UNPRICED).charge("edge");

		// then
		assertThat(charge.cells()).containsEntry("ChargePeriodStart", start)
			.containsEntry("ChargePeriodEnd", end)
			.containsEntry("BillingPeriodStart", from)
			.containsEntry("BillingPeriodEnd", to);
	}

	@Test
	void aMonthWithoutJobsHasTheHeaderAlone() {
		assertThat(month(YearMonth.of(2025, 1))).satisfies((file) -> {
			assertThat(file.header()).hasSize(FocusRule.of("1.2").size());
			assertThat(file.charges()).isEmpty();
		});
	}

	private void requireRulesKept(FocusFile file, int charges) {
		assertThat(file.charges()).hasSize(charges);
		for (FocusRule rule : FocusRule.of("1.2")) {
			assertThat(file.charges()).as(rule.column()).allSatisfy(rule::requireKept);
		}
		assertThat(file.charges()).as("costs").allSatisfy(this::requireCostsAgree);
		assertThat(file.charges()).as("periods").allSatisfy(this::requirePeriods);
		assertThat(file.charges()).as("corrections")
			.allSatisfy(
					(charge) -> assertThat(charge.isCorrection()).isEqualTo(charge.text("x_CorrectedMonth") != null));
	}

	private void requireCostsAgree(Charge charge) {
		BigDecimal quantity = charge.number("PricingQuantity");
		assertThat(quantity.movePointRight(3)).isEqualByComparingTo(charge.number("ConsumedQuantity"));
		assertThat(charge.number("ListUnitPrice").multiply(quantity)).isEqualByComparingTo(charge.number("ListCost"));
		assertThat(List.of("ContractedCost", "EffectiveCost"))
			.allSatisfy((column) -> assertThat(charge.text(column)).isEqualTo(charge.text("BilledCost")));
		if (!charge.isCorrection()) {
			assertThat(charge.number("ContractedUnitPrice").multiply(quantity))
				.isEqualByComparingTo(charge.number("ContractedCost"));
		}
	}

	/** Jobs and statuses of the charges that FOCUS does not allow. */
	private static List<String> unpriced(WrittenReports reports) {
		return FocusFile.of(reports, FocusPart.UNPRICED)
			.charges()
			.stream()
			.map((charge) -> charge.text("x_JobId") + " " + charge.text("x_SpendStatus"))
			.toList();
	}

	private void requirePeriods(Charge charge) {
		Instant created = booked(charge);
		ZonedDateTime start = charge.instant("BillingPeriodStart").atZone(SHANGHAI);
		assertThat(start.toLocalTime()).isEqualTo(LocalTime.MIDNIGHT);
		assertThat(start.getDayOfMonth()).isEqualTo(1);
		assertThat(charge.instant("BillingPeriodEnd")).isEqualTo(start.plusMonths(1).toInstant());
		assertThat(charge.instant("ChargePeriodStart")).isEqualTo(created.truncatedTo(ChronoUnit.HOURS));
		assertThat(charge.instant("ChargePeriodEnd")).isAfter(charge.instant("ChargePeriodStart")).isAfter(created);
		if (charge.isCorrection()) {
			assertThat(charge.instant("ChargePeriodEnd")).as("of a month before").isBeforeOrEqualTo(start.toInstant());
		}
		else {
			assertThat(created).isBetween(start.toInstant(), charge.instant("BillingPeriodEnd").minusNanos(1));
		}
	}

	/** The job's creation or, without one, its first sight. */
	private Instant booked(Charge charge) {
		String jobId = Objects.requireNonNull(charge.text("x_JobId")).replaceFirst("^'", "");
		return this.jdbc.sql("select coalesce(create_time, first_seen_at) from audit.smart_job where job_id = :id")
			.param("id", jobId)
			.query((row, number) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private void price(String type, String currency, String price, String from, @Nullable String to) {
		Map<String, @Nullable Object> parameters = new HashMap<>(
				Map.of("type", type, "currency", currency, "price", new BigDecimal(price), "from", from));
		parameters.put("to", to);
		this.jdbc
			.sql("""
					insert into audit.price (account, job_type, currency, price_per_1000_tokens, valid_from, valid_to,
					  starts_at, ends_at)
					values ('default', :type, :currency, :price, cast(:from as date), cast(:to as date) - 1,
					  cast(:from as timestamp) at time zone 'Asia/Shanghai', cast(:to as timestamp) at time zone 'Asia/Shanghai')""")
			.params(parameters)
			.update();
	}

	private void closeOctober() {
		this.jdbc
			.sql("""
					with closed as (
					  insert into audit.month_close (account, month, zone, starts_at, ends_at, closed_at, closed_by, version)
					  values ('default', '2026-10-01', 'Asia/Shanghai', '2026-10-01 00:00+08', '2026-11-01 00:00+08',
					    '2026-11-05 00:00+08', 'finance', '0.1.0')
					  returning close_id, starts_at, ends_at)
					insert into audit.closed_job
					select c.close_id, j.job_id, j.state, j.job_type, j.error_code, j.total_tokens, j.prompt_tokens,
					  j.completion_tokens, j.usage_status, j.create_time, j.currency, j.price_per_1000_tokens, j.spend_status, j.spend
					from closed c
					join audit.v_job j on j.create_time >= c.starts_at and j.create_time < c.ends_at""")
			.update();
	}

	/** A run in November that finds three changed jobs of October and an unknown one. */
	private RunId learnMore() {
		RunSeed run = new RunSeed(this.database).item("october", "FETCHED", Map.of())
			.item("failed-late", "FETCHED", Map.of())
			.item("dollars", "FETCHED", Map.of())
			.spent("overlooked", "TextGenerate", 40, "2026-10-20T00:30:00Z");
		for (String change : List.of("total_tokens = 1501 where job_id = 'october'",
				"state = 'Finished' where job_id = 'failed-late'",
				"job_type = 'TextGenerate' where job_id = 'dollars'")) {
			this.jdbc
				.sql("update audit.smart_job set last_run_id = :run, fetched_at = '2026-11-10 00:00+08', " + change)
				.param("run", run.runId().value())
				.update();
		}
		this.jdbc.sql("update audit.audit_item set decided_at = '2026-11-11 00:00+08' where job_id = 'overlooked'")
			.update();
		return run.close();
	}

	private Map<String, BigDecimal> spend(String jobs) {
		Map<String, BigDecimal> spend = new TreeMap<>();
		this.jdbc.sql(
				"select currency, sum(spend) as spend from (select * from %s) as j where spend is not null group by currency"
					.formatted(jobs))
			.query((row, number) -> spend.put(row.getString("currency"),
					row.getBigDecimal("spend").stripTrailingZeros()))
			.list();
		return spend;
	}

	private BigDecimal tokens(String jobs) {
		return this.jdbc.sql("select sum(total_tokens) from " + jobs).query(BigDecimal.class).single();
	}

	private FocusFile run(RunId run) {
		return FocusFile.of(writer(SHANGHAI).write(run, () -> false));
	}

	private FocusFile month(YearMonth month) {
		return FocusFile.of(write(month));
	}

	private WrittenReports write(YearMonth month) {
		return writer(SHANGHAI).write(ReportPeriod.of(month), RunSeed.ACCOUNT, () -> false);
	}

	private ReportWriter writer(ZoneId zone) {
		return new ReportWriter(this.database, ReportSettings.of(this.directory, zone));
	}

}
