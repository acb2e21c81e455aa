package io.jobaudit.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.function.IntToLongFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A night of 1,000 accounts in simulated time: a lane for each account, against all parts
 * in the queue in the order of their import. An account answers 20 calls a second,
 * however many tasks call it. {@code ./mvnw test -Pbench -Dtest=LanesBenchmark}
 */
@Tag("bench")
class LanesBenchmark {

	private static final Logger LOG = LoggerFactory.getLogger(LanesBenchmark.class);

	private static final int ACCOUNTS = 1000;

	private static final long IDS = 100_000_000;

	private static final int PART = 5000;

	private static final double RATE = 20;

	/** Ten workers with so many tasks each. */
	private static final List<Integer> TASKS = List.of(200, 500, 1000);

	/**
	 * Part of an account.
	 *
	 * @param due when it entered the queue
	 */
	private record Part(double due, int account, long ids) implements Comparable<Part> {

		@Override
		public int compareTo(Part other) {
			return Double.compare(this.due, other.due);
		}

	}

	/**
	 * A night in simulated time.
	 *
	 * @param ends when each account has ended, in seconds
	 * @param waiting share of its time that a task waits for the rate of its account
	 */
	private record Simulated(double[] ends, double waiting) {

		@Override
		public String toString() {
			double[] sorted = Arrays.stream(this.ends).sorted().toArray();
			return "half of the accounts after %s, 90 %% after %s, all after %s; tasks wait for %.0f %% of their time"
				.formatted(time(sorted[ACCOUNTS / 2]), time(sorted[ACCOUNTS * 9 / 10]), time(sorted[ACCOUNTS - 1]),
						100 * this.waiting);
		}

		private static String time(double seconds) {
			Duration time = Duration.ofSeconds(Math.round(seconds));
			return String.format(Locale.ROOT, "%d:%02d h", time.toHours(), time.toMinutesPart());
		}

	}

	@Test
	void lanesAgainstPartsInOrder() {
		double weights = 0;
		for (int account = 1; account <= ACCOUNTS; account++) {
			weights += Math.pow(account, -0.7);
		}
		double all = weights;
		for (int tasks : TASKS) {
			compare(tasks, "equal accounts", (account) -> IDS / ACCOUNTS);
			compare(tasks, "Zipf 0.7", (account) -> Math.round(IDS * Math.pow(account + 1, -0.7) / all));
		}
	}

	private static void compare(int tasks, String shape, IntToLongFunction ids) {
		Simulated lanes = simulate(tasks, ids, true);
		Simulated order = simulate(tasks, ids, false);

		LOG.info("{} tasks, {}\n  lanes:    {}\n  in order: {}", tasks, shape, lanes, order);
		assertThat(lanes.waiting()).as("a lane never waits for another one of its account").isZero();
		assertThat(Arrays.stream(lanes.ends()).max().orElseThrow())
			.isLessThanOrEqualTo(Arrays.stream(order.ends()).max().orElseThrow());
	}

	/** The next task to be free takes the part that was due first. */
	private static Simulated simulate(int tasks, IntToLongFunction ids, boolean lanes) {
		List<Queue<Long>> left = new ArrayList<>();
		PriorityQueue<Part> queue = new PriorityQueue<>();
		for (int account = 0; account < ACCOUNTS; account++) {
			Queue<Long> parts = parts(ids.applyAsLong(account));
			left.add(parts);
			while (!parts.isEmpty()) {
				queue.add(new Part(account * 1e-6, account, parts.remove()));
				if (lanes) {
					break;
				}
			}
		}
		double[] free = new double[ACCOUNTS];
		PriorityQueue<Double> slots = new PriorityQueue<>();
		for (int task = 0; task < tasks; task++) {
			slots.add(0.0);
		}
		double held = 0;
		double worked = 0;
		while (!queue.isEmpty()) {
			Part part = queue.remove();
			double begin = Math.max(slots.remove(), part.due());
			double time = part.ids() / RATE;
			double end = Math.max(begin, free[part.account()]) + time;
			free[part.account()] = end;
			held += end - begin;
			worked += time;
			slots.add(end);
			if (lanes && !left.get(part.account()).isEmpty()) {
				queue.add(new Part(end, part.account(), left.get(part.account()).remove()));
			}
		}
		return new Simulated(free, Math.max(0, 1 - worked / held - 1e-9));
	}

	private static Queue<Long> parts(long ids) {
		Queue<Long> parts = new ArrayDeque<>();
		for (long rest = ids; rest > 0; rest -= PART) {
			parts.add(Math.min(rest, PART));
		}
		return parts;
	}

}
