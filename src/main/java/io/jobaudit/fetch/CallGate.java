package io.jobaudit.fetch;

/** Decides before each call whether this process may still make it. */
@FunctionalInterface
public interface CallGate {

	/** For a process that nobody replaces. */
	CallGate OPEN = () -> {
	};

	/** Throws when the work has been given to another process. */
	void requireOpen();

}
