package io.jobaudit.fetch;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;

/**
 * The calls of the last second, or the last fifty where a second has fewer: enough to
 * estimate the rate that the API accepts. Immutable; fast calls share slices of time.
 */
record RecentCalls(List<Slice> slices) {

	/** The calls that were sent within a slice of time, from its first one on. */
	record Slice(long begin, int sent, int throttled) {
	}

	static final RecentCalls NONE = new RecentCalls(List.of());

	private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(10);

	private static final double SECOND = TimeUnit.SECONDS.toNanos(1);

	private static final int ENOUGH = 50;

	RecentCalls {
		slices = List.copyOf(slices);
	}

	/** One more call; must not be called with an earlier instant than before. */
	RecentCalls sent(long instant) {
		int last = this.slices.size() - 1;
		if (last >= 0 && instant - this.slices.get(last).begin() < SLICE) {
			return plus(last, 1, 0);
		}
		List<Slice> more = new ArrayList<>(this.slices);
		more.add(new Slice(instant, 1, 0));
		return new RecentCalls(more).since(instant, more.get(0).begin());
	}

	/** The call that was sent at this instant was throttled. */
	RecentCalls throttled(long sentAt) {
		int slice = (int) this.slices.stream().filter((one) -> one.begin() - sentAt <= 0).count() - 1;
		return (slice >= 0) ? plus(slice, 0, 1) : this;
	}

	/**
	 * Without calls that are too old.
	 * @param instant end of the last second
	 * @param since calls sent earlier than this are kept only for the last second
	 */
	RecentCalls since(long instant, long since) {
		List<Slice> kept = new ArrayList<>(this.slices);
		while (!kept.isEmpty() && instant - kept.get(0).begin() >= SECOND + SLICE
				&& (kept.get(0).begin() - since < 0 || sum(kept, Slice::sent) - kept.get(0).sent() >= ENOUGH)) {
			kept.remove(0);
		}
		return new RecentCalls(kept);
	}

	/** Whether the calls up to an instant span too little time to give a rate. */
	boolean isShort(long instant) {
		return this.slices.isEmpty() || instant - this.slices.get(0).begin() < 0.9 * SECOND;
	}

	/** Calls per second up to an instant, throttled or not. */
	double rate(long instant) {
		return perSecond(instant, Slice::sent);
	}

	/** Calls per second up to an instant that were not throttled, as far as is known. */
	double acceptedRate(long instant) {
		return perSecond(instant, (slice) -> slice.sent() - slice.throttled());
	}

	/** A burst within part of a second counts for the whole second. */
	private double perSecond(long instant, ToIntFunction<Slice> count) {
		List<Slice> until = this.slices.stream().filter((slice) -> slice.begin() - instant <= 0).toList();
		return until.isEmpty() ? 0 : sum(until, count) / Math.max(1, (instant - until.get(0).begin()) / SECOND);
	}

	private RecentCalls plus(int index, int sent, int throttled) {
		List<Slice> changed = new ArrayList<>(this.slices);
		Slice old = changed.get(index);
		changed.set(index, new Slice(old.begin(), old.sent() + sent, old.throttled() + throttled));
		return new RecentCalls(changed);
	}

	private static int sum(List<Slice> slices, ToIntFunction<Slice> count) {
		return slices.stream().mapToInt(count).sum();
	}

}
