package io.jobaudit.simulator;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The nonces that were used recently. */
final class Nonces {

	private final int capacity;

	private final Set<String> used = new LinkedHashSet<>();

	/** Remembers at most this many nonces and forgets the oldest first. */
	Nonces(int capacity) {
		this.capacity = capacity;
	}

	/** Marks a nonce as used; returns whether it was not used before. */
	synchronized boolean use(String nonce) {
		boolean fresh = this.used.add(nonce);
		if (this.used.size() > this.capacity) {
			Iterator<String> oldest = this.used.iterator();
			oldest.next();
			oldest.remove();
		}
		return fresh;
	}

}
