package io.jobaudit.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A choice between values of unequal weight. */
final class Weighted<T> {

	private final List<Choice<T>> choices;

	private final double sum;

	private Weighted(List<Choice<T>> choices) {
		this.choices = choices;
		this.sum = choices.stream().mapToDouble(Choice::weight).sum();
	}

	private record Choice<T>(T value, double weight) {
	}

	/** The first value; only the proportion of weights matters. */
	static <T> Weighted<T> of(T value, double weight) {
		return new Weighted<>(List.of(new Choice<>(value, weight)));
	}

	Weighted<T> or(T value, double weight) {
		List<Choice<T>> more = new ArrayList<>(this.choices);
		more.add(new Choice<>(value, weight));
		return new Weighted<>(more);
	}

	T pick(RandomGenerator random) {
		double left = random.nextDouble() * this.sum;
		int index = 0;
		while (index < this.choices.size() - 1 && left >= this.choices.get(index).weight()) {
			left -= this.choices.get(index).weight();
			index++;
		}
		return this.choices.get(index).value();
	}

}
