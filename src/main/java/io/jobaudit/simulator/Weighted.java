package io.jobaudit.simulator;

import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/** A choice between values of unequal weight; only the proportion of weights matters. */
final class Weighted<T> {

	/** Each value by the sum of the weights up to and including its own. */
	private final NavigableMap<Double, T> values = new TreeMap<>();

	static <T> Weighted<T> of(T value, double weight) {
		return new Weighted<T>().or(value, weight);
	}

	/** A copy with one value more. */
	Weighted<T> or(T value, double weight) {
		Weighted<T> more = new Weighted<>();
		more.values.putAll(this.values);
		more.values.put(sum() + weight, value);
		return more;
	}

	T pick(RandomGenerator random) {
		return this.values.higherEntry(random.nextDouble() * sum()).getValue();
	}

	private double sum() {
		return this.values.isEmpty() ? 0 : this.values.lastKey();
	}

}
