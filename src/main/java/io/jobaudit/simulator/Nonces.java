package io.jobaudit.simulator;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The nonces that were used lately. */
final class Nonces {

	private final int capacity;

	private final Set<String> used = new LinkedHashSet<>();

	/** Remembers so many nonces at most and forgets the oldest first. */
	Nonces(int capacity) {
		this.capacity = capacity;
	}

	/** Whether the nonce was not used before; from now on it is. */
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
