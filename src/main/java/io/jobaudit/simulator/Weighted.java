package io.jobaudit.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A choice between values of unequal weight.
 *
 * @param weights weight by value; only their proportion matters
 */
record Weighted<T>(Map<T, Double> weights) {

	Weighted {
		weights = new LinkedHashMap<>(weights);
	}

	static <T> Weighted<T> of(T first, double weight) {
		return new Weighted<>(Map.of(first, weight));
	}

	Weighted<T> or(T value, double weight) {
		Map<T, Double> more = new LinkedHashMap<>(this.weights);
		more.put(value, weight);
		return new Weighted<>(more);
	}

	T pick(RandomGenerator random) {
		double left = random.nextDouble() * this.weights.values().stream().mapToDouble(Double::doubleValue).sum();
		T picked = this.weights.keySet().iterator().next();
		for (Map.Entry<T, Double> entry : this.weights.entrySet()) {
			picked = entry.getKey();
			left -= entry.getValue();
			if (left < 0) {
				break;
			}
		}
		return picked;
	}

}
