package io.jobaudit;

import java.util.Random;

/**
 * A property that must hold for every generated case. A run generates the same cases each
 * time; the one that fails tells its seed, and {@code -Dproperty.seed=N} repeats it
 * alone.
 */
public final class Property {

	/** Cases of a property. */
	public static final int CASES = 10_000;

	private static final String SEED = "property.seed";

	/** Cases that another run has done. */
	private static final String SKIPPED = "property.skipped";

	private static final long FIRST_SEED = 20_261_122_000_000L;

	private Property() {
	}

	/** What is checked for one case. */
	@FunctionalInterface
	public interface Check {

		/**
		 * Generates a case and checks it.
		 * @param random the only source of chance
		 */
		void of(Random random) throws Exception;

	}

	/** Checks all cases, or the one that the seed asks for. */
	public static void holds(Check check) {
		holds(CASES, check);
	}

	/**
	 * Checks so many cases, or the one that the seed asks for.
	 * @return number of cases
	 */
	static long holds(int cases, Check check) {
		Long seed = Long.getLong(SEED);
		if (seed != null) {
			holds(check, seed);
			return 1;
		}
		long first = FIRST_SEED + Long.getLong(SKIPPED, 0);
		for (long number = 0; number < cases; number++) {
			holds(check, first + number);
		}
		return cases;
	}

	private static void holds(Check check, long seed) {
		try {
			// the seeds are neighbours, and so would be the first numbers drawn from them
			check.of(new Random(seed * 0x9E3779B97F4A7C15L));
		}
		catch (Exception | AssertionError | StackOverflowError ex) {
			throw new AssertionError("repeat with -D" + SEED + "=" + seed + ": " + ex, ex);
		}
	}

}
