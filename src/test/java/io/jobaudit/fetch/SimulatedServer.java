package io.jobaudit.fetch;

import java.util.ArrayDeque;
import java.util.Deque;

/** How a server may count calls against its limit, on simulated time. */
interface SimulatedServer {

	/** Which calls a server counts. */
	enum Counting {

		/** Those of the last second that got through, as the simulator does. */
		ADMITTED,

		/**
		 * All calls of the last second: a client that stays too fast gets no call
		 * admitted.
		 */
		ALL,

		/** Those of each second of the clock. */
		CLOCK

	}

	/**
	 * Whether a call gets through.
	 * @param second when it comes
	 * @param limit calls per second
	 */
	boolean admits(double second, double limit);

	static SimulatedServer of(Counting counting) {
		Deque<Double> counted = new ArrayDeque<>();
		return (second, limit) -> {
			double begin = (counting == Counting.CLOCK) ? Math.floor(second) : second - 1;
			while (!counted.isEmpty() && counted.getFirst() < begin) {
				counted.removeFirst();
			}
			boolean admitted = counted.size() < limit;
			if (admitted || counting == Counting.ALL) {
				counted.addLast(second);
			}
			return admitted;
		};
	}

}
