package io.jobaudit.fetch;

/**
 * Decides whether this process may still make a call, at the last moment before each: a
 * process that is frozen while it prepares a call would send it when it wakes.
 */
@FunctionalInterface
public interface CallGate {

	/** For a process that nobody replaces. */
	CallGate OPEN = () -> {
	};

	/** Throws when the work has been given to another process. */
	void requireOpen();

}
