package io.jobaudit.billing;

import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import io.jobaudit.Generated;
import org.jspecify.annotations.Nullable;

/**
 * Random months of an account: jobs appear and change, months are closed and reopened.
 */
final class RandomBillingHistory {

	private static final List<String> TYPES = List.of("ASR", "TextGenerate", "DynamicChart");

	private static final List<String> OWNERS = List.of("x", "y", "z");

	private final BillingFixture books;

	private final Random random;

	private final long run;

	private final List<String> jobs = new ArrayList<>();

	private final List<YearMonth> closed = new ArrayList<>();

	private Instant now = Instant.parse("2026-09-05T00:00:00Z");

	RandomBillingHistory(BillingFixture books, Random random) {
		this.books = books;
		this.random = random;
		this.run = books.run("2026-09-01T00:00:00Z");
	}

	/** A day or so passes, and something happens. */
	void next() {
		this.now = this.now.plus(Duration.ofMinutes(1 + this.random.nextInt(2000)));
		int what = this.random.nextInt(20);
		if (what < 6 || this.jobs.isEmpty()) {
			String id = "job-" + this.jobs.size();
			this.books.job(this.run, id, type(), state(), tokens(), created(), this.now.toString());
			this.jobs.add(id);
		}
		else if (what < 9) {
			this.books.assign(this.run, Generated.pick(this.random, this.jobs), Generated.pick(this.random, OWNERS),
					Generated.pick(this.random, OWNERS), this.now.toString());
		}
		else if (what < 16) {
			this.books.change(this.run, Generated.pick(this.random, this.jobs), type(), state(), tokens(),
					this.now.toString());
		}
		else if (what < 19) {
			close();
		}
		else {
			reopen();
		}
	}

	private void close() {
		YearMonth month = YearMonth.from(this.now.atZone(BillingFixture.ZONE)).minusMonths(1 + this.random.nextInt(3));
		if (!this.closed.contains(month)) {
			this.books.close(month.toString(), this.now.toString());
			this.closed.add(month);
		}
	}

	private void reopen() {
		Optional.of(this.closed.size())
			.filter((count) -> count > 0)
			.map((count) -> this.closed.remove(count - 1))
			.ifPresent((month) -> this.books.book(this.now.toString()).reopen(BillingFixture.ACCOUNT, month, "fate"));
	}

	/** A time some days or months ago, or none. */
	private @Nullable String created() {
		return (this.random.nextInt(15) == 0) ? null
				: this.now.minus(Duration.ofHours(this.random.nextInt(100 * 24))).toString();
	}

	private String type() {
		return Generated.pick(this.random, TYPES);
	}

	private String state() {
		return Generated.pick(this.random, List.of("Finished", "Finished", "Failed", "Executing"));
	}

	private @Nullable Long tokens() {
		return (this.random.nextInt(4) == 0) ? null : (long) this.random.nextInt(5000);
	}

}
