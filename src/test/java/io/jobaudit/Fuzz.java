package io.jobaudit;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reads a damaged input many times: each must be taken, or refused with a message of our
 * own. {@code -Djob-audit.fuzz.cases=1000000} asks for more cases than those of
 * {@link Property}, {@code -Dproperty.skipped=500000} begins later, and
 * {@code -Dproperty.seed=N} repeats the one that failed.
 */
public final class Fuzz {

	private static final Logger LOG = LoggerFactory.getLogger(Fuzz.class);

	/** Far more than any input takes, on any machine. */
	private static final Duration LONGEST = Duration.ofSeconds(30);

	private Fuzz() {
	}

	/**
	 * Reads an input.
	 *
	 * @param <I> type of the input, with a {@code toString()} that shows all of it
	 */
	@FunctionalInterface
	public interface Target<I> {

		/**
		 * Reads the input, and checks what is made of it.
		 * @return whether it is taken; false when it is refused as it should be
		 */
		boolean takes(I input) throws Exception;

	}

	/**
	 * Reads the cases and logs what they took.
	 * @param name what reads them
	 * @param inputs generates an input
	 * @param target reads it
	 */
	public static <I> void run(String name, Function<Random, I> inputs, Target<I> target) {
		Tally tally = new Tally();
		long start = cpu();
		long cases = Property.holds(Integer.getInteger("job-audit.fuzz.cases", Property.CASES), (random) -> {
			I input = inputs.apply(random);
			long began = System.nanoTime();
			try {
				tally.add(target.takes(input), System.nanoTime() - began);
			}
			catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError ex) {
				throw new AssertionError("%s: %s\n--- input\n%s\n---".formatted(name, ex, input), ex);
			}
		});
		LOG.info("{}: {} cases in {} s of CPU, {} taken, {} refused, slowest {} ms, heap after {} MB", name, cases,
				(cpu() - start) / 1_000_000_000, tally.taken, cases - tally.taken, tally.slowest / 1_000_000, heap());
		assertThat(Duration.ofNanos(tally.slowest)).as("slowest case of %s", name).isLessThan(LONGEST);
		if (cases >= Property.CASES) {
			assertThat(tally.taken).as("inputs of %s that are taken", name).isBetween(cases / 50, cases - cases / 50);
		}
	}

	private static long cpu() {
		return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
	}

	private static long heap() {
		System.gc();
		Runtime runtime = Runtime.getRuntime();
		return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
	}

	/** What the cases took. */
	private static final class Tally {

		private long taken;

		private long slowest;

		void add(boolean taken, long nanos) {
			this.taken += taken ? 1 : 0;
			this.slowest = Math.max(this.slowest, nanos);
		}

	}

}
