package io.jobaudit.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.jspecify.annotations.Nullable;

/**
 * Jobs of an account as runs from September to November saw them, with prices, and months
 * that were closed meanwhile. What it costs is calculated from these values alone.
 */
final class RandomHistory {

	static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

	static final YearMonth NOVEMBER = YearMonth.of(2026, 11);

	private static final Instant FIRST = midnight("2026-09-01");

	private static final Instant LAST = midnight("2026-11-29");

	/** Days on which prices may change. */
	private static final List<Instant> EDGES = List.of(Instant.EPOCH, midnight("2026-10-16"), midnight("2026-11-10"),
			Instant.parse("9999-01-01T00:00:00Z"));

	private static final List<String> TYPES = List.of("ASR", "TextGenerate", "TextToSpeech", "DynamicChart");

	private final Random random;

	private final String account;

	private final List<Price> prices = new ArrayList<>();

	private final List<Job> jobs = new ArrayList<>();

	private final Map<YearMonth, Instant> closed = new HashMap<>();

	RandomHistory(int number) {
		this.random = new Random(1_000_003L * number);
		this.account = "history-" + number;
		// The last type has no price.
		for (String type : TYPES.subList(0, TYPES.size() - 1)) {
			for (int part = 0; part < EDGES.size() - 1; part++) {
				this.prices.add(new Price(type, oneOf(List.of("CNY", "CNY", "USD", "JPY", "KWD")),
						new BigDecimal(this.random.nextInt(1, 1_000_000))
							.movePointLeft(3 + (type.equals("ASR") ? this.random.nextInt(9) : 3)),
						EDGES.get(part), EDGES.get(part + 1)));
			}
		}
		int months = this.random.nextInt(3);
		for (int month = 9; month < 9 + months; month++) {
			YearMonth one = YearMonth.of(2026, month);
			this.closed.put(one, midnight(one.plusMonths(1) + "-04"));
		}
		for (int left = this.random.nextInt(2, 60); left > 0; left--) {
			this.jobs.add(job("job-" + left));
		}
	}

	private Job job(String id) {
		Instant created = (this.random.nextInt(12) == 0) ? atAnEdge() : between(FIRST, LAST);
		// Most are seen soon, some much later.
		Instant seen = (this.random.nextInt(3) == 0) ? between(created, LAST.plusSeconds(1))
				: created.plusSeconds(this.random.nextInt(86_400));
		List<Sight> sights = new ArrayList<>();
		sights.add(new Sight(seen, random()));
		while (this.random.nextInt(3) == 0 && sights.size() < 4) {
			Sight before = sights.get(sights.size() - 1);
			sights.add(new Sight(between(before.at().plusSeconds(1), LAST.plus(Duration.ofDays(1))),
					changed(before.version())));
		}
		return new Job(id, (this.random.nextInt(15) == 0) ? null : created, sights);
	}

	private Version random() {
		return new Version(oneOf(TYPES), centre(), tokens(), this.random.nextInt(5) == 0);
	}

	private Version changed(Version version) {
		return switch (this.random.nextInt(4)) {
			case 0 -> new Version(version.type(), centre(), version.tokens(), version.isFailed());
			case 1 -> new Version(version.type(), version.centre(), tokens(), version.isFailed());
			case 2 -> new Version(version.type(), version.centre(), version.tokens(), !version.isFailed());
			default -> random();
		};
	}

	private @Nullable String centre() {
		int number = this.random.nextInt(5);
		return (number == 0) ? null : "CC-" + number;
	}

	private @Nullable Long tokens() {
		return switch (this.random.nextInt(8)) {
			case 0 -> null;
			case 1 -> 0L;
			case 2 -> this.random.nextLong(1_000_000_000);
			default -> (long) this.random.nextInt(20_000);
		};
	}

	private Instant atAnEdge() {
		Instant edge = oneOf(List.of(midnight("2026-10-01"), EDGES.get(1), midnight("2026-11-01"), EDGES.get(2)));
		return edge.minusSeconds(this.random.nextInt(2));
	}

	private Instant between(Instant from, Instant to) {
		return Instant.ofEpochSecond(this.random.nextLong(from.getEpochSecond(), to.getEpochSecond()));
	}

	private <T> T oneOf(List<T> values) {
		return values.get(this.random.nextInt(values.size()));
	}

	private static Instant midnight(String day) {
		return LocalDate.parse(day).atStartOfDay(ZONE).toInstant();
	}

	String account() {
		return this.account;
	}

	List<Price> prices() {
		return this.prices;
	}

	List<Job> jobs() {
		return this.jobs;
	}

	Map<YearMonth, Instant> closed() {
		return this.closed;
	}

	/** What November books of its own jobs, and corrects of closed months. */
	List<Booking> bookings() {
		List<Booking> bookings = new ArrayList<>();
		for (Job job : this.jobs) {
			Instant closedAt = this.closed.get(month(job.bookedAt()));
			if (month(job.bookedAt()).equals(NOVEMBER)) {
				book(bookings, job, job.last(), false, 1);
			}
			else if (closedAt != null) {
				for (int index = 0; index < job.sights().size(); index++) {
					Sight sight = job.sights().get(index);
					if (sight.at().isAfter(closedAt) && month(sight.at()).equals(NOVEMBER)) {
						book(bookings, job, sight.version(), true, 1);
						if (index > 0) {
							book(bookings, job, job.sights().get(index - 1).version(), true, -1);
						}
					}
				}
			}
		}
		return bookings;
	}

	/** What the jobs of a month cost, as its closing knew them if it is closed. */
	List<Booking> spent(YearMonth month) {
		Instant closedAt = this.closed.getOrDefault(month, Instant.MAX);
		List<Booking> bookings = new ArrayList<>();
		for (Job job : this.jobs) {
			if (month(job.bookedAt()).equals(month)) {
				job.sights()
					.stream()
					.filter((sight) -> !sight.at().isAfter(closedAt))
					.reduce((one, other) -> other)
					.ifPresent((sight) -> book(bookings, job, sight.version(), false, 1));
			}
		}
		return bookings;
	}

	private void book(List<Booking> bookings, Job job, Version version, boolean isCorrection, int sign) {
		Long tokens = version.tokens();
		if (tokens == null || version.isFailed()) {
			return;
		}
		this.prices.stream().filter((price) -> price.isOf(version.type(), job.bookedAt())).forEach((price) -> {
			BigDecimal signed = BigDecimal.valueOf(sign * tokens);
			bookings.add(new Booking(version.type(), (version.centre() != null) ? version.centre() : "(none)",
					price.currency(), isCorrection, signed, signed.multiply(price.of1000()).movePointLeft(3)));
		});
	}

	private static YearMonth month(Instant instant) {
		return YearMonth.from(instant.atZone(ZONE));
	}

	/**
	 * A price of 1,000 tokens.
	 *
	 * @param to exclusive
	 */
	record Price(String type, String currency, BigDecimal of1000, Instant from, Instant to) {

		boolean isOf(String jobType, Instant at) {
			return this.type.equals(jobType) && !at.isBefore(this.from) && at.isBefore(this.to);
		}

	}

	/**
	 * A job.
	 *
	 * @param created null when the vendor does not say it
	 * @param sights what runs saw, in order
	 */
	record Job(String id, @Nullable Instant created, List<Sight> sights) {

		Instant bookedAt() {
			return (this.created != null) ? this.created : this.sights.get(0).at();
		}

		Version last() {
			return this.sights.get(this.sights.size() - 1).version();
		}

	}

	record Sight(Instant at, Version version) {
	}

	record Version(String type, @Nullable String centre, @Nullable Long tokens, boolean isFailed) {
	}

	record Booking(String type, String centre, String currency, boolean isCorrection, BigDecimal tokens,
			BigDecimal amount) {
	}

}
