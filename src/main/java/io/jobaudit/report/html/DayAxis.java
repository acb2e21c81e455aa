package io.jobaudit.report.html;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A time axis: each day has its place, with or without a point. */
record DayAxis(List<LocalDate> days, LocalDate first, LocalDate last) implements NameAxis {

	private static final int MOST_TICKS = 8;

	/** The number of ticks that fit on a phone. */
	private static final int MOST_TICKS_NARROW = 4;

	/** The smallest visible width. */
	private static final double LEAST_ROOM = 0.0015;

	static DayAxis of(List<LocalDate> days) {
		return new DayAxis(days, Collections.min(days), Collections.max(days));
	}

	@Override
	public double middle(int point) {
		return at(this.days.get(point));
	}

	@Override
	public double room() {
		return Math.max(LEAST_ROOM, 1.0 / length());
	}

	/** At days, second days, Mondays, second Mondays, or first days of months. */
	@Override
	public List<Tick> ticks() {
		List<LocalDate> ticks = List.of();
		for (Step step : Step.values()) {
			ticks = step.between(this.first, this.last);
			if (ticks.size() <= MOST_TICKS) {
				break;
			}
		}
		List<Tick> labels = new ArrayList<>();
		boolean hasSpares = ticks.size() > MOST_TICKS_NARROW;
		for (LocalDate tick : ticks) {
			labels.add(new Tick(at(tick), tick.toString(), hasSpares && labels.size() % 2 == 1));
		}
		return labels;
	}

	private double at(LocalDate day) {
		return (ChronoUnit.DAYS.between(this.first, day) + 0.5) / length();
	}

	private long length() {
		return ChronoUnit.DAYS.between(this.first, this.last) + 1;
	}

	private enum Step {

		DAY(1, ChronoUnit.DAYS), SECOND_DAY(2, ChronoUnit.DAYS), WEEK(1, ChronoUnit.WEEKS),
		SECOND_WEEK(2, ChronoUnit.WEEKS), MONTH(1, ChronoUnit.MONTHS), QUARTER(3, ChronoUnit.MONTHS),
		HALF_YEAR(6, ChronoUnit.MONTHS), YEAR(1, ChronoUnit.YEARS), DECADE(10, ChronoUnit.YEARS),
		CENTURY(100, ChronoUnit.YEARS), MILLENNIUM(1000, ChronoUnit.YEARS);

		private final int count;

		private final ChronoUnit unit;

		Step(int count, ChronoUnit unit) {
			this.count = count;
			this.unit = unit;
		}

		private List<LocalDate> between(LocalDate first, LocalDate last) {
			return Stream
				.iterate(start(first), (tick) -> !tick.isAfter(last), (tick) -> tick.plus(this.count, this.unit))
				.limit(MOST_TICKS + 1)
				.toList();
		}

		/** The first round day on or after another. */
		private LocalDate start(LocalDate first) {
			if (this.unit == ChronoUnit.DAYS) {
				return first;
			}
			if (this.unit == ChronoUnit.WEEKS) {
				return first.with(TemporalAdjusters.nextOrSame(DayOfWeek.MONDAY));
			}
			LocalDate start = (this.unit == ChronoUnit.YEARS)
					? LocalDate.of(Math.floorDiv(first.getYear(), this.count) * this.count, 1, 1)
					: LocalDate.of(first.getYear(), (first.getMonthValue() - 1) / this.count * this.count + 1, 1);
			return start.isBefore(first) ? start.plus(this.count, this.unit) : start;
		}

	}

}
