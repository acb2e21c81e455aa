package io.jobaudit.report.html;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Stream;

import io.jobaudit.report.definition.ColumnFormat;
import io.jobaudit.report.table.ValueText;

/**
 * An axis of amounts from one round number to another, with round ticks and zero on it.
 *
 * @param step from one tick to the next
 */
record AmountScale(BigDecimal low, BigDecimal high, BigDecimal step, ColumnFormat format) {

	private static final List<BigDecimal> ROUND = List.of(BigDecimal.ONE, BigDecimal.valueOf(2), BigDecimal.valueOf(5),
			BigDecimal.TEN);

	static AmountScale of(List<BigDecimal> values, ColumnFormat format) {
		BigDecimal least = values.stream().reduce(BigDecimal.ZERO, BigDecimal::min);
		BigDecimal most = values.stream().reduce(BigDecimal.ZERO, BigDecimal::max);
		if (least.compareTo(most) == 0) {
			most = BigDecimal.ONE;
		}
		BigDecimal step = step(most.subtract(least), format);
		return new AmountScale(multiple(least, step, RoundingMode.FLOOR), multiple(most, step, RoundingMode.CEILING),
				step, format);
	}

	static AmountScale ofShares() {
		return new AmountScale(BigDecimal.ZERO, BigDecimal.ONE, new BigDecimal("0.2"), ColumnFormat.PERCENT);
	}

	/** Place of an amount between low and high, as a fraction of 1. */
	double at(BigDecimal amount) {
		return amount.subtract(this.low).divide(this.high.subtract(this.low), MathContext.DECIMAL64).doubleValue();
	}

	List<BigDecimal> ticks() {
		return Stream.iterate(this.low, (tick) -> tick.compareTo(this.high) <= 0, this.step::add).toList();
	}

	String label(BigDecimal tick) {
		if (this.format == ColumnFormat.DURATION) {
			return ValueText.of(tick, this.format);
		}
		boolean isShare = this.format == ColumnFormat.PERCENT;
		int digits = Math.max(0, this.step.stripTrailingZeros().scale() - (isShare ? 2 : 0));
		return ValueText.of(tick, "#,##0" + ((digits > 0) ? "." + "0".repeat(digits) : "") + (isShare ? "%" : ""));
	}

	/** The smallest round number that divides a length into few steps. */
	private static BigDecimal step(BigDecimal length, ColumnFormat format) {
		BigDecimal exact = length.divide(BigDecimal.valueOf(5), MathContext.DECIMAL64);
		BigDecimal least = isWhole(format) ? exact.max(BigDecimal.ONE) : exact;
		BigDecimal power = BigDecimal.ONE.scaleByPowerOfTen(least.precision() - least.scale() - 1);
		return ROUND.stream()
			.map(power::multiply)
			.filter((round) -> round.compareTo(least) >= 0)
			.findFirst()
			.orElseThrow();
	}

	private static boolean isWhole(ColumnFormat format) {
		return format == ColumnFormat.COUNT || format == ColumnFormat.TOKENS || format == ColumnFormat.DURATION;
	}

	private static BigDecimal multiple(BigDecimal amount, BigDecimal step, RoundingMode rounding) {
		return amount.divide(step, 0, rounding).multiply(step);
	}

}
