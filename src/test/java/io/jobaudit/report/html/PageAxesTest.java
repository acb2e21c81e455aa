package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.ValueText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Axes have ticks at round numbers and days, and values are formatted as in cells. */
class PageAxesTest {

	@ParameterizedTest
	@CsvSource({ "COUNT, 0, 411, '0 100 200 300 400 500'", "COUNT, 0, 3, '0 1 2 3'", "COUNT, 0, 0, '0 1'",
			"TOKENS, 0, 96503, '0 20,000 40,000 60,000 80,000 100,000'", "COUNT, 0, 1000, '0 200 400 600 800 1,000'",
			"PERCENT, 0, 0.191, '0% 5% 10% 15% 20%'", "PERCENT, 0, 0.012, '0.0% 0.5% 1.0% 1.5%'",
			"MONEY, 0, 0.07, '0.00 0.02 0.04 0.06 0.08'", "COUNT, -500, 1000, '-500 0 500 1,000'",
			"DURATION, 0, 7200, '0:00:00 0:33:20 1:06:40 1:40:00 2:13:20'" })
	void amountsAreDividedAtAFewRoundNumbers(ColumnFormat format, BigDecimal least, BigDecimal most, String labels) {
		AmountScale scale = AmountScale.of(List.of(least, most), format);
		assertThat(scale.ticks().stream().map(scale::label)).containsExactly(labels.split(" "));
		assertThat(scale.at(scale.low())).isZero();
		assertThat(scale.at(scale.high())).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "2026-10-01, 2026-10-01, '2026-10-01'",
			"2026-10-01, 2026-10-04, '2026-10-01 2026-10-02 2026-10-03 2026-10-04'",
			"2026-10-01, 2026-10-31, '2026-10-05 2026-10-12 2026-10-19 2026-10-26'",
			"2026-01-15, 2026-06-30, '2026-02-01 2026-03-01 2026-04-01 2026-05-01 2026-06-01'",
			"2025-02-01, 2026-10-31, '2025-04-01 2025-07-01 2025-10-01 2026-01-01 2026-04-01 2026-07-01 2026-10-01'",
			"1970-01-01, 2026-10-31, '1970-01-01 1980-01-01 1990-01-01 2000-01-01 2010-01-01 2020-01-01'" })
	void daysAreDividedAtAFewRoundDays(LocalDate first, LocalDate last, String labels) {
		List<NameAxis.Tick> ticks = DayAxis.of(List.of(first, last)).ticks();
		assertThat(ticks.stream().map(NameAxis.Tick::label)).containsExactly(labels.split(" "));
		assertThat(ticks.stream().filter((tick) -> !tick.isSpare())).as("on a telephone").hasSizeLessThanOrEqualTo(4);
	}

	@Test
	void manyNamesAreThinnedOut() {
		NameAxis axis = new NameAxis.LabelAxis(
				Stream.iterate(1, (n) -> n + 1).limit(100).map((n) -> "name " + n).toList(), false);
		assertThat(axis.ticks()).hasSize(25).first().extracting(NameAxis.Tick::at).isEqualTo(0.005);
		assertThat(axis.isSteep()).isTrue();
		assertThat(new NameAxis.LabelAxis(List.of("a", "b"), false).isSteep()).isFalse();
	}

	@Test
	void someNamesOfATrendAreEnoughAndNeverSlanted() {
		NameAxis axis = new NameAxis.LabelAxis(
				Stream.iterate(1001, (n) -> n + 1).limit(30).map(String::valueOf).toList(), true);
		assertThat(axis.isSteep()).isFalse();
		assertThat(axis.ticks()).extracting(NameAxis.Tick::label)
			.containsExactly("1001", "1005", "1009", "1013", "1017", "1021", "1025", "1029");
	}

	@ParameterizedTest
	@CsvSource({ "1234567.5, COUNT, '1,234,568'", "-0.4, COUNT, 0", "2.345, MONEY, 2.35",
			"-1234.5, DECIMAL, '-1,234.50'", "0.1235, PERCENT, 12.4%", "90061, DURATION, 25:01:01",
			"-61, DURATION, -0:01:01", "18446744073709551614, TOKENS, '18,446,744,073,709,551,614'" })
	void numbersAreWrittenAsCellsShowThem(BigDecimal number, ColumnFormat format, String text) {
		assertThat(ValueText.of(number, format)).isEqualTo(text);
	}

	@Test
	void instantsAreWrittenInTheReportsZone() {
		assertThat(ValueText.of(OffsetDateTime.parse("2026-10-01T16:00:01.9Z"), ColumnFormat.INSTANT,
				ZoneId.of("Asia/Shanghai")))
			.isEqualTo("2026-10-02 00:00:01");
		assertThat(ValueText.of(null, ColumnFormat.INSTANT, ZoneId.of("UTC"))).isEqualTo("–");
	}

}
